"""A child: who they are, their placements, and how their week adds up."""

from __future__ import annotations

from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AsOf, AtLeast, not_in_the_future, reached
from api.looking import look
from api.records import fields_of, named
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, without
from domain.child import Child
from domain.provider import Provider
from domain.thresholds import WEEKLY_SESSIONS_AT_MOST
from workflows.case import Case

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
    as_of: AsOf = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The child's record, with what each placement takes of the week."""
    position = reached(desk.history.head, at_least)
    not_in_the_future(as_of, position)
    case = look(desk, asker, Child, id, as_of)
    child = cast(Child, case.target)
    fields = {**fields_of(child), "name": child.name, "week": week_of(case, child)}
    return record_answer(child, position, without(fields, unseen(asker, ("all",))), if_none_match, as_of)


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
        "sessions_at_most": WEEKLY_SESSIONS_AT_MOST,
    }
