"""Records that duties were read from, kept with the place of every event, so that one more event costs itself and not a whole life."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
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
        self._nobody: set[UUID] = set()
        """Those that were asked for, and had not begun at the position reached."""
        self._reached: int | None = None
        """The position to which all that is kept was followed; none where the history has to be asked for what came since."""

    def follow(self, rows: Sequence[Any], since: int) -> None:
        """Take in all that happened after a position, as it is stored. What was not followed up to there is forgotten."""
        if since != self._reached:
            self._clear()
        self._nobody.difference_update(row[3] for row in rows)
        known = self._kept.keys() | {row[3] for row in rows if row[4] == 1}
        mine = [row for row in rows if row[3] in known and row[1] in self._teller.told]
        # Whoever read the page may have left out what an event says.
        left_out = {row[3] for row in mine if row[2] is None}
        for id in left_out:
            self._drop(id)
        for happened in self._teller.read_each([row for row in mine if row[3] not in left_out]):
            self._add(happened)
        self._let_go_of_the_oldest()
        self._reached = rows[-1][0]

    def at(self, ids: Iterable[UUID], as_at: int) -> dict[UUID, Placed]:
        """Records as they were at a position. What was already read of them then is not read again."""
        every = list(dict.fromkeys(ids))
        if as_at == self._reached:
            every = [id for id in every if id not in self._nobody]
        else:
            self._nobody.clear()
            self._reached = None
        found = {id: kept for id in every if (kept := self._known(id, as_at)) is not None}
        asked = every if self._reached is None else [id for id in every if id not in found]
        if asked:
            self._read(asked, as_at, found)
        if self._reached is not None:
            self._nobody.update(id for id in asked if id not in found)
        self._keep(found)
        return found

    def _read(self, ids: list[UUID], as_at: int, found: dict[UUID, Placed]) -> None:
        versions = [found[id].last[0] if id in found else 0 for id in ids]
        asked = {"ids": ids, "versions": versions, "as_at": as_at}
        for happened in self._teller.read_each(self._history.rows(STREAMS_FROM_HERE_AS_AT, asked)):
            if happened.id not in found:
                found[happened.id] = Placed(self._teller.begin(happened))
            found[happened.id].add(happened)

    def _add(self, happened: Happened) -> None:
        """The next event of a record that is kept, or that begins with it."""
        placed = self._drop(happened.id)
        if placed is None and happened.version == 1:
            placed = Placed(self._teller.begin(happened))
        if placed is not None and happened.version == placed.last[0] + 1:
            placed.add(happened)
            self._put(placed)

    def _known(self, id: UUID, as_at: int) -> Placed | None:
        kept = self._drop(id)
        if kept is None:
            return None
        # At an earlier position it is another record, and it is told from its first event.
        return kept if kept.last[1] <= as_at and kept.told.read_at + self._life > time.monotonic() else None

    def _keep(self, found: dict[UUID, Placed]) -> None:
        for placed in found.values():
            self._put(placed)
        self._let_go_of_the_oldest()

    def _put(self, placed: Placed) -> None:
        if placed.told.record is not None and placed.told.failure is None:
            self._kept[placed.told.id] = placed
            self._events += placed.last[0]

    def _drop(self, id: UUID) -> Placed | None:
        placed = self._kept.pop(id, None)
        if placed is not None:
            self._events -= placed.last[0]
        return placed

    def _let_go_of_the_oldest(self) -> None:
        while self._events > self._most:
            self._drop(next(iter(self._kept)))

    def _clear(self) -> None:
        self._kept.clear()
        self._nobody.clear()
        self._events, self._reached = 0, None
