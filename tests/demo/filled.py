"""A database of its own with the demonstration in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from history.store import History
from service.demo.filling import fill
from tests.support.postgres import PREPARED, TestPostgres

SHOWN_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""A Sunday noon."""
MASTER_KEY = bytes(range(32))


@contextmanager
def filled(server: TestPostgres) -> Iterator[str]:
    """Its DSN."""
    with server.database(PREPARED) as dsn:
        history = History(dsn, master_key=MASTER_KEY, pool_size=2)
        fill(history, SHOWN_AT)
        history.close()
        yield dsn
