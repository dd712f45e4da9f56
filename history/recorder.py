"""Writes events, all or none, in one order without gaps; and reads the rows back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Connection
from psycopg.rows import tuple_row
from psycopg.types.json import Jsonb

from history.patience import patiently
from history.receipts import AlreadyDone, KeyReused, Receipt

CALL = """
    CALL history.append(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[], %b::uuid[], %b::bigint[], %b::bigint[],
        %b::text, %b::text, %b::text, %b::bytea, %b::uuid, %b::bigint, %b::jsonb, NULL, NULL, NULL, NULL)
"""
STORED = """
    SELECT e.notification_id, e.topic, e.state
    FROM unnest(%b::uuid[], %b::bigint[]) WITH ORDINALITY AS mine (id, version, nth)
    JOIN history.events e ON e.originator_id = mine.id AND e.originator_version = mine.version
    ORDER BY mine.nth
"""
RECEIPT = """
    SELECT actor, key, command, body_sha256, record_id, record_version, answer, position
    FROM history.receipts WHERE actor = %s AND key = %s
"""
SETTLE = "SELECT history.settle()"
NO_RECEIPT = (None,) * 7


class ReadChanged(IntegrityError):
    """A record that the decision rests on was changed after it was read."""

    def __init__(self, record_id: UUID, version: int) -> None:
        self.record_id, self.version = record_id, version
        super().__init__(f"record {record_id} is at version {version} now")


class KeyDestroyed(IntegrityError):
    """A key was destroyed after words were sealed with it: seal them again, under a new one."""


@dataclass(frozen=True, slots=True)
class Append:
    """What one save asks for: these events, if these records are still at these versions, with this receipt."""

    events: Sequence[StoredEvent]
    reads: Mapping[UUID, int] | None = None
    receipt: Receipt | None = None
    sealed_with: Sequence[int] = ()

    def parameters(self) -> tuple[Any, ...]:
        """As the procedure takes them. Plain arrays are much cheaper to send than an array of rows."""
        events, reads, receipt = self.events, self.reads, self.receipt
        return (
            [event.originator_id for event in events],
            [event.originator_version for event in events],
            [event.topic for event in events],
            [event.state for event in events],
            list(reads.keys()) if reads else None,
            list(reads.values()) if reads else None,
            list(self.sealed_with) or None,
            *(NO_RECEIPT if receipt is None else _columns(receipt)),
        )


class HistoryRecorder(PostgresApplicationRecorder):
    """The library's recorder over `history.events`. Its table, lock and notices are ours, so it never creates anything."""

    def __init__(self, datastore: Any, *, events_table_name: str = "events") -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self.channel_name = "history_events"

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """The library's way in: the positions of the events. See `append` for what else may be asked, and what is raised."""
        if kwargs.pop("tracking", None) is not None:
            raise TypeError("the history keeps no tracking: a follower says what it did with a receipt")
        if not stored_events and not kwargs:
            return None
        return self.append(Append(stored_events, **kwargs))

    def append(self, asked: Append) -> range:
        """Write everything that is asked, or nothing. What it returns is on disk: the positions, empty when there are no events.

        Raises IntegrityError when a version is taken, ReadChanged, KeyDestroyed, AlreadyDone, KeyReused, and Unavailable.
        """
        parameters = asked.parameters()
        attempts = 0

        def attempt(connection: Connection[Any]) -> range:
            # From the second attempt on, what stands in our way may be our own first one, whose answer was lost.
            nonlocal attempts
            attempts += 1
            try:
                return self._call(connection, asked, parameters)
            except (psycopg.IntegrityError, IntegrityError, AlreadyDone):
                mine = self._own(connection, asked) if attempts > 1 else None
                if mine is None:
                    raise
                return mine

        return patiently(self.datastore, attempt)

    def _call(self, connection: Connection[Any], asked: Append, parameters: tuple[Any, ...]) -> range:
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            row = cursor.execute(CALL, parameters, prepare=True).fetchone()
        assert row is not None
        last, refusal, record_id, version = row
        if refusal == "read":
            raise ReadChanged(record_id, version)
        if refusal == "key":
            raise KeyDestroyed(f"key {version} was destroyed")
        if refusal == "receipt":
            assert asked.receipt is not None
            before = find_receipt(connection, asked.receipt.actor, asked.receipt.key)
            assert before is not None
            raise AlreadyDone(before) if before.body_sha256 == asked.receipt.body_sha256 else KeyReused(before)
        return range(last - len(asked.events) + 1, last + 1)

    def _own(self, connection: Connection[Any], asked: Append) -> range | None:
        """The positions of these events if they are stored, byte for byte. Every event says who decided it when, and every seal is
        random, so that equal bytes can only be ours."""
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            rows = cursor.execute(
                STORED,
                ([event.originator_id for event in asked.events], [event.originator_version for event in asked.events]),
            ).fetchall()
        if not rows or [row[1:] for row in rows] != [(event.topic, event.state) for event in asked.events]:
            return None
        connection.execute(SETTLE)
        return range(rows[0][0], rows[-1][0] + 1)


def find_receipt(connection: Connection[Any], actor: str, key: str) -> Receipt | None:
    """A receipt, when it is on disk: to show it is to acknowledge the command."""
    with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
        row = cursor.execute(RECEIPT, (actor, key), prepare=True).fetchone()
    if row is None:
        return None
    connection.execute(SETTLE)
    actor, key, command, body_sha256, record_id, record_version, answer, position = row
    return Receipt(
        actor=actor,
        key=key,
        command=command,
        body_sha256=body_sha256,
        record_id=record_id,
        record_version=record_version,
        answer=answer,
        position=position,
    )


def _columns(receipt: Receipt) -> tuple[Any, ...]:
    return (
        receipt.actor,
        receipt.key,
        receipt.command,
        receipt.body_sha256,
        receipt.record_id,
        receipt.record_version,
        Jsonb(receipt.answer),
    )
