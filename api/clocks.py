"""The clocks that an exclusion starts: by when a child has to be taught full-time again."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.asking import Asking
from api.desk import AtDesk
from api.freshness import AtLeast
from api.lists import Form, Limit, caught_up, list_answer, pages_of
from api.looking_back import Back, day_at, lists_at
from projections.clocks import ClockRow
from projections.paging import Page
from workflows.permissions import scope_of

routes = APIRouter(tags=["children"])


@routes.get(
    "/clocks",
    operation_id="list_clocks",
    response_model=None,
    responses=pages_of("Clocks of children that you may know of, the longest overdue first: 200 at most."),
)
def list_clocks(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    running: Annotated[bool, Query(description="Only those that nothing has met yet.")] = True,
    due_before: date | None = None,
    child_id: UUID | None = None,
    limit: Limit = 200,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """The sixth school day after each exclusion, and which placement met it."""
    caught_up(desk, at_least)
    position = back.position if back else desk.read_models.position("clocks")
    rows = lists_at(desk, back).clocks.due(
        scope_of(asker),
        on=day_at(desk, back),
        running=running,
        due_before=due_before,
        child_id=child_id,
        limit=limit,
    )
    return list_answer(
        request,
        form,
        back,
        lambda mark, n: Page(rows, None, position),
        None,
        limit,
        of=ClockRow,
        href=lambda row: f"/children/{row.child_id}",
    )
