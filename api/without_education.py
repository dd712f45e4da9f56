"""Children who are taught nowhere, the longest first."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.asking import Asking
from api.desk import AtDesk
from api.freshness import AtLeast
from api.lists import Form, Limit, caught_up, list_answer, pages_of
from api.looking import AsAt
from api.looking_back import Back, day_at, lists_at
from api.sheets.placements import WITHOUT_EDUCATION
from api.wanted import CSV
from projections.paging import Page
from workflows.who_reads import scope_of

routes = APIRouter(tags=["children"])


@routes.get(
    "/without-education",
    operation_id="list_without_education",
    response_model=None,
    responses=pages_of(
        "Children whose clock of days without education runs, the longest first: 200 at most; `ahead` has the answers "
        "to breakdowns that begin on a day to come."
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
    nowhere, scope = lists_at(desk, back).nowhere_taught, scope_of(asker)
    rows, ahead = nowhere.longest(scope, shelf, on=day, limit=limit), nowhere.ahead(scope, on=day)
    return list_answer(
        request,
        form,
        back,
        lambda mark, n: Page(rows, None, position),
        None,
        limit,
        sheet=WITHOUT_EDUCATION,
        href=lambda row: f"/children/{row.child_id}",
        more=lambda whole: {"on": day, "ahead": ahead},
        about=[one.child_id for one in ahead] if form != CSV else [],
    )
