"""The caseload: the list that an officer opens each morning, and what is left of it after the filters."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.asking import Asking
from api.desk import AtDesk
from api.freshness import FURTHEST, AtLeast
from api.lists import After, Form, Limit, Name, caught_up, hidden_in_lists, in_each, list_answer, pages_of
from api.looking_back import Back, lists_at
from api.sheets.placements import PLACEMENTS
from api.times import Day
from domain.reasons import NotPermitted
from domain.routes import Route
from domain.stages import Stage
from projections.finding_placements import CaseloadFilter
from workflows.who_reads import scope_of

routes = APIRouter(tags=["placements"])


@routes.get(
    "/placements",
    operation_id="list_placements",
    response_model=None,
    responses=pages_of("Placements that you may know of, by the child's name."),
)
def list_placements(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    stage: Annotated[list[Stage], Query(max_length=8, description="One of these stages.")] = [],  # noqa: B006
    route: Annotated[list[Route], Query(max_length=8, description="One of these legal routes.")] = [],  # noqa: B006
    name: Name = "",
    provider_id: UUID | None = None,
    commissioner_id: UUID | None = None,
    authority_id: UUID | None = None,
    home_school_id: UUID | None = None,
    child_id: UUID | None = None,
    looked_after: bool | None = None,
    ehc_plan: bool | None = None,
    safeguarding_open: bool | None = None,
    without_education: Annotated[
        bool | None, Query(description="In breakdown, and the child has no education tomorrow.")
    ] = None,
    review_due_before: Day | None = None,
    changed_after: Annotated[
        int | None,
        Query(ge=0, le=FURTHEST, description="Something happened to it after this position of the history."),
    ] = None,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """Placements with names and what matters about the child; `counts` says how many there are in each stage."""
    caught_up(desk, at_least, at_once=True)
    scope = scope_of(asker)
    hidden = hidden_in_lists(asker, "placements")
    if hidden and (safeguarding_open is not None or without_education is not None):
        # What is not shown cannot be asked for either: a filter that works would tell it.
        raise NotPermitted("A provider's people cannot ask for this.", "filter_not_permitted")
    which = CaseloadFilter(
        stage=tuple(stage),
        route=tuple(route),
        name=name,
        provider_id=provider_id,
        commissioner_id=commissioner_id,
        authority_id=authority_id,
        home_school_id=home_school_id,
        child_id=child_id,
        looked_after=looked_after,
        ehc_plan=ehc_plan,
        safeguarding_open=safeguarding_open,
        without_education=without_education,
        review_due_before=review_due_before,
        changed_after=changed_after,
    )
    caseload = lists_at(desk, back).caseload
    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: caseload.page(scope, which, after=mark, limit=rows),
        after,
        limit,
        sheet=PLACEMENTS,
        href=lambda row: f"/placements/{row.placement_id}",
        hidden=hidden,
        more=lambda whole: {
            "counts": caseload.counts(scope, which) if whole is None else in_each(Stage, whole, "stage")
        },
    )
