"""The worker is away: what was saved is said to be saved, and the page that follows says that it may not show all of it yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.pages.conftest import running, until
from tests.support.postgres import TestPostgres
from tests.support.walk import CHILD, PLACEMENT, PROVIDER
from workflows.examples import EXAMPLES

SAVED = "What you sent is saved, and need not be sent again."
LATER = "This page does not show everything yet"


@pytest.fixture
def office(
    prepared_postgres: TestPostgres, furnished: str, tmp_path: Path
) -> Iterator[tuple[Service, Browser, str]]:
    """An officer at a referral, and the database."""
    with prepared_postgres.database(furnished) as dsn, running(dsn, tmp_path) as service:
        until(service, "refer_child")
        browser = Browser(service.client)
        browser.sign_in("officer@example")
        yield service, browser, dsn


@contextmanager
def worker_away(dsn: str) -> Iterator[None]:
    """Nothing is taken into the lists meanwhile, and everything can be read."""
    with psycopg.connect(dsn) as connection:
        connection.execute("LOCK TABLE read_models.caseload, read_models.due IN EXCLUSIVE MODE")
        yield
        connection.rollback()


def test_a_decision_is_said_to_be_saved_while_the_lists_are_behind(
    office: tuple[Service, Browser, str],
) -> None:
    service, browser, dsn = office
    consultation = EXAMPLES["record_consultation"]["consultation"]
    with worker_away(dsn):
        done = service.do("record_consultation", who="officer", consultation=consultation)
        at_least = done.headers["x-position"]
        for address in (f"/placements/{PLACEMENT}", f"/children/{CHILD}"):
            page = browser.get(f"{address}?done=record_consultation&at_least={at_least}")
            said = text_of(page.text)
            assert page.status_code == 200
            assert "Done: record consultation." in said
            assert LATER in said
            assert SAVED in said
    assert service.desk.read_models.wait_for(int(at_least), 20)
    page = browser.get(f"/placements/{PLACEMENT}?done=record_consultation&at_least={at_least}")
    assert LATER not in text_of(page.text)


def test_what_never_was_is_not_said_to_be_saved(office: tuple[Service, Browser, str]) -> None:
    service, browser, _ = office
    never = service.desk.history.head() + 1_000
    for address in (f"/placements/{PLACEMENT}", f"/providers/{PROVIDER}"):
        page = browser.get(f"{address}?at_least={never}")
        assert page.status_code == 200
        assert LATER in text_of(page.text)
        assert SAVED not in text_of(page.text)


def test_a_service_that_goes_away_right_after_a_decision_says_that_it_was_saved(
    office: tuple[Service, Browser, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    service, browser, _ = office

    def away() -> int:
        raise psycopg.OperationalError("the server closed the connection")

    monkeypatch.setattr(service.desk.history, "head", away)
    page = browser.get(f"/placements/{PLACEMENT}?done=record_consultation&at_least=1")
    assert page.status_code == 503
    assert "What you sent was saved, and need not be sent again." in text_of(page.text)
