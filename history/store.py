"""The face of the history: records are got from it and saved to it, and followers read it page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError
from eventsourcing.persistence import IntegrityError

from domain.events import Event
from domain.reasons import ChangedMeanwhile, NotFound
from domain.record import Record
from history import reading
from history.application import Records
from history.connecting import check_ready, environment
from history.encoding import Unreadable
from history.patience import patiently
from history.receipts import Receipt
from history.recorder import SETTLE, Append, ReadChanged, find_receipt

R = TypeVar("R", bound=Record)
POOL_SIZE = 16
PAGE_OF_SCAN = 2_000


class Stored(NamedTuple):
    """An event with its place in the history."""

    position: int
    event: Event
    topic: str
    raw: bytes
    """The bytes as they are stored, with personal words sealed."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How far the history reaches with what was saved, and where that begins; `first` is the next position if nothing was."""

    position: int
    first: int


class History:
    """The permanent record in one database. Many threads may share it."""

    def __init__(self, dsn: str, *, master_key: bytes, pool_size: int = POOL_SIZE) -> None:
        """Raises NotReady when the database cannot be reached or was not set up, and WrongMasterKey."""
        check_ready(dsn)
        self._records = Records(environment(dsn, pool_size), master_key)
        self.keys = self._records.keys
        self.keys.check()

    # --- records ------------------------------------------------------------------------------------------------------

    def get(self, kind: type[R], id: UUID, *, as_at: int | None = None) -> R:
        """The record, as it is or as it was when the history had reached a position. Raises NotFound."""
        record = self.find(kind, id, as_at=as_at)
        if record is None:
            raise NotFound(kind.__name__.lower())
        return record

    def find(self, kind: type[R], id: UUID, *, as_at: int | None = None) -> R | None:
        """The record, or none when there is no such record of that kind."""
        if as_at is not None:
            return self.get_many({id: kind}, as_at=as_at).get(id)  # type: ignore[return-value]
        try:
            return self._records.repository.get(id, projector_func=_told_as(kind))  # type: ignore[type-var]
        except AggregateNotFoundError:
            return None

    def get_many(self, kinds: Mapping[UUID, type[Record]], *, as_at: int | None = None) -> dict[UUID, Record]:
        """Those of the records that there are, in one query."""
        rows = self._read(reading.STREAMS, {"ids": list(kinds), "as_at": as_at})
        events = self._records.mapper.read((topic, state) for _, topic, state in rows)
        streams: dict[UUID, list[Event]] = {}
        for event in events:
            streams.setdefault(event.originator_id, []).append(event)
        told = {id: _told_as(kinds[id])(None, stream) for id, stream in streams.items()}
        return {id: record for id, record in told.items() if record is not None}

    def save(self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None) -> Saved:
        """Write down what the records remember, all of it or nothing; it is on disk when this returns.

        `read` names the records that the decision rests on and that it does not change, with the versions that were seen; 0 stands
        for a record that was not there. The receipt is stored with the events.

        Raises ChangedMeanwhile when one of the records was changed, AlreadyDone or KeyReused when there is a receipt with the key,
        and Unavailable when the database is away; then it may have been saved, and the receipt tells.
        """
        seen = {record.id: record.version - len(record.pending) for record in records}
        reads = {id: version for id, version in (read or {}).items() if id not in seen}
        try:
            if not any(record.pending for record in records):
                positions = self._records.recorder.append(Append((), reads, receipt))
                return Saved(positions.stop - 1, positions.stop)
            recordings = self._records.save(*records, reads=reads, receipt=receipt)  # type: ignore[arg-type]
            return Saved(recordings[-1].notification.id, recordings[0].notification.id)
        except ReadChanged as changed:
            raise ChangedMeanwhile(changed.version) from changed
        except IntegrityError as conflict:
            raise ChangedMeanwhile(self._version_now(seen)) from conflict

    def receipt(self, actor: str, key: str) -> Receipt | None:
        """The receipt of a command that was carried out, if it was."""
        return patiently(self._records.recorder.datastore, lambda connection: find_receipt(connection, actor, key))

    # --- events -------------------------------------------------------------------------------------------------------

    def page(self, after: int, limit: int, topics: Sequence[str] = ()) -> list[Stored]:
        """The next events after a position, in order. With topics, an empty page says nothing about how far the history reaches.

        The page ends before an event that cannot be read. Raises Unreadable, with its position, when that is the first.
        An event may be seen a moment before it is on disk: call `settle` before its news leave the database.
        """
        rows = self._read(
            reading.PAGE_OF_TOPICS if topics else reading.PAGE, {"after": after, "limit": limit, "topics": list(topics)}
        )
        return self._stored(rows)

    def stream(self, id: UUID) -> list[Stored]:
        """All events of one record."""
        return self._stored(self._read(reading.STREAMS, {"ids": [id], "as_at": None}))

    def scan(self, *, by_record: bool = False, page: int = PAGE_OF_SCAN) -> Iterator[Stored]:
        """Every event there is now, by position or record after record. Raises Unreadable at an event that cannot be read."""
        rows_of = reading.by_record if by_record else reading.by_position
        for rows in rows_of(self._read, self.head(), page):
            found = self._stored(rows)
            yield from found
            if len(found) < len(rows):
                self._stored(rows[len(found) :])

    def head(self) -> int:
        """The position of the last event; 0 before the first."""
        position: int = self._read(reading.HEAD, {})[0][0]
        return position

    def ids_of(self, topic: str) -> list[UUID]:
        """The records whose first event is of this kind, oldest first."""
        return [id for (id,) in self._read(reading.BEGUN_BY, {"topic": topic})]

    def settle(self) -> None:
        """Wait until everything that can be seen now is on disk."""
        patiently(self._records.recorder.datastore, lambda connection: connection.execute(SETTLE))

    def close(self) -> None:
        """Let go of all connections."""
        self._records.close()

    def _read(self, statement: str, parameters: Mapping[str, Any]) -> list[Any]:
        return reading.rows(self._records.recorder.datastore, statement, parameters)

    def _stored(self, rows: Sequence[tuple[int, str, bytes]]) -> list[Stored]:
        read = self._records.mapper.read
        try:
            events: Iterable[Event] = read((topic, state) for _, topic, state in rows)
        except Unreadable:
            events = self._until_unreadable(rows)
        return [Stored(row[0], event, row[1], row[2]) for row, event in zip(rows, events, strict=False)]

    def _until_unreadable(self, rows: Sequence[tuple[int, str, bytes]]) -> list[Event]:
        events: list[Event] = []
        for position, topic, state in rows:
            try:
                events += self._records.mapper.read([(topic, state)])
            except Unreadable as problem:
                if events:
                    break
                raise Unreadable(problem.topic, problem.why, position) from problem
        return events

    def _version_now(self, seen: Mapping[UUID, int]) -> int | None:
        now = dict(self._read(reading.VERSIONS, {"ids": list(seen)}))
        return next((version for id, version in now.items() if version != seen[id]), None)


def _told_as(kind: type[R]) -> Callable[[Any, Iterable[Any]], R | None]:
    """Replay for one kind of record: events of another kind tell nothing."""

    def told(_: Any, events: Iterable[Any]) -> R | None:
        events = list(events)
        return kind.replay(events) if events and type(events[0]) in kind.folds else None

    return told
