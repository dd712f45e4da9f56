"""A database that stands still takes nothing down with it: it is told as away, and what stood in the middle goes on when it is back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from httpx2 import Response

from domain.placement import Placement
from domain.placement_life_events import ContactLogged
from history import silence
from history.silence import Listened
from tests.api.people import Service, furnish
from tests.pages.browser import ACCEPT, Browser, text_of
from tests.pages.conftest import running, until
from tests.support.frozen import frozen
from tests.support.postgres import PREPARED, TestPostgres
from tests.support.running_service import wait_until
from tests.support.walk import PLACEMENT

AT_MOST = 12.0
"""Seconds until all are told, on a machine with other work; 5 to 10 in peace."""
AT_ONCE = 30
"""More than there are connections."""


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[TestPostgres]:
    """A server of this test's own."""
    server = TestPostgres(tmp_path / "postgres")
    with server.running():
        server.make_template()
        yield server


@pytest.mark.long
def test_while_the_database_stands_still_everybody_is_told_and_then_all_goes_on(
    postgres: TestPostgres, tmp_path: Path
) -> None:
    with postgres.database(PREPARED) as dsn:
        furnish(dsn)
        # Who waits for ever must not keep the server from going on.
        with running(dsn, tmp_path) as service, ThreadPoolExecutor(AT_ONCE) as people:
            until(service, "start_placement")
            Browser(service.client).sign_in("officer@example")
            assert [ask(service, str(uuid4())).status_code for ask in ASKED] == [200] * len(ASKED)

            key = str(uuid4())
            with frozen(postgres.server):
                # The second time, too: whoever waited the first time has kept neither a thread nor a connection.
                for _ in range(2):
                    asked = [people.submit(ASKED[n % len(ASKED)], service, key) for n in range(AT_ONCE)]
                    deadline = time.monotonic() + AT_MOST
                    answers = [one.result(deadline - time.monotonic()) for one in asked]
                    assert [answer.status_code for answer in answers] == [503] * AT_ONCE
                    api, page, _, *_ = answers
                    assert api.json()["type"] == "/problems#unavailable"
                    assert int(api.headers["Retry-After"]) > 0
                    assert "The service cannot answer just now" in text_of(page.text)

            for ask in ASKED:
                assert wait_until(lambda ask=ask: ask(service, key).status_code == 200, AT_MOST)  # type: ignore[misc]
            events = service.desk.history.get(Placement, PLACEMENT).events
            # What nobody was told of may have been done when it was back; it was done once.
            assert len([event for event in events if isinstance(event, ContactLogged)]) == 2


def read(service: Service, _: str) -> Response:
    """A placement, by the API."""
    return service.get(f"/placements/{PLACEMENT}")


def read_page(service: Service, _: str) -> Response:
    """The same as a page."""
    return service.client.get(f"/placements/{PLACEMENT}", headers=ACCEPT)


def write(service: Service, key: str) -> Response:
    """A contact is put on record."""
    return service.do("log_contact", headers={"Idempotency-Key": key})


ASKED = (read, read_page, write)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked often whether the database is there."""
    monkeypatch.setattr(silence, "SILENT", 0.2)


@pytest.mark.usefixtures("impatient")
def test_a_long_answer_of_a_database_that_is_there_is_waited_for(database_url: str) -> None:
    with Listened[Any].connect(database_url, autocommit=True) as connection:
        [found] = connection.execute("SELECT repeat('x', 20000000), pg_sleep(1)").fetchall()
        assert len(found[0]) == 20_000_000
        # What is asked is long as well, and the database is slow to take it in.
        long = "y" * 50_000_000
        assert connection.execute("SELECT length(%s), pg_sleep(0.5)", [long]).fetchall() == [(len(long), "")]


@pytest.mark.usefixtures("impatient")
def test_a_turn_that_another_has_is_waited_for(database_url: str) -> None:
    with (
        psycopg.connect(database_url, autocommit=True) as first,
        Listened[Any].connect(database_url, autocommit=True) as second,
        ThreadPoolExecutor(1) as thread,
    ):
        first.execute("SELECT pg_advisory_lock(1)")
        waiting = thread.submit(second.execute, "SELECT pg_advisory_lock(1)")
        time.sleep(1)
        assert not waiting.done()
        first.execute("SELECT pg_advisory_unlock(1)")
        assert waiting.result(10).rowcount == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("asked", [0, 50_000_000])
def test_a_connection_on_which_nothing_comes_is_lost(postgres: TestPostgres, asked: int) -> None:
    with Listened[Any].connect(postgres.server.dsn("postgres"), autocommit=True) as connection:
        with frozen(postgres.server), pytest.raises(psycopg.OperationalError, match="does not answer"):
            connection.execute("SELECT %s", ["y" * asked])
        assert connection.closed
