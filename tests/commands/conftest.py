"""A terminal at a service: an empty one, or one that was filled with the demonstration."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.commands.terminal import Terminal
from tests.demo.filled import MASTER_KEY, SHOWN_AT, filled
from tests.support.postgres import TestPostgres


@pytest.fixture(scope="session")
def filled_database(prepared_postgres: TestPostgres) -> Iterator[str]:
    """The DSN of a service that was filled. Tests that write need one of their own."""
    with filled(prepared_postgres) as dsn:
        yield dsn


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal without a service."""
    return Terminal(capsys, monkeypatch)


def _at(dsn: str, terminal: Terminal, data: Path, private: bool) -> Terminal:
    terminal.monkeypatch.setenv("PLACEMENTS_DATABASE_URL", dsn)
    terminal.monkeypatch.setenv("PLACEMENTS_MASTER_KEY", base64.b64encode(MASTER_KEY).decode())
    terminal.monkeypatch.setenv("PLACEMENTS_PRIVATE_DATABASE", str(private))
    terminal.monkeypatch.setenv("PLACEMENTS_DATA", str(data))
    return terminal


@pytest.fixture
def inventshire(filled_database: str, terminal: Terminal, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal at the demonstration, on the day on which it is shown."""
    with time_machine.travel(SHOWN_AT, tick=True):
        yield _at(filled_database, terminal, tmp_path, private=True)


@pytest.fixture
def empty(database_url: str, terminal: Terminal, tmp_path: Path) -> Terminal:
    """A terminal at a service in which nothing happened yet."""
    return _at(database_url, terminal, tmp_path, private=True)


@pytest.fixture
def elsewhere(filled_database: str, terminal: Terminal, tmp_path: Path) -> Terminal:
    """A terminal at the same records in a database that is not this computer's own."""
    return _at(filled_database, terminal, tmp_path, private=False)
