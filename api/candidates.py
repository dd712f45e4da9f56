"""Who could take over a placement: providers ranked with the reasons for each rank, and those that may not be proposed, with theirs."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from api.asking import Asking
from api.descriptions import found
from api.desk import AtDesk
from api.freshness import AtLeast
from api.lists import caught_up
from api.looking import look, relations_to
from api.looking_back import Back, lists_at
from api.times import Day
from api.wanted import JSON, in_form
from domain.candidates import DISTANCE_NOT_KNOWN, Ranking
from domain.contingency import next_school_day
from domain.people import Asker
from domain.placement import Placement
from domain.reasons import NotPermitted
from workflows.case import Case
from workflows.considering import Wanted, candidates

routes = APIRouter(tags=["placements"])
MAY_ASK = frozenset({"commissioner", "authority"})
USUAL_SESSIONS, USUAL_HOURS = 4, 10.0
"""What is looked for where the placement does not say it yet: two days."""


@routes.get(
    "/placements/{id}/candidates",
    operation_id="list_candidates",
    responses=found("AnyShown"),
    response_model=None,
)
def list_candidates(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    starts_on: Annotated[
        Day | None, Query(description="The first day; the next school day, if left out.")
    ] = None,
    sessions_per_week: Annotated[int | None, Query(ge=1, le=10, description="Sessions a week.")] = None,
    hours_per_week: Annotated[float | None, Query(gt=0, le=40, description="Taught hours a week.")] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="At most so many ranked.")] = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """For those who commission, and the child's authority: what others charge is not for a provider to know."""
    caught_up(desk, at_least)
    case = look(desk, asker, Placement, id, back)
    require_right_to_candidates(asker, relations_to(case))
    lists = lists_at(desk, back)
    wanted = wanted_of(case, starts_on, sessions_per_week, hours_per_week)
    ranking = candidates(
        case, lists.directory.ids(), lists.agreements.ids_of(case.placement.commissioner_id), wanted
    )
    position = back.position if back else desk.read_models.position("directory")
    body = {**shown(ranking, wanted, limit), "position": position}
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def require_right_to_candidates(asker: Asker, relations: frozenset[str]) -> None:
    """Raises NotPermitted."""
    if not asker.machine and MAY_ASK.isdisjoint(relations):
        raise NotPermitted(
            "Candidates are for the commissioner and the child's authority.", "may_not_see_candidates"
        )


def wanted_of(case: Case, starts_on: date | None, sessions: int | None, hours: float | None) -> Wanted:
    """The place that is looked for: as asked, or else like the one that there is."""
    placement = case.placement
    proposal = placement.proposal
    return Wanted(
        starts_on or next_school_day(case.days, case.today),
        sessions
        or placement.sessions_per_week
        or (proposal.sessions_per_week if proposal else USUAL_SESSIONS),
        hours or placement.hours_per_week or (proposal.hours_per_week if proposal else USUAL_HOURS),
    )


def shown(ranking: Ranking, wanted: Wanted, limit: int) -> dict[str, object]:
    """The ranking ready for JSON."""
    return {
        "wanted": msgspec.to_builtins(wanted),
        "candidates": [msgspec.to_builtins(one) for one in ranking.candidates[:limit]],
        "excluded": [msgspec.to_builtins(one) for one in ranking.excluded],
        "distance": DISTANCE_NOT_KNOWN,
    }
