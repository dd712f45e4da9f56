"""An organisation: its people, its calendar and its choices."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AtLeast, reached
from api.lists import After, Form, Limit, Name, caught_up, list_answer, pages_of
from api.looking import look, relations_to
from api.looking_back import Back, lists_at
from api.sheets.providers import ORGANISATIONS
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, without
from domain.organisation import Organisation
from domain.people import OrganisationKind
from projections.remembered import fields_of
from workflows.who_reads import scope_of

routes = APIRouter(tags=["organisations"])


@routes.get(
    "/organisations",
    operation_id="list_organisations",
    response_model=None,
    responses=pages_of("Organisations by name; a provider's people see their own office."),
)
def list_organisations(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    name: Name = "",
    kind: OrganisationKind | None = None,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """Local authorities, schools, trusts and providers' offices."""
    caught_up(desk, at_least, at_once=True)
    scope, organisations = scope_of(asker), lists_at(desk, back).organisations
    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: organisations.page(scope, kind=kind, name=name, after=mark, limit=rows),
        after,
        limit,
        sheet=ORGANISATIONS,
        href=lambda row: f"/organisations/{row.organisation_id}",
    )


@routes.get(
    "/organisations/{id}",
    operation_id="read_organisation",
    responses=records_of("organisations"),
    response_model=None,
)
def read_organisation(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    at_least: AtLeast = None,
    back: Back = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The organisation's record, as far as you may see it."""
    position = reached(desk.history.head, at_least)
    case = look(desk, asker, Organisation, id, back, position)
    fields = without(fields_of(case.target), unseen(asker, relations_to(case)))
    return record_answer(case.target, position, fields, if_none_match, back)
