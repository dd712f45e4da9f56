"""The story of a placement or a child: every event as a sentence, with who decided it, why, and under which rules."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response

from api.answers import rows_answer
from api.asking import Asking
from api.descriptions import found
from api.desk import AtDesk
from api.freshness import AsOf, AtLeast, not_in_the_future
from api.lists import caught_up
from api.looking import look, look_at_child
from api.wanted import JSON, in_form
from domain.placement import Placement
from workflows.permissions import scope_of

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
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, as_of: AsOf = None
) -> Response:
    """What happened, in the order in which it was written down; with `as_of`, as it could be read then.

    A provider's people read the part that concerns them.
    """
    caught_up(desk, at_least)
    position = desk.history.head()
    not_in_the_future(as_of, position)
    look(desk, asker, Placement, id, as_of, position)
    stories = desk.read_models.timelines(desk.history)
    entries = stories.of_placement(id, as_at=as_of, provider_id=asker.provider_id)
    return rows_answer(msgspec.to_builtins(entries), position)


@routes.get(
    "/children/{id}/timeline",
    operation_id="read_timeline_of_child",
    response_model=None,
    responses=found("RowsShown"),
    tags=["children"],
)
def read_timeline_of_child(
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, as_of: AsOf = None
) -> Response:
    """The child's own story, together with that of the placements that you may know of."""
    caught_up(desk, at_least)
    position = desk.history.head()
    not_in_the_future(as_of, position)
    look_at_child(desk, asker, id, as_of, position)
    stories = desk.read_models.timelines(desk.history)
    entries = stories.of_child(scope_of(asker), id, as_at=as_of)
    return rows_answer(msgspec.to_builtins(entries), position)
