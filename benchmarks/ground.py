"""A PostgreSQL of our own on which a commit is on disk when it returns, with an empty service in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from history.setup import set_up as set_up_history
from history.store import History
from projections.setup import set_up as set_up_read_models
from service.private_postgres import PrivatePostgres

MASTER_KEY = bytes(range(32))


@contextmanager
def durable_database() -> Iterator[str]:
    """Its DSN. It is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="placements-bench-") as home:
        server = PrivatePostgres(Path(home) / "postgres")
        with server.running() as dsn:
            set_up_history(dsn)
            set_up_read_models(dsn)
            yield dsn


@contextmanager
def history_in(dsn: str, pool_size: int = 20) -> Iterator[History]:
    """The history in a database."""
    history = History(dsn, master_key=MASTER_KEY, pool_size=pool_size)
    try:
        yield history
    finally:
        history.close()
