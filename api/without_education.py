"""Children who are taught nowhere, the longest first."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.asking import Asking
from api.desk import AtDesk
from api.freshness import AtLeast
from api.lists import Form, Limit, caught_up, list_answer, pages_of
from api.looking import AsAt
from api.looking_back import Back, day_at, lists_at
from projections.paging import Page
from projections.without_education import WithoutEducationRow
from workflows.who_reads import scope_of

routes = APIRouter(tags=["children"])


@routes.get(
    "/without-education",
    operation_id="list_without_education",
    response_model=None,
    responses=pages_of(
        "Children whose clock of days without education runs, the longest first: 200 at most."
    ),
)
def list_without_education(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    limit: Limit = 200,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """School days since a breakdown that left a child nowhere, over placements, with who answers for today."""
    caught_up(desk, at_least)
    position = back.position if back else desk.read_models.position("caseload")
    shelf = AsAt(desk.history, back.position, back.true_on) if back else desk.history
    day = day_at(desk, back)
    rows = lists_at(desk, back).nowhere_taught.longest(scope_of(asker), shelf, on=day, limit=limit)
    return list_answer(
        request,
        form,
        back,
        lambda mark, n: Page(rows, None, position),
        None,
        limit,
        of=WithoutEducationRow,
        href=lambda row: f"/children/{row.child_id}",
        more=lambda: {"on": day},
    )
