"""The operation that stops a provider's placements: how far it has come, and what was refused."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response

from api.answers import record_answer
from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AtLeast, reached
from api.lists import IN_SCOPE
from api.noting import note
from api.records import named
from api.wanted import JSON, in_form
from domain.people import Asker
from domain.provider import Provider
from domain.reasons import NotFound
from domain.stoppage import Stoppage
from projections.stoppages import rounds_of
from workflows.who_reads import may_read

routes = APIRouter(tags=["providers"])


@routes.get(
    "/stoppages/{id}", operation_id="read_stoppage", responses=records_of("stoppages"), response_model=None
)
def read_stoppage(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    at_least: AtLeast = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """How many placements were marked and stopped, of how many; which were refused, and why. Your own organisation's only."""
    position = reached(desk.history.head, at_least)
    stoppage = desk.history.get(Stoppage, id)
    if not may_know_of(asker, stoppage):
        raise NotFound("stoppage")
    seen = {id for round in stoppage.rounds for id in round.placements}
    note(desk, asker, "read", IN_SCOPE, record_id=id, records=sorted(seen), position=position)
    provider = desk.history.find(Provider, stoppage.provider_id) if stoppage.provider_id else None
    fields: dict[str, Any] = {
        "provider": named(provider, stoppage.provider_id),
        "commissioner_id": str(stoppage.commissioner_id) if stoppage.commissioner_id else None,
        "rounds": rounds_of(stoppage),
    }
    return record_answer(stoppage, position, fields, if_none_match, None)


def may_know_of(asker: Asker, stoppage: Stoppage) -> bool:
    """Whether it is the asker's own organisation's. What the service itself began concerns several, and is nobody's to read."""
    mine = asker.organisation_id is not None and asker.organisation_id == stoppage.commissioner_id
    return asker.machine or (mine and may_read(asker))
