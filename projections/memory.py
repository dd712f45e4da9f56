"""Records kept in memory by the one who follows, so that an event costs one fold and not a whole life."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from history.reading import Stored
from projections.telling import Teller, Told

MOST_EVENTS = 40_000
"""Events kept in memory, some 2 KB each."""
LIFE = 60.0
"""Seconds for which a record is remembered: no longer than its key, so that forgotten words are forgotten here too."""


class Memory:
    """The records that were touched last. For one thread."""

    def __init__(self, teller: Teller, most_events: int = MOST_EVENTS, life: float = LIFE) -> None:
        self._teller = teller
        self._most, self._life = most_events, life
        self._kept: OrderedDict[UUID, Told] = OrderedDict()
        self._events = 0

    def advance(self, page: Sequence[Stored]) -> list[Told]:
        """The records that a page of events touches, as they are at its last position."""
        touched: list[Told] = []
        missing: list[UUID] = []
        told_of = [stored for stored in page if self._teller.tells(stored.event)]
        for id, news in groupby(sorted(told_of, key=_place), key=lambda stored: stored.event.originator_id):
            events = list(news)
            told = self._known(id, events[0])
            if told is None:
                missing.append(id)
                continue
            for stored in events:
                told.add(stored.position, stored.event)
            touched.append(told)
        if missing:
            touched += self.load(missing, page[-1].position)
        self._keep(touched)
        return touched

    def load(self, ids: Iterable[UUID], as_at: int) -> list[Told]:
        """Records read anew, as they were at a position."""
        return list(self._teller.load(ids, as_at).values())

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._events = 0

    def _known(self, id: UUID, first: Stored) -> Told | None:
        """The record before an event: from memory, or new; none where it has to be read."""
        kept = self._kept.pop(id, None)
        if kept is not None:
            self._events -= _size(kept)
            version = kept.record.version if kept.record else 0
            # It may have been told for a page that was not taken in then; so it has to be the record before this event.
            if kept.read_at + self._life > time.monotonic() and version + 1 == first.event.originator_version:
                return kept
        return self._teller.begin(id, first.event) if first.event.originator_version == 1 else None

    def _keep(self, touched: Sequence[Told]) -> None:
        for told in touched:
            if told.record is not None and told.failure is None:
                self._kept[told.id] = told
                self._events += _size(told)
        while self._events > self._most and self._kept:
            _, old = self._kept.popitem(last=False)
            self._events -= _size(old)


def _place(stored: Stored) -> tuple[UUID, int]:
    return stored.event.originator_id, stored.event.originator_version


def _size(told: Told) -> int:
    return len(told.record.events) if told.record else 0
