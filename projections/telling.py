"""Tells records from their stored events, as far as the events can be read: a read model must not stop at a bad one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec

from domain.events import Corrected, Event, stored_name
from domain.record import EVENT_KINDS, Record
from history.decoding import decoder_of
from history.encoding import Unreadable
from history.reading import BY_RECORD, PAGE, PAGE_OF_SCAN, STREAMS_AS_AT, Reading

LEFT_OUT = "topic, CASE WHEN topic = ANY(%(untold)s) THEN NULL ELSE state END,"
"""Events that no read model is made from come without what they say: who looked at what is most of a history, and is asked elsewhere."""


class CannotBeTold(Exception):
    """A record does not take in one of its events. The cause says why."""


class Happened(NamedTuple):
    """A stored event as followers need it; an exception where it cannot be read."""

    position: int
    id: UUID
    version: int
    event: Event | Exception | None
    """None where no read model needs it."""


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
    positions: list[int] = field(default_factory=list)
    """Where each event of the record stands in the history."""
    read_at: float = field(default_factory=time.monotonic)
    """When its first events were read, by this process's own clock."""

    def add(self, happened: Happened) -> None:
        """Take in the next event. After the first failure nothing more is taken in, so that the rest is not told wrongly."""
        if self.failure is not None:
            return
        event = happened.event
        if event is None:
            self.position = happened.position
        elif isinstance(event, Exception):
            self.failure, self.failed_at = event, happened.position
        elif self.record is not None:
            try:
                self.record.fold(event)
                self.positions.append(happened.position)
                self.position = happened.position
            except Exception as problem:
                self._give_up(self.record, event, happened.position, problem)

    def _give_up(self, record: Record, event: Event, position: int, problem: Exception) -> None:
        # Half of it may have been taken in, so the record is told again without.
        before = [earlier for earlier in record.events if earlier is not event]
        self.record = type(record).replay(before) or type(record)(self.id)
        self.failure, self.failed_at = CannotBeTold(type(event).__name__), position
        self.failure.__cause__ = problem


class Teller:
    """Reads records of certain kinds.

    Personal words stay sealed in the records of kinds that no read model shows words of: what is not opened cannot leak,
    and need not be forgotten.
    """

    def __init__(
        self, history: Reading, kinds: Iterable[type[Record]], sealed: Iterable[type[Record]] = ()
    ) -> None:
        self.history = history
        self._kind_of = {event: kind for kind in kinds for event in kind.folds}
        self.told = frozenset(
            name for name, kind in EVENT_KINDS.items() if kind is Corrected or kind in self._kind_of
        )
        """The stored names of events that may belong to a record of these kinds."""
        self._untold = sorted(EVENT_KINDS.keys() - self.told)
        sealed = frozenset(sealed)
        # A correction holds its new values sealed, whatever they are about, and they are needed.
        self._left_sealed = frozenset(
            stored_name(event) for event, kind in self._kind_of.items() if kind in sealed
        )

    def page(self, after: int, limit: int) -> list[Happened]:
        """The next events after a position."""
        return self.read_each(self.rows_after(after, limit))

    def rows_after(self, after: int, limit: int) -> list[Any]:
        """The rows of the next events after a position, as they are stored."""
        return self._rows(PAGE, {"after": after, "limit": limit})

    def tells(self, event: Event | Exception | None) -> bool:
        """Whether an event may belong to a record of these kinds."""
        if not isinstance(event, Event):
            return event is not None
        return type(event) is Corrected or type(event) in self._kind_of

    def begin(self, first: Happened) -> Told:
        """A record before its first event, which tells of what kind it is."""
        kind = self._kind_of.get(type(first.event)) if isinstance(first.event, Event) else None
        return Told(first.id, kind(first.id) if kind else None)

    def load(self, ids: Iterable[UUID], as_at: int) -> list[Told]:
        """Records as they were when the history had reached a position, whatever came later."""
        return list(self._told(self._rows(STREAMS_AS_AT, {"ids": list(ids), "as_at": as_at})))

    def each_version(self, ids: Iterable[UUID], as_at: int) -> Iterator[Told]:
        """Records as each of their events leaves them: the same one again and again, so look at it before the next."""
        for happened in self.read_each(self._rows(STREAMS_AS_AT, {"ids": list(ids), "as_at": as_at})):
            if happened.version == 1:
                told = self.begin(happened)
            told.add(happened)
            if told.failure is None:
                yield told

    def every_record(self, as_at: int, between: Callable[[int], None]) -> Iterator[Told]:
        """All records as they were at a position, one after the other. `between` hears how many events each page had."""
        at = {"head": as_at, "limit": PAGE_OF_SCAN, "id": UUID(int=0), "version": -1}
        held: list[Any] = []
        while page := self._rows(BY_RECORD, at):
            held += page
            last = held[-1][3]
            # The last record of a page may go on in the next one.
            whole = [row for row in held if row[3] != last]
            held = held[len(whole) :]
            yield from self._told(whole)
            between(len(page))
            at |= {"id": page[-1][3], "version": page[-1][4]}
        yield from self._told(held)

    def _told(self, rows: Sequence[Any]) -> Iterator[Told]:
        for _, stream in groupby(self.read_each(rows), key=lambda happened: happened.id):
            told: Told | None = None
            for happened in stream:
                told = told or self.begin(happened)
                told.add(happened)
            if told is not None:
                yield told

    def _rows(self, question: LiteralString, asked: dict[str, Any]) -> list[Any]:
        return self.history.rows(
            question.replace("topic, state,", LEFT_OUT), asked | {"untold": self._untold}
        )

    def read_each(self, rows: Sequence[Any]) -> list[Happened]:
        """Events from the rows of the history's questions."""
        try:
            events: Sequence[Event | Exception | None] = self._read(rows)
        except Unreadable:
            events = [self._read_or_not(row) for row in rows]
        return [Happened(row[0], row[3], row[4], event) for row, event in zip(rows, events, strict=True)]

    def _read(self, rows: Sequence[Any]) -> list[Event | None]:
        sealed = self._left_sealed
        opened = iter(
            self.history.mapper.read(
                (row[1], row[2]) for row in rows if row[2] is not None and row[1] not in sealed
            )
        )
        return [
            None if row[2] is None else _decoded(row) if row[1] in sealed else next(opened) for row in rows
        ]

    def _read_or_not(self, row: Any) -> Event | Exception | None:
        try:
            return self._read([row])[0]
        except Unreadable as problem:
            return problem


def _decoded(row: Any) -> Event:
    try:
        return _decoder(row[1]).decode(row[2])
    except msgspec.MsgspecError as problem:
        raise Unreadable(row[1], f"its bytes do not fit ({type(problem).__name__})", row[0]) from problem


@cache
def _decoder(topic: str) -> msgspec.json.Decoder[Event]:
    return decoder_of(EVENT_KINDS[topic])
