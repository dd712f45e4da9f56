"""The story of a placement, of a child, or of any record: every event as a sentence, in the order of the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.events import Event
from domain.people import Scope
from domain.two_times import true_by
from history.reading import STREAMS_AS_AT, Reading
from projections.asking import PLACEMENT_IN_SCOPE, Asking, scope_parameters
from projections.entries import Entry, entries_of
from projections.naming import names_in
from projections.telling import Happened, Teller

LATEST = 2**63 - 1
"""A position after every other."""
REGISTERS = "SELECT register_id FROM attendance_totals WHERE placement_id = ANY(%(placements)s)"
PLACEMENTS = "SELECT p.placement_id FROM caseload p WHERE p.child_id = %(child_id)s AND " + PLACEMENT_IN_SCOPE


def timeline(
    history: Reading,
    records: Sequence[UUID],
    *,
    as_at: int | None = None,
    true_on: date | None = None,
    provider_id: UUID | None = None,
) -> list[Entry]:
    """The story of these records together, in the order of the history.

    `as_at` tells it as it stood when the history had reached a position, `true_on` leaves out what was not
    true yet on a day. `provider_id` is for a provider's person: what
    concerns that provider, and nothing from before it was proposed. Raises Unavailable.
    """
    until = LATEST if as_at is None else as_at
    rows = history.rows(STREAMS_AS_AT, {"ids": list(records), "as_at": until})
    happened = sorted(Teller(history, ()).read_each(rows))
    if true_on is not None:
        happened = _true_by(happened, true_on)
    name = names_in(history, (one.event for one in happened if isinstance(one.event, Event)), until)
    return entries_of(happened, name, provider_id)


def _true_by(happened: Sequence[Happened], day: date) -> list[Happened]:
    readable = [one.event for one in happened if isinstance(one.event, Event)]
    true = {(event.originator_id, event.originator_version) for event in true_by(readable, day)}
    return [one for one in happened if (one.id, one.version) in true]


class Timelines:
    """Stories that are spread over several records. The read models say which."""

    def __init__(self, history: Reading, asking: Asking) -> None:
        self._history, self._asking = history, asking

    def of_placement(
        self,
        placement_id: UUID,
        *,
        as_at: int | None = None,
        true_on: date | None = None,
        provider_id: UUID | None = None,
    ) -> list[Entry]:
        """A placement with its attendance. Whether the asker may know of it is for the caller to ask first.

        Raises Unavailable.
        """
        records = [placement_id, *self._registers([placement_id])]
        return timeline(self._history, records, as_at=as_at, true_on=true_on, provider_id=provider_id)

    def of_child(
        self, scope: Scope, child_id: UUID, *, as_at: int | None = None, true_on: date | None = None
    ) -> list[Entry]:
        """A child with those of the placements that the asker may know of; a provider's person is shown only its own part.

        Whether the asker may know of the child is for the caller to ask first. Raises Unavailable.
        """
        asked = {"child_id": child_id} | scope_parameters(scope)
        placements = [row["placement_id"] for row in self._asking.plain_rows(PLACEMENTS, asked)]
        records = [*placements, *self._registers(placements)]
        if scope.provider_id is None:
            return timeline(self._history, [child_id, *records], as_at=as_at, true_on=true_on)
        stories = [
            self.of_placement(placement, as_at=as_at, true_on=true_on, provider_id=scope.provider_id)
            for placement in placements
        ]
        return sorted((entry for story in stories for entry in story), key=lambda entry: entry.position)

    def _registers(self, placements: Sequence[UUID]) -> list[UUID]:
        found = self._asking.plain_rows(REGISTERS, {"placements": list(placements)})
        return [row["register_id"] for row in found]
