"""A small sealed history, which somebody with every right and the ledger's key may rewrite."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
import uvicorn
from starlette.types import ASGIApp

from history.ledger.stored import Checkpoint, Stored
from history.store import History
from tests.history.diary import numbered
from tests.soundness.conftest import SIGNER
from tests.support.postgres import as_owner
from tests.support.running_service import wait_until
from tests.support.sealing import seal

LEDGER = ("ledger_index", "ledger_index_tops", "ledger_tiles", "ledger_checkpoints", "register", "witnessed")


class Insider:
    """Adds events; and rewrites the past, with the database and the key."""

    def __init__(self, dsn: str, history: History) -> None:
        self.dsn, self.history = dsn, history

    def go_on(self, events: int = 5) -> Checkpoint:
        """More events, sealed; the newest checkpoint."""
        self.history.save(numbered(*range(events)))
        return self.seal()

    def seal(self) -> Checkpoint:
        """Seal what is there."""
        seal(self.dsn, self.history, SIGNER)
        newest = Stored(self.history).newest()
        assert newest
        return newest

    def rewrite(self, *statements: str) -> Checkpoint:
        """Change the past, and make a ledger for it that is right in itself."""
        with psycopg.connect(as_owner(self.dsn), autocommit=True) as owner:
            for table in ("events", *LEDGER):
                owner.execute(f"ALTER TABLE history.{table} DISABLE TRIGGER USER".encode())
            for statement in statements:
                owner.execute(statement.encode())
            owner.execute(f"TRUNCATE {', '.join(f'history.{table}' for table in LEDGER)}".encode())
            for table in ("events", *LEDGER):
                names = f"ALTER TABLE history.{table} ENABLE ALWAYS TRIGGER {table}_{'is' if table in IS else 'are'}_permanent"
                owner.execute(names.encode())
        return self.seal()


IS = ("ledger_index", "register", "witnessed")


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """The history."""
    history = History(database_url, master_key=bytes(range(32)), pool_size=4)
    yield history
    history.close()


@pytest.fixture
def insider(database_url: str, history: History) -> Insider:
    """Who could rewrite it; 20 events are sealed."""
    insider = Insider(database_url, history)
    insider.go_on(20)
    return insider


@pytest.fixture
def served() -> Callable[[ASGIApp], object]:
    """Serves a web application for a while; gives its address."""

    @contextmanager
    def serve(app: ASGIApp) -> Iterator[str]:
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        assert wait_until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()

    return serve
