"""The demonstration, filled into a service once for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from history.store import History
from tests.demo.filled import MASTER_KEY, filled
from tests.support.postgres import TestPostgres


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """The history of a service in which nothing happened yet."""
    history = History(database_url, master_key=MASTER_KEY, pool_size=2)
    yield history
    history.close()


@pytest.fixture(scope="module")
def filled_database(prepared_postgres: TestPostgres) -> Iterator[str]:
    """The DSN of a service that was filled."""
    with filled(prepared_postgres) as dsn:
        yield dsn


@pytest.fixture(scope="module")
def inventshire(filled_database: str) -> Iterator[History]:
    """Its history."""
    history = History(filled_database, master_key=MASTER_KEY, pool_size=2)
    yield history
    history.close()
