"""A history whose keys are not those of the stored examples."""

from collections.abc import Iterator

import pytest

from history.store import History
from tests.support.postgres import PREPARED, TestPostgres

MASTER_KEY = bytes(reversed(range(32)))


@pytest.fixture(scope="module")
def history(prepared_postgres: TestPostgres) -> Iterator[History]:
    """A new history: it has no key yet, so every sealed word of another one reads as erased."""
    with prepared_postgres.database(PREPARED) as dsn:
        history = History(dsn, master_key=MASTER_KEY)
        yield history
        history.close()
