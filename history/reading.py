"""The questions that are asked of the stored events, and how they are asked again when a connection is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, LiteralString
from uuid import UUID

from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.rows import tuple_row

from history.patience import patiently

Ask = Callable[[LiteralString, Mapping[str, Any]], list[Any]]

STREAMS: LiteralString = """
    SELECT notification_id, topic, state FROM history.events
    WHERE originator_id = ANY(%(ids)s) AND notification_id <= coalesce(%(as_at)s::bigint, 9223372036854775807)
    ORDER BY originator_id, originator_version
"""
PAGE: LiteralString = """
    SELECT notification_id, topic, state FROM history.events
    WHERE notification_id > %(after)s ORDER BY notification_id LIMIT %(limit)s
"""
PAGE_OF_TOPICS: LiteralString = """
    SELECT notification_id, topic, state FROM history.events
    WHERE notification_id > %(after)s AND topic = ANY(%(topics)s) ORDER BY notification_id LIMIT %(limit)s
"""
BY_POSITION: LiteralString = """
    SELECT notification_id, topic, state FROM history.events
    WHERE notification_id > %(after)s AND notification_id <= %(head)s ORDER BY notification_id LIMIT %(limit)s
"""
BY_RECORD: LiteralString = """
    SELECT notification_id, topic, state, originator_id, originator_version FROM history.events
    WHERE (originator_id, originator_version) > (%(id)s, %(version)s) AND notification_id <= %(head)s
    ORDER BY originator_id, originator_version LIMIT %(limit)s
"""
HEAD: LiteralString = "SELECT coalesce(max(notification_id), 0) FROM history.events"
BEGUN_BY: LiteralString = """
    SELECT originator_id FROM history.events WHERE originator_version = 1 AND topic = %(topic)s ORDER BY notification_id
"""
VERSIONS: LiteralString = """
    SELECT id, (SELECT coalesce(max(originator_version), 0) FROM history.events WHERE originator_id = id)
    FROM unnest(%(ids)s::uuid[]) AS asked (id)
"""


def rows(datastore: PostgresDatastore, statement: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
    """The rows that answer a question. Raises Unavailable."""

    def attempt(connection: Connection[Any]) -> list[Any]:
        # Binary, so that stored bytes arrive as they are and not as hexadecimal digits.
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            return cursor.execute(statement, parameters, prepare=True).fetchall()

    return patiently(datastore, attempt)


def by_position(ask: Ask, head: int, limit: int) -> Iterator[list[Any]]:
    """All events up to a position, in pages. Each page is a query of its own: a cursor would hold one transaction open for hours,
    keep the database from cleaning up, and end with its connection; and what is read never changes."""
    after = 0
    while found := ask(BY_POSITION, {"after": after, "head": head, "limit": limit}):
        yield found
        after = found[-1][0]


def by_record(ask: Ask, head: int, limit: int) -> Iterator[list[Any]]:
    """The same events, record after record."""
    id, version = UUID(int=0), -1
    while found := ask(BY_RECORD, {"id": id, "version": version, "head": head, "limit": limit}):
        yield [row[:3] for row in found]
        id, version = found[-1][3:]
