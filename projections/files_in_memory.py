"""Records that duties were read from, kept with the place of every event, so that one more event costs itself and not a whole life."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.events import Event
from history.reading import STREAMS_FROM_HERE_AS_AT, Reading
from projections.telling import Happened, Teller, Told

MOST_EVENTS = 20_000
"""Events kept in memory, some 2 KB each."""
LIFE = 60.0
"""Seconds for which a record is kept, as everywhere else."""


@dataclass(slots=True)
class Placed:
    """A record as its events leave it, and where each of them stands."""

    told: Told
    places: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    """By version: the position, and when it was recorded."""
    last: tuple[int, int] = (0, 0)
    """The version and the position of its last event, whether that could be read or not."""

    def add(self, happened: Happened) -> None:
        """Take in the next event."""
        self.told.add(happened)
        self.last = (happened.version, happened.position)
        if isinstance(happened.event, Event):
            self.places[happened.version] = (happened.position, happened.event.recorded_at)


class FilesInMemory:
    """The records that were asked for last; their personal words are sealed. For one thread."""

    def __init__(
        self, history: Reading, teller: Teller, most_events: int = MOST_EVENTS, life: float = LIFE
    ) -> None:
        self._history, self._teller = history, teller
        self._most, self._life = most_events, life
        self._kept: OrderedDict[UUID, Placed] = OrderedDict()
        self._events = 0

    def at(self, ids: Iterable[UUID], as_at: int) -> dict[UUID, Placed]:
        """Records as they were at a position. What was already read of them then is not read again."""
        found = {id: kept for id in dict.fromkeys(ids) if (kept := self._known(id, as_at)) is not None}
        every = list(dict.fromkeys(ids))
        versions = [found[id].last[0] if id in found else 0 for id in every]
        asked = {"ids": every, "versions": versions, "as_at": as_at}
        for happened in self._teller.read_each(self._history.rows(STREAMS_FROM_HERE_AS_AT, asked)):
            if happened.id not in found:
                found[happened.id] = Placed(self._teller.begin(happened))
            found[happened.id].add(happened)
        self._keep(found)
        return found

    def _known(self, id: UUID, as_at: int) -> Placed | None:
        kept = self._kept.pop(id, None)
        if kept is None:
            return None
        self._events -= kept.last[0]
        # At an earlier position it is another record, and it is told from its first event.
        return kept if kept.last[1] <= as_at and kept.told.read_at + self._life > time.monotonic() else None

    def _keep(self, found: dict[UUID, Placed]) -> None:
        for id, placed in found.items():
            if placed.told.record is not None and placed.told.failure is None:
                self._kept[id] = placed
                self._events += placed.last[0]
        while self._events > self._most:
            _, old = self._kept.popitem(last=False)
            self._events -= old.last[0]
