"""What to do when the database is away for a moment: try again, with new connections, until patience ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from eventsourcing.persistence import InterfaceError, OperationalError
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds until a caller is told that the database is away."""


class Unavailable(OperationalError):
    """The database cannot be reached now. A write may have been stored; its receipt tells, later."""


def patiently(
    datastore: PostgresDatastore, attempt: Callable[[Connection[Any]], T], patience: float = PATIENCE
) -> T:
    """Do something on a connection, and again on another when that was lost. Raises Unavailable."""
    end = time.monotonic() + patience
    pause = 0.02
    while True:
        try:
            with datastore.get_connection() as connection:
                return attempt(connection)
        except (InterfaceError, OperationalError) as problem:
            if time.monotonic() + pause > end:
                raise Unavailable(str(problem)) from problem
        time.sleep(pause)
        pause = min(2 * pause, 0.5)
        # After a restart every idle connection is dead: throw them all out now, not one with each attempt.
        datastore.pool.check()
