"""A provider: sites, offer, checks and registration."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk, Desk
from api.freshness import AtLeast, reached
from api.lists import After, Form, Limit, Name, caught_up, list_answer, pages_of
from api.looking import look, relations_to
from api.looking_back import Back, LookingBack, day_at, lists_at
from api.sheets.providers import PROVIDERS
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, without
from domain.codes import SenType
from domain.guidance import Parameters
from domain.people import Asker
from domain.provider import Provider
from domain.thresholds import registration_rule
from projections.finding_providers import ProviderFilter
from projections.remembered import fields_of
from workflows.who_reads import scope_of

routes = APIRouter(tags=["providers"])


@routes.get(
    "/providers",
    operation_id="list_providers",
    response_model=None,
    responses=pages_of("Providers by name; a provider's people see their own."),
)
def list_providers(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    name: Name = "",
    needs: Annotated[
        list[SenType], Query(max_length=14, description="SEN types, all of which it can meet.")
    ] = [],  # noqa: B006
    age: Annotated[int | None, Query(ge=0, le=25, description="A child's age in years.")] = None,
    free_places: Annotated[int | None, Query(ge=0, le=2000, description="At least so many.")] = None,
    approved: bool | None = None,
    registered: bool | None = None,
    usable: Annotated[bool | None, Query(description="Neither suspended nor removed.")] = None,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """The directory: what each provider offers, what was checked, and its places over all commissioners."""
    caught_up(desk, at_least, at_once=True)
    scope, directory, day = scope_of(asker), lists_at(desk, back).directory, day_at(desk, back)
    rule = registration_rule(Parameters(desk.casework.published.on(day)), day)
    which = ProviderFilter(
        name=name,
        needs=tuple(needs),
        age=age,
        free_places=free_places,
        approved=approved,
        registered=registered,
        usable=usable,
    )
    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: directory.page(scope, which, on=day, rule=rule, after=mark, limit=rows),
        after,
        limit,
        sheet=PROVIDERS,
        href=lambda row: f"/providers/{row.provider_id}",
        more=lambda whole: {"count": directory.count(scope, which) if whole is None else len(whole)},
    )


@routes.get(
    "/providers/{id}", operation_id="read_provider", responses=records_of("providers"), response_model=None
)
def read_provider(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    at_least: AtLeast = None,
    back: Back = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The provider's record, as far as you may see it."""
    position = reached(desk.history.head, at_least)
    case = look(desk, asker, Provider, id, back, position)
    fields = without(fields_of(case.target), unseen(asker, relations_to(case)))
    fields["derived"] = _derived(desk, asker, id, back)
    return record_answer(case.target, position, fields, if_none_match, back)


def _derived(desk: Desk, asker: Asker, id: UUID, back: LookingBack | None) -> dict[str, Any] | None:
    """Its places over all commissioners, and whether it would have to register; none for another provider's people."""
    day = day_at(desk, back)
    rule = registration_rule(Parameters(desk.casework.published.on(day)), day)
    row = lists_at(desk, back).directory.get(scope_of(asker), id, on=day, rule=rule)
    if row is None:
        return None
    told = (
        "places_taken",
        "places_free",
        "hours_of_all",
        "children_full_time",
        "must_register",
        "one_more_would",
    )
    return {"on": day.isoformat(), **{name: getattr(row, name) for name in told}}
