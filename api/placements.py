"""A placement: its whole file, and what may be done with it now."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AtLeast, reached
from api.looking import look, relations_to
from api.looking_back import Back
from api.moves_on_offer import moves_on_offer
from api.nowhere_taught import without_education
from api.records import named
from api.scope_of_events import is_own
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, without
from domain.attendance_codes import code_when_attended
from domain.placement import Placement
from domain.placement_life_events import SafeguardingConcernReported
from domain.routes import terms_of
from domain.stages import Stage
from projections.remembered import fields_of
from workflows.case import Case

routes = APIRouter(tags=["placements"])

Schemas = Annotated[
    bool,
    Query(
        description=(
            "Put the JSON Schema of its body into every move. Without it a move names where its schema is: together they "
            "are some hundred times as long as the rest, and stay the same until the service changes."
        )
    ),
]

Moves = Annotated[
    bool,
    Query(description="Weigh every move. Without them there is the file alone, in about half the time."),
]


@routes.get(
    "/placements/{id}", operation_id="read_placement", responses=records_of("placements"), response_model=None
)
def read_placement(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    schemas: Schemas = False,
    moves: Moves = True,
    at_least: AtLeast = None,
    back: Back = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The whole file of a placement with every move: whether it is open to you now and, if not, every reason.

    Looking back, the file as it was then, without moves.
    """
    position = reached(desk.history.head, at_least)
    case = look(desk, asker, Placement, id, back, position)
    file = {**file_of(case), "own_safeguarding": own_concerns(case)}
    file = without(file, unseen(asker, relations_to(case)))
    if back is None and moves:
        file["moves"] = moves_on_offer(case, schemas)
    return record_answer(case.target, position, file, if_none_match, back)


def file_of(case: Case) -> dict[str, Any]:
    """Everything about one placement on one page."""
    placement = case.placement
    return {
        **fields_of(placement),
        "child": _child(case),
        "commissioner": named(case.commissioner, placement.commissioner_id),
        "home_school": named(case.home_school, placement.home_school_id),
        "provider": named(case.provider, placement.provider_id),
        "agreement": _agreement(case),
        "derived": _derived(case),
        "without_education": without_education(case),
    }


def own_concerns(case: Case) -> list[Any]:
    """The worries about the child's safety that the asker's own organisation reported."""
    told = [event for event in case.placement.events if isinstance(event, SafeguardingConcernReported)]
    return [msgspec.to_builtins(event.concern) for event in told if is_own(case.asker, event)]


def _child(case: Case) -> dict[str, Any]:
    child = case.child
    return {
        "id": str(child.id),
        "name": child.name,
        "born_on": child.born_on.isoformat() if child.born_on else None,
        "year_group": child.year_group,
    }


def _agreement(case: Case) -> dict[str, Any] | None:
    agreement = case.agreement
    if agreement is None:
        return None
    terms = {
        "id": agreement.id,
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "in_force": agreement.in_force_on(case.today),
        "price": agreement.price,
    }
    return cast(dict[str, Any], msgspec.to_builtins(terms))


def _derived(case: Case) -> dict[str, Any]:
    """What follows from the records and is remembered by none of them."""
    placement, child, provider = case.placement, case.child, case.provider
    terms = terms_of(placement.route) if placement.route else None
    taken = len(case.places.taken) if case.places else None
    return {
        "on": case.today.isoformat(),
        "route": terms.label if terms else None,
        "duty_holder": terms.duty_holder if terms else None,
        "attendance_code": _code(case, case.today),
        "places": {"taken": taken, "offered": provider.offer.places if provider and provider.offer else None},
        "weekly_sessions": child.weekly_sessions(),
        "closed": placement.stage is Stage.EXIT,
    }


def _code(case: Case, day: date) -> str | None:
    """The register code of a session attended here, on the legal route of the placement."""
    route = case.placement.route
    return code_when_attended(route, case.child.dual_registered_on(day)) if route else None
