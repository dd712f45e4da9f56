"""The demonstration, filled into a service once for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from history.store import History
from service.demo.filling import fill
from tests.support.postgres import PREPARED, TestPostgres

SHOWN_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""A Sunday noon."""


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """The history of a service in which nothing happened yet."""
    history = History(database_url, master_key=bytes(range(32)), pool_size=2)
    yield history
    history.close()


@pytest.fixture(scope="module")
def filled_database(prepared_postgres: TestPostgres) -> Iterator[str]:
    """The DSN of a service that was filled."""
    with prepared_postgres.database(PREPARED) as dsn:
        history = History(dsn, master_key=bytes(range(32)), pool_size=2)
        fill(history, SHOWN_AT)
        history.close()
        yield dsn


@pytest.fixture(scope="module")
def inventshire(filled_database: str) -> Iterator[History]:
    """Its history."""
    history = History(filled_database, master_key=bytes(range(32)), pool_size=2)
    yield history
    history.close()
