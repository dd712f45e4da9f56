"""Records kept in memory by the one who follows, so that an event costs one fold and not a whole life."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from projections.telling import Happened, Teller, Told

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

    def advance(self, page: Sequence[Happened]) -> list[Told]:
        """The records that a page of events touches, as they are at its last position."""
        touched: list[Told] = []
        missing: list[UUID] = []
        news: dict[UUID, list[Happened]] = {}
        for happened in page:
            if self._teller.tells(happened.event):
                news.setdefault(happened.id, []).append(happened)
        for id, events in news.items():
            told = self._known(events[0])
            if told is None:
                missing.append(id)
                continue
            for happened in events:
                told.add(happened)
            touched.append(told)
        if missing:
            touched += self._teller.load(missing, page[-1].position)
        self._keep(touched)
        return touched

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._events = 0

    def _known(self, first: Happened) -> Told | None:
        """The record before an event: from memory, or new; none where it has to be read."""
        kept = self._kept.pop(first.id, None)
        if kept is not None:
            self._events -= _size(kept)
            version = kept.record.version if kept.record else 0
            # It may have been told for a page that was not taken in then; so it has to be the record before this event.
            if kept.read_at + self._life > time.monotonic() and version + 1 == first.version:
                return kept
        return self._teller.begin(first) if first.version == 1 else None

    def _keep(self, touched: Sequence[Told]) -> None:
        for told in touched:
            if told.record is not None and told.failure is None:
                self._kept[told.id] = told
                self._events += _size(told)
        while self._events > self._most and self._kept:
            _, old = self._kept.popitem(last=False)
            self._events -= _size(old)


def _size(told: Told) -> int:
    return len(told.record.events) if told.record else 0
