"""A history of its own for each test."""

from collections.abc import Iterator

import psycopg
import pytest

from history.setup import set_up
from history.store import History
from tests.history.cutting import Cutting
from tests.support.postgres import as_owner

MASTER_KEY = bytes(range(32))


@pytest.fixture
def dsn(database_url: str) -> str:
    """The DSN of a database with a history in which nothing happened yet."""
    set_up(database_url)
    return database_url


@pytest.fixture
def history(dsn: str) -> Iterator[History]:
    """The history in it."""
    history = History(dsn, master_key=MASTER_KEY)
    yield history
    history.close()


@pytest.fixture
def elsewhere(dsn: str) -> Iterator[History]:
    """The same history, as another process has it."""
    history = History(dsn, master_key=MASTER_KEY)
    yield history
    history.close()


@pytest.fixture
def database(dsn: str) -> Iterator[psycopg.Connection]:
    """A plain connection of the owner, for a look behind the history."""
    with psycopg.connect(as_owner(dsn), autocommit=True) as connection:
        yield connection


@pytest.fixture
def line(dsn: str) -> Iterator[Cutting]:
    """A line to the database that can be cut."""
    with Cutting(dsn) as line:
        yield line


@pytest.fixture
def far_history(line: Cutting) -> Iterator[History]:
    """The history at the other end of that line."""
    history = History(line.dsn, master_key=MASTER_KEY, pool_size=2, patience=1.0)
    yield history
    history.close()
