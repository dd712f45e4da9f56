"""Reads stored events back: page by page in the one order, or all of one record, with their words opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from eventsourcing.postgres import PostgresDatastore

from domain.events import Event
from history.encoding import StructMapper, Unreadable
from history.patience import patiently, rows
from history.receipts import SETTLE

PAGE_OF_SCAN = 2_000
# A condition on the position is written as `notification_id + 0` where the rows come by another index: else
# the database may well run through all positions up to there to find the few rows of a record.
FROM_EVENTS: LiteralString = (
    "SELECT notification_id, topic, state, originator_id, originator_version FROM history.events WHERE "
)
STREAM: LiteralString = (
    "SELECT topic, state FROM history.events WHERE originator_id = %(id)s ORDER BY originator_version"
)
STREAMS = FROM_EVENTS + "originator_id = ANY(%(ids)s) ORDER BY originator_id, originator_version"
STREAMS_AS_AT = FROM_EVENTS + (
    "originator_id = ANY(%(ids)s) AND notification_id + 0 <= %(as_at)s"
    " ORDER BY originator_id, originator_version"
)
STREAMS_FROM_HERE: LiteralString = """
    SELECT e.notification_id, e.topic, e.state, e.originator_id, e.originator_version
    FROM unnest(%(ids)s::uuid[], %(versions)s::bigint[]) AS known (id, version)
    JOIN history.events e ON e.originator_id = known.id AND e.originator_version > known.version
    ORDER BY e.originator_id, e.originator_version
"""
STREAMS_FROM_HERE_AS_AT: LiteralString = STREAMS_FROM_HERE.replace(
    "ORDER BY", "WHERE e.notification_id + 0 <= %(as_at)s ORDER BY"
)
PAGE = FROM_EVENTS + "notification_id > %(after)s ORDER BY notification_id LIMIT %(limit)s"
PAGE_OF_TOPICS = FROM_EVENTS + (
    "notification_id > %(after)s AND topic = ANY(%(topics)s) ORDER BY notification_id LIMIT %(limit)s"
)
BY_POSITION = FROM_EVENTS + (
    "notification_id > %(after)s AND notification_id <= %(head)s ORDER BY notification_id LIMIT %(limit)s"
)
BY_RECORD = FROM_EVENTS + (
    "(originator_id, originator_version) > (%(id)s, %(version)s) AND notification_id + 0 <= %(head)s"
    " ORDER BY originator_id, originator_version LIMIT %(limit)s"
)
HEAD = "SELECT coalesce(max(notification_id), 0) FROM history.events"
BEGUN_BY = """
    SELECT originator_id FROM history.events
    WHERE originator_version = 1 AND topic = %(topic)s ORDER BY notification_id
"""


class Stored(NamedTuple):
    """An event with its place in the history."""

    position: int
    event: Event
    topic: str
    raw: bytes
    """The bytes as they are stored, with personal words sealed."""


class Reading:
    """What can be asked of the stored events. Every question raises Unavailable when the database is away."""

    datastore: PostgresDatastore
    mapper: StructMapper

    def page(self, after: int, limit: int, topics: Sequence[str] = ()) -> list[Stored]:
        """The next events after a position, in order; with topics, only those, however far ahead they are.

        The page ends before an event that cannot be read; raises Unreadable, with its position, if that is
        the first. An event may be seen a moment before it is on disk: `settle` before its news leave the
        database.
        """
        wanted = {"after": after, "limit": limit, "topics": list(topics)}
        return self.stored(self.rows(PAGE_OF_TOPICS if topics else PAGE, wanted))

    def stream(self, id: UUID) -> list[Stored]:
        """All events of one record."""
        return self.stored(self.rows(STREAMS, {"ids": [id]}))

    def scan(self, *, by_record: bool = False, page: int = PAGE_OF_SCAN) -> Iterator[Stored]:
        """Every event there is now, by position or record after record. Raises Unreadable."""
        # A query for each page, because what is read never changes. A cursor would hold one transaction open
        # for as long as it takes, keep the database from cleaning up, and end with its connection.
        at = {"head": self.head(), "limit": page, "after": 0, "id": UUID(int=0), "version": -1}
        while some := self.rows(BY_RECORD if by_record else BY_POSITION, at):
            found = self.stored(some)
            yield from found
            self.stored(some[len(found) :])
            at |= {"after": some[-1][0], "id": some[-1][3], "version": some[-1][4]}

    def head(self) -> int:
        """The position of the last event; 0 before the first."""
        position: int = self.rows(HEAD, {})[0][0]
        return position

    def ids_of(self, topic: str) -> list[UUID]:
        """The records whose first event is of this kind, oldest first."""
        return [id for (id,) in self.rows(BEGUN_BY, {"topic": topic})]

    def settle(self) -> None:
        """Wait until everything that can be seen now is on disk."""
        patiently(self.datastore, lambda connection: connection.execute(SETTLE))

    def rows(self, statement: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        """The rows that answer a question."""
        return rows(self.datastore, statement, parameters)

    def stored(self, rows: Sequence[Any]) -> list[Stored]:
        """The events of rows with position, topic, state, record and version, up to one that cannot be read.

        Raises Unreadable if that is the first.
        """
        try:
            events: Iterable[Event] = self.mapper.read((row[1], row[2]) for row in rows)
        except Unreadable:
            events = self._until_unreadable(rows)
        return [Stored(row[0], event, row[1], row[2]) for row, event in zip(rows, events, strict=False)]

    def _until_unreadable(self, rows: Sequence[Any]) -> list[Event]:
        events: list[Event] = []
        for row in rows:
            try:
                events += self.mapper.read([(row[1], row[2])])
            except Unreadable as problem:
                if events:
                    break
                raise Unreadable(problem.topic, problem.why, row[0]) from problem
        return events
