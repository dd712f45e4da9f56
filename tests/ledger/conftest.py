"""A history with a ledger of its own for each test."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from history.ledger.notes import Signer
from history.ledger.sealer import Sealer
from history.ledger.verifying import Verdict, verify
from history.store import History
from tests.history.diary import numbered
from tests.support.postgres import as_owner

MASTER_KEY = bytes(range(32))
SIGNER = Signer("council.example/placements", bytes(range(32, 64)))
TRUSTED = [SIGNER.public]


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """A history in which nothing happened yet."""
    history = History(database_url, master_key=MASTER_KEY)
    yield history
    history.close()


@pytest.fixture
def database(database_url: str) -> Iterator[psycopg.Connection]:
    """A plain connection of the owner of everything."""
    with psycopg.connect(as_owner(database_url), autocommit=True) as connection:
        yield connection


@pytest.fixture
def tampering(database: psycopg.Connection) -> psycopg.Connection:
    """The same, once the owner has switched off what keeps the history permanent."""
    for table in (
        "events",
        "ledger_tiles",
        "ledger_checkpoints",
        "ledger_index",
        "ledger_index_tops",
        "witnessed",
    ):
        database.execute(f"ALTER TABLE history.{table} DISABLE TRIGGER USER".encode())
    return database


@pytest.fixture
def sealer(history: History, database_url: str) -> Iterator[Sealer]:
    """Seals whenever it is told to."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield Sealer(connection, history, SIGNER)


@pytest.fixture
def sealed(history: History, sealer: Sealer) -> Callable[[int], None]:
    """Adds events, and seals them with one checkpoint."""

    def add(events: int) -> None:
        history.save(numbered(*range(events)))
        while sealer.step():
            pass

    return add


@pytest.fixture
def verdict(history: History) -> Callable[[], Verdict]:
    """What is found now."""
    return lambda: verify(history, TRUSTED)
