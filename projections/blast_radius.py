"""Finds in the history what leaned on a fact of a provider: its placements of all times, with the place of every event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from domain.blast_radius import BlastRadius, blast_radius
from domain.duties.story import Story
from domain.leaning import Entry, Placed, entries_of, standing
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from domain.record import Record
from history.store import History

# Also those that were with it once, and those for which it was only proposed. Ids stand in the clear in what is stored.
PROPOSED: LiteralString = """
    SELECT DISTINCT originator_id FROM history.events
    WHERE topic = 'placement.provider_proposed' AND position(convert_to(%(provider)s, 'UTF8') IN state) > 0
        AND notification_id <= %(as_at)s
"""
PLACES: LiteralString = """
    SELECT originator_id, originator_version, notification_id FROM history.events
    WHERE originator_id = ANY(%(ids)s) AND notification_id + 0 <= %(as_at)s
"""
LATEST = 2**63 - 1


def what_leaned_on(
    history: History, provider_id: UUID, fact: str, version: int | None = None, as_at: int | None = None
) -> tuple[BlastRadius, dict[UUID, Placement]]:
    """The decisions that leaned on a fact, and every placement for which the provider was ever proposed.

    `fact` is `provider`, `registration`, `check:` and the kind, `site:` and its name, or `document:` and an id; `version` names an
    older entry than the one that stands now. Raises NotFound and Invalid.
    """
    until = LATEST if as_at is None else as_at
    provider = history.get(Provider, provider_id, as_at=as_at)
    ids = [id for (id,) in history.rows(PROPOSED, {"provider": str(provider_id), "as_at": until})]
    placements = {
        id: record
        for id, record in history.get_many(dict.fromkeys(ids, Placement), as_at=as_at).items()
        if isinstance(record, Placement)
    }
    places = {
        (id, number): position
        for id, number, position in history.rows(PLACES, {"ids": [provider_id, *ids], "as_at": until})
    }
    events = _placed(provider, places)
    entry = _entry_for(entries_of(events), fact, version, until)
    told = [(placement, _placed(placement, places)) for placement in placements.values()]
    return blast_radius(events, provider_id, told, entry), placements


def _placed(record: Record, places: dict[tuple[UUID, int], int]) -> list[Placed]:
    return [Placed(places[record.id, event.originator_version], event) for event in Story(record).events]


def _entry_for(entries: Sequence[Entry], fact: str, version: int | None, at: int) -> Entry:
    found: Entry | None
    kind, _, name = fact.partition(":")
    if version is not None:
        found = next((e for e in entries if e.recorded.event.originator_version == version), None)
    elif kind == "document":
        found = next((e for e in reversed(entries) if name in e.documents), None)
    else:
        found = standing(entries, fact, at)
    if found is None:
        known = ", ".join(dict.fromkeys(entry.fact for entry in entries))
        message = f"Nothing of this kind is on record of the provider. There are: {known}."
        raise Invalid([Reason(code="no_such_fact", message=message, field="fact")])
    return found
