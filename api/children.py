"""A child: who they are, their placements, and how their week adds up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Request, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AtLeast, reached
from api.keeping_shown import copies_of, rectifications_of
from api.lists import After, Form, Limit, Name, caught_up, hidden_in_lists, list_answer, pages_of
from api.looking import look_at_child, placements_concerning
from api.looking_back import Back, lists_at
from api.nowhere_taught import without_education
from api.records import named
from api.sheets.children import CHILDREN
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, withheld_events, without
from domain.child import Child
from domain.provider import Provider
from domain.reasons import NotPermitted
from projections.finding_children import ChildFilter, PlacementOfChild
from projections.remembered import fields_of
from workflows.case import Case
from workflows.who_reads import scope_of

routes = APIRouter(tags=["children"])


@routes.get(
    "/children/{id}", operation_id="read_child", responses=records_of("children"), response_model=None
)
def read_child(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    at_least: AtLeast = None,
    back: Back = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The child's record, with all placements that you may know of, and what each takes of the week."""
    position = reached(desk.history.head, at_least)
    case, relation = look_at_child(desk, asker, id, back, position)
    child = cast(Child, case.target)
    fields = {**fields_of(child), "name": child.name, "week": week_of(case, child)}
    row = desk.read_models.children.get(scope_of(asker), id)
    now = row.placements if row else ()
    shown = now if back is None else placements_then(case, {one.placement_id for one in now})
    fields["placements"] = msgspec.to_builtins(shown)
    fields["without_education"] = without_education(case)
    hidden = unseen(asker, (relation,))
    as_at = back.position if back else None
    fields["rectifications"] = rectifications_of(case, desk.history, as_at, withheld_events(hidden))
    fields["access_prepared"] = copies_of(child)
    return record_answer(child, position, without(fields, hidden), if_none_match, back)


@routes.get(
    "/children",
    operation_id="list_children",
    response_model=None,
    responses=pages_of("Children that you may know of, by name."),
)
def list_children(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    name: Name = "",
    identifier: Annotated[
        str | None,
        Query(max_length=60, description="A whole number by which the child is known, such as a UPN."),
    ] = None,
    authority_id: UUID | None = None,
    school_id: Annotated[
        UUID | None, Query(description="A school on whose roll the child is or was.")
    ] = None,
    year_group: Annotated[str | None, Query(max_length=4)] = None,
    looked_after: bool | None = None,
    ehc_plan: bool | None = None,
    with_open_placement: bool | None = None,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """Children with their placements, as far as you may know of those; `count` says how many there are."""
    caught_up(desk, at_least, at_once=True)
    hidden = hidden_in_lists(asker, "children")
    if hidden and (identifier is not None or school_id is not None):
        # What is not shown cannot be asked for either: a filter that works would tell it.
        raise NotPermitted("A provider's people cannot ask for this.", "filter_not_permitted")
    scope, children = scope_of(asker), lists_at(desk, back).children
    which = ChildFilter(
        name=name,
        identifier=identifier,
        authority_id=authority_id,
        school_id=school_id,
        year_group=year_group,
        looked_after=looked_after,
        ehc_plan=ehc_plan,
        with_open_placement=with_open_placement,
    )
    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: children.page(scope, which, after=mark, limit=rows),
        after,
        limit,
        sheet=CHILDREN,
        href=lambda row: f"/children/{row.child_id}",
        hidden=hidden,
        more=lambda whole: {"count": children.count(scope, which) if whole is None else len(whole)},
    )


def placements_then(case: Case, known_now: Collection[UUID]) -> list[PlacementOfChild]:
    """The child's placements as they were: those that concerned the asker then, and of which they may know now."""
    found = [placement for placement in placements_concerning(case) if placement.id in known_now]
    case.fetch({placement.provider_id: Provider for placement in found})
    return [
        PlacementOfChild(
            placement_id=placement.id,
            stage=placement.stage,
            provider_id=placement.provider_id,
            provider_name=provider.name if (provider := case.find(Provider, placement.provider_id)) else None,
            commissioner_id=placement.commissioner_id,
            sessions_per_week=placement.sessions_per_week,
            hours_per_week=placement.hours_per_week,
            holds_a_place=placement.id in case.child.week,
        )
        for placement in sorted(found, key=lambda one: (one.referred_on or date.max, one.id))
    ]


def week_of(case: Case, child: Child) -> dict[str, Any]:
    """Half-days a week, at school and in every placement, and what they come to together."""
    providers = {part.provider_id for part in child.week.values()}
    case.fetch(dict.fromkeys(providers, Provider))
    return {
        "school_sessions": child.school_sessions,
        "placements": [
            {
                "placement_id": str(id),
                "href": f"/placements/{id}",
                "provider": named(case.find(Provider, part.provider_id), part.provider_id),
                "sessions_per_week": part.sessions_per_week,
                "hours_per_week": part.hours_per_week,
            }
            for id, part in child.week.items()
        ],
        "sessions_per_week": child.weekly_sessions(),
        "sessions_at_most": case.parameters.of("sessions_a_week_at_most"),
    }
