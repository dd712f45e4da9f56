"""Tells records from their stored events, as far as the events can be read: a read model must not stop at a bad one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from domain.events import Corrected, Event
from domain.record import Record
from history.encoding import Unreadable
from history.reading import BY_RECORD, PAGE_OF_SCAN, STREAMS, Reading


class CannotBeTold(Exception):
    """A record does not take in one of its events. The cause says why."""


@dataclass(slots=True)
class Told:
    """A record as its events leave it, up to the first that could not be read or taken in."""

    id: UUID
    record: Record | None
    """None where nobody knows what kind of record it is, or no read model needs it."""
    position: int = 0
    """The position of the last event that was taken in."""
    failure: Exception | None = None
    failed_at: int = 0
    """The position of the event that failed."""
    read_at: float = field(default_factory=time.monotonic)
    """When its first events were read, by this process's own clock."""

    def add(self, position: int, event: Event | Exception) -> None:
        """Take in the next event. After the first failure nothing more is taken in, so that the rest is not told wrongly."""
        if self.failure is not None or self.record is None:
            return
        if isinstance(event, Exception):
            self.failure, self.failed_at = event, position
            return
        try:
            self.record.fold(event)
            self.position = position
        except Exception as problem:
            # Half of it may have been taken in, so the record is told again without.
            before = [e for e in self.record.events if e is not event]
            self.record = type(self.record).replay(before) or type(self.record)(self.id)
            self.failure, self.failed_at = CannotBeTold(type(event).__name__), position
            self.failure.__cause__ = problem


@cache
def kinds_of_events(kinds: frozenset[type[Record]]) -> Mapping[type[Event], type[Record]]:
    """Which kind of record an event belongs to. A correction belongs to any."""
    return {event: kind for kind in kinds for event in kind.folds}


class Teller:
    """Reads records of certain kinds."""

    def __init__(self, history: Reading, kinds: Iterable[type[Record]]) -> None:
        self.history = history
        self._kind_of = kinds_of_events(frozenset(kinds))

    def tells(self, event: Event) -> bool:
        """Whether an event may belong to a record of these kinds."""
        return type(event) is Corrected or type(event) in self._kind_of

    def begin(self, id: UUID, first: Event | Exception) -> Told:
        """A record before its first event, which tells of what kind it is."""
        kind = self._kind_of.get(type(first)) if isinstance(first, Event) else None
        told = Told(id, kind(id) if kind else None)
        if isinstance(first, Exception):
            told.failure = first
        return told

    def load(self, ids: Iterable[UUID], as_at: int) -> dict[UUID, Told]:
        """Records as they were when the history had reached a position, whatever came later."""
        rows = self.history.rows(STREAMS, {"ids": list(ids), "as_at": as_at})
        return {told.id: told for told in self._told(rows)}

    def every_record(self, as_at: int, between: Callable[[int], None] = lambda n: None) -> Iterator[Told]:
        """All records as they were at a position, one after the other. `between` hears how many events each page had."""
        at = {"head": as_at, "limit": PAGE_OF_SCAN, "id": UUID(int=0), "version": -1}
        held: list[Any] = []
        while page := self.history.rows(BY_RECORD, at):
            held += page
            last = held[-1][3]
            # The last record of a page may go on in the next one.
            whole = [row for row in held if row[3] != last]
            held = [row for row in held if row[3] == last]
            yield from self._told(whole)
            between(len(page))
            at |= {"id": page[-1][3], "version": page[-1][4]}
        yield from self._told(held)

    def _told(self, rows: Sequence[Any]) -> Iterator[Told]:
        events = zip(rows, self._read_each(rows), strict=True)
        for id, stream in groupby(events, key=lambda pair: pair[0][3]):
            told: Told | None = None
            for row, event in stream:
                if told is None:
                    told = self.begin(id, event)
                    told.failed_at = row[0] if told.failure else 0
                told.add(row[0], event)
            if told is not None:
                yield told

    def _read_each(self, rows: Sequence[Any]) -> Sequence[Event | Exception]:
        try:
            return self.history.mapper.read((row[1], row[2]) for row in rows)
        except Unreadable:
            return [self._read(row) for row in rows]

    def _read(self, row: Any) -> Event | Exception:
        try:
            return self.history.mapper.read([(row[1], row[2])])[0]
        except Unreadable as problem:
            return problem
