"""The story of a placement, a child or a provider: every event as a sentence, with who decided it, why, and under which rules."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from api.answers import rows_answer
from api.asking import Asking
from api.concerned import rows_with_decisions
from api.decisions import open_provider
from api.descriptions import found
from api.desk import AtDesk
from api.freshness import AtLeast, reached
from api.lists import caught_up
from api.looking import look, look_at_child
from api.looking_back import Back
from api.wanted import JSON, in_form
from domain.placement import Placement
from projections.timeline import timeline
from workflows.who_reads import scope_of

routes = APIRouter()
AsJson = Annotated[str, Depends(in_form(JSON))]


@routes.get(
    "/placements/{id}/timeline",
    operation_id="read_timeline_of_placement",
    response_model=None,
    responses=found("RowsShown"),
    tags=["placements"],
)
def read_timeline_of_placement(
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
) -> Response:
    """What happened, in the order in which it was written down; looking back, as it could be read then.

    A provider's people read the part that concerns them.
    """
    caught_up(desk, at_least)
    position = desk.history.head()
    case = look(desk, asker, Placement, id, back, position)
    stories = desk.read_models.timelines(desk.history)
    as_at, true_on = (back.position, back.true_on) if back else (None, None)
    entries = stories.of_placement(id, as_at=as_at, true_on=true_on, provider_id=asker.provider_id)
    return rows_answer(rows_with_decisions(desk, case, entries, f"/placements/{id}"), position)


@routes.get(
    "/children/{id}/timeline",
    operation_id="read_timeline_of_child",
    response_model=None,
    responses=found("RowsShown"),
    tags=["children"],
)
def read_timeline_of_child(
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
) -> Response:
    """The child's own story, together with that of the placements that you may know of."""
    caught_up(desk, at_least)
    position = desk.history.head()
    case, _ = look_at_child(desk, asker, id, back, position)
    stories = desk.read_models.timelines(desk.history)
    as_at, true_on = (back.position, back.true_on) if back else (None, None)
    entries = stories.of_child(scope_of(asker), id, as_at=as_at, true_on=true_on)
    return rows_answer(rows_with_decisions(desk, case, entries, f"/children/{id}"), position)


@routes.get(
    "/providers/{id}/timeline",
    operation_id="read_timeline_of_provider",
    response_model=None,
    responses=found("RowsShown"),
    tags=["providers"],
)
def read_timeline_of_provider(
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
) -> Response:
    """What was registered, offered, checked and decided of a provider; another provider's people are not told."""
    position = reached(desk.history.head, at_least)
    case = open_provider(desk, asker, id, back)
    as_at, true_on = (back.position, back.true_on) if back else (None, None)
    entries = timeline(desk.history, [id], as_at=as_at, true_on=true_on)
    return rows_answer(rows_with_decisions(desk, case, entries, f"/providers/{id}"), position)
