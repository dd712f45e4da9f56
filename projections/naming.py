"""Finds the names of the organisations and providers that a story mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from domain.events import Event
from domain.organisation import Organisation
from domain.placement_events import ProviderProposed
from domain.provider import Provider
from history.reading import Reading
from projections.saying import Namer
from projections.telling import Teller

UNKNOWN = "an organisation that is not known here"
MENTIONS = ("commissioner_id", "provider_id", "home_school_id", "authority_id", "school_id")
"""The fields of events that name one."""


def names_in(history: Reading, events: Iterable[Event], as_at: int) -> Namer:
    """Who is who in these events, as they were called when the history had reached a position."""
    ids = {id for event in events for id in _mentioned(event)}
    kinds = (Organisation, Provider)
    names: dict[UUID, str] = {}
    for told in Teller(history, kinds, sealed=kinds).load(ids, as_at) if ids else ():
        if isinstance(told.record, Organisation | Provider):
            names[told.id] = told.record.name

    def name(id: UUID | None) -> str:
        return names.get(id, UNKNOWN) if id else UNKNOWN

    return name


def _mentioned(event: Event) -> Iterator[UUID]:
    for field in MENTIONS:
        id = getattr(event, field, None)
        if isinstance(id, UUID):
            yield id
    if isinstance(event, ProviderProposed):
        yield event.proposal.provider_id
    for about in (getattr(event, "notice", None), getattr(event, "complaint", None)):
        id = getattr(about, "provider_id", None)
        if isinstance(id, UUID):
            yield id
    for id in (event.decision.by.organisation_id, event.decision.on_behalf_of):
        if id is not None:
            yield id
