"""A provider: sites, offer, checks and registration."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AsOf, AtLeast, not_in_the_future, reached
from api.looking import look, relations_to
from api.records import fields_of
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, without
from domain.provider import Provider

routes = APIRouter(tags=["providers"])


@routes.get(
    "/providers/{id}", operation_id="read_provider", responses=records_of("providers"), response_model=None
)
def read_provider(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    at_least: AtLeast = None,
    as_of: AsOf = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The provider's record, as far as you may see it."""
    position = reached(desk.history.head, at_least)
    not_in_the_future(as_of, position)
    case = look(desk, asker, Provider, id, as_of)
    fields = without(fields_of(case.target), unseen(asker, relations_to(case)))
    return record_answer(case.target, position, fields, if_none_match, as_of)
