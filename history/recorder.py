"""Writes events in one order without gaps, and knows its own when the answer to a write was lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Connection
from psycopg.rows import tuple_row

from history.appending import Append, KeyDestroyed, ReadChanged, VersionTaken
from history.patience import Unavailable, patiently, rows
from history.receipts import SETTLE, AlreadyDone, KeyReused, Receipt, find_receipt
from history.together import Asked, Refused, Together
from history.writing import Writing

STORED = """
    SELECT e.notification_id, e.topic, e.state
    FROM unnest(%b::uuid[], %b::bigint[]) WITH ORDINALITY AS mine (id, version, nth)
    JOIN history.events e ON e.originator_id = mine.id AND e.originator_version = mine.version
    ORDER BY mine.nth
"""

OF_RECORD = """
    SELECT originator_id, originator_version, topic, state FROM history.events
    WHERE originator_id = %(id)s AND originator_version > %(gt)s AND originator_version <= %(lte)s
    ORDER BY originator_version LIMIT %(limit)s
"""
OF_RECORD_BACKWARDS = OF_RECORD.replace("ORDER BY originator_version", "ORDER BY originator_version DESC")
LAST = 2**63 - 1


class HistoryRecorder(PostgresApplicationRecorder):
    """The library's recorder over `history.events`, with a table, a lock and notices of our own."""

    def __init__(self, datastore: Any, *, events_table_name: str = "events") -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self.channel_name = "history_events"
        self._together = Together(Writing(datastore))

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """The library's way in: the positions of the events. See `append` for what is raised."""
        if kwargs.pop("tracking", None) is not None:
            raise TypeError("the history keeps no tracking: a follower says what it did with a receipt")
        return list(self.append(Append(stored_events, **kwargs))) if stored_events else None

    def select_events(
        self,
        originator_id: Any,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The library's way to one record's events. Raises Unavailable."""
        wanted = {
            "id": originator_id,
            "gt": -1 if gt is None else gt,
            "lte": LAST if lte is None else lte,
            "limit": limit,
        }
        found = rows(self.datastore, OF_RECORD_BACKWARDS if desc else OF_RECORD, wanted)
        return [StoredEvent(*row) for row in found]

    def append(self, asked: Append) -> range:
        """Write everything that is asked, or nothing. The positions that it returns are on disk.

        Raises VersionTaken, ReadChanged, KeyDestroyed, AlreadyDone, KeyReused, and Unavailable.
        """
        one = Asked(asked, self.datastore.pool.timeout)
        self._together(one)
        outcome = one.outcome
        if isinstance(outcome, range):
            return outcome
        if one.uncertain and not isinstance(outcome, Unavailable):
            # What is in our way may be our own first attempt, whose answer was lost.
            mine = patiently(self.datastore, lambda connection: _own(connection, asked))
            if mine is not None:
                return mine
        raise self._told(asked, outcome)

    def _told(self, asked: Append, outcome: Refused | Exception | None) -> Exception:
        """The words for an outcome that is none of the good ones."""
        match outcome:
            case Exception():
                return outcome
            case Refused("read", nth, version):
                return ReadChanged(list(asked.reads or ())[nth], version)
            case Refused("key", _, id):
                return KeyDestroyed(f"key {id} was destroyed")
            case Refused("receipt") if asked.receipt:
                return self._repeated(asked.receipt)
            case Refused("version", nth, version):
                return VersionTaken(f"record {asked.events[nth].originator_id} has a version {version}")
        return Unavailable("it waited too long for its turn, or its writer was interrupted")

    def _repeated(self, asked: Receipt) -> AlreadyDone | KeyReused:
        before = (
            patiently(self.datastore, lambda connection: find_receipt(connection, asked.actor, asked.key))
            or asked
        )
        same = (before.command, before.body_sha256) == (asked.command, asked.body_sha256)
        return AlreadyDone(before) if same else KeyReused(before)


def _own(connection: Connection[Any], asked: Append) -> range | None:
    """The positions of these events, if it is they that are stored."""
    with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
        rows = cursor.execute(STORED, asked.places()).fetchall()
    # Each says who decided it and when, with a correlation id, so equal bytes can only be ours.
    if not rows or [row[1:] for row in rows] != [(event.topic, event.state) for event in asked.events]:
        return None
    connection.execute(SETTLE)
    return range(rows[0][0], rows[-1][0] + 1)
