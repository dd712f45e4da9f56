"""A standing contract between a commissioner and a provider."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AtLeast, reached
from api.lists import After, Form, Limit, caught_up, hidden_in_lists, list_answer, pages_of
from api.looking import look, relations_to
from api.looking_back import Back, day_at, lists_at
from api.sheets.providers import AGREEMENTS
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, without
from domain.agreement import Agreement
from projections.agreements import State
from projections.remembered import fields_of
from workflows.who_reads import scope_of

routes = APIRouter(tags=["agreements"])


@routes.get(
    "/agreements",
    operation_id="list_agreements",
    response_model=None,
    responses=pages_of("Contracts to which you are a side, by the provider's name."),
)
def list_agreements(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    state: Annotated[
        State | None, Query(description="As it stands today, or on the day that is looked back to.")
    ] = None,
    commissioner_id: UUID | None = None,
    provider_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """Contracts, with the terms that they still lack."""
    caught_up(desk, at_least, at_once=True)
    scope, agreements, day = scope_of(asker), lists_at(desk, back).agreements, day_at(desk, back)
    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: agreements.page(
            scope,
            on=day,
            state=state,
            commissioner_id=commissioner_id,
            provider_id=provider_id,
            after=mark,
            limit=rows,
        ),
        after,
        limit,
        sheet=AGREEMENTS,
        href=lambda row: f"/agreements/{row.agreement_id}",
        hidden=hidden_in_lists(asker, "agreements"),
    )


@routes.get(
    "/agreements/{id}", operation_id="read_agreement", responses=records_of("agreements"), response_model=None
)
def read_agreement(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    at_least: AtLeast = None,
    back: Back = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The agreement's record, as far as you may see it."""
    position = reached(desk.history.head, at_least)
    case = look(desk, asker, Agreement, id, back, position)
    fields = without(fields_of(case.target), unseen(asker, relations_to(case)))
    return record_answer(case.target, position, fields, if_none_match, back)
