"""What to do when the database is away for a moment: try again, with new connections, until patience ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, LiteralString, TypeVar

from eventsourcing.persistence import InterfaceError, OperationalError
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.rows import tuple_row

T = TypeVar("T")
FAREWELL = 0.5
"""Seconds that connections get to end in peace: what is just connecting to a database that is away would take longer."""


class Unavailable(OperationalError):
    """The database cannot be reached now. A write may have been stored; its receipt tells, later."""


def patiently(
    datastore: PostgresDatastore, attempt: Callable[[Connection[Any]], T], until: float | None = None
) -> T:
    """Do something on a connection, and again on another when that was lost. Raises Unavailable."""
    # As long as anyone waits for a connection; so nobody waits for more than twice that.
    end = time.monotonic() + datastore.pool.timeout if until is None else until
    pause = 0.02
    while True:
        try:
            with datastore.get_connection() as connection:
                return attempt(connection)
        except (InterfaceError, OperationalError) as problem:
            if datastore.pool.closed or time.monotonic() + pause > end:
                raise Unavailable(str(problem)) from problem
        time.sleep(pause)
        pause = min(2 * pause, 0.5)
        # After a restart every idle connection is dead: throw them all out now, not one with each attempt.
        datastore.pool.check()


def rows(datastore: PostgresDatastore, statement: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
    """The rows that answer a question. Raises Unavailable."""

    def attempt(connection: Connection[Any]) -> list[Any]:
        # Binary, so that stored bytes arrive as they are and not as hexadecimal digits.
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            return cursor.execute(statement, parameters, prepare=True).fetchall()

    return patiently(datastore, attempt)
