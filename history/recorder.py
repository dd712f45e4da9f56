"""Writes events in one order without gaps, and knows its own when the answer to a write was lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Connection
from psycopg.rows import tuple_row

from history.appending import Append, KeyDestroyed, ReadChanged
from history.patience import patiently, rows
from history.receipts import SETTLE, AlreadyDone, KeyReused, Receipt, find_receipt

APPEND = """
    CALL history.append(
        %b::uuid[], %b::bigint[], %b::text[], %b::bytea[], %b::uuid[], %b::bigint[], %b::bigint[],
        %b::text, %b::text, %b::text, %b::bytea, %b::uuid, %b::bigint, %b::jsonb,
        NULL, NULL, NULL, NULL
    )
"""
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

        Raises IntegrityError when a version is taken, ReadChanged, KeyDestroyed, AlreadyDone, KeyReused,
        and Unavailable.
        """
        parameters = asked.parameters()
        attempts = 0

        def attempt(connection: Connection[Any]) -> range:
            # From the second attempt on, what is in our way may be our own first one, whose answer was lost.
            nonlocal attempts
            attempts += 1
            try:
                return self._call(connection, asked, parameters)
            except (psycopg.IntegrityError, IntegrityError, AlreadyDone):
                mine = _own(connection, asked) if attempts > 1 else None
                if mine is None:
                    raise
                return mine

        return patiently(self.datastore, attempt)

    def _call(self, connection: Connection[Any], asked: Append, parameters: tuple[Any, ...]) -> range:
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            [(last, refusal, record_id, version)] = cursor.execute(
                APPEND, parameters, prepare=True
            ).fetchall()
        if refusal == "read":
            raise ReadChanged(record_id, version)
        if refusal == "key":
            raise KeyDestroyed(f"key {version} was destroyed")
        if refusal == "receipt" and asked.receipt:
            raise _repeated(connection, asked.receipt)
        return range(last - len(asked.events) + 1, last + 1)


def _repeated(connection: Connection[Any], asked: Receipt) -> AlreadyDone | KeyReused:
    before = find_receipt(connection, asked.actor, asked.key) or asked
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
