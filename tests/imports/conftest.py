"""A service into which files are taken, and files written for the occasion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from history.store import History
from tests.imports.desk import Desk


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """The history of a service in which nothing happened yet."""
    history = History(database_url, master_key=bytes(range(32)), pool_size=2)
    yield history
    history.close()


@pytest.fixture
def desk(history: History, tmp_path: Path) -> Desk:
    """Somebody who takes files in."""
    return Desk(history, tmp_path)
