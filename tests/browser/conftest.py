"""The pages in a real browser: a service on a port of this computer, and the Chromium of the system."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from api.app import create_app
from api.pages.session import Sessions
from api.pages.signing_in import WaysIn
from api.pages.site import PagesWanted
from service.seeing import NoBrowser, find_browser
from tests.api.conftest import furnished as furnished
from tests.api.issuer import Issuer
from tests.api.people import SIGNER, open_desk
from tests.browser.judges import Judges, no_judges
from tests.browser.office import OPTIONS, Office
from tests.pages.conftest import KEY, people
from tests.support.postgres import TestPostgres, as_owner
from tests.support.sealing import seal
from tests.support.walk import MONDAY, Walk


def _browser() -> str | NoBrowser:
    try:
        return find_browser()
    except NoBrowser as missing:
        return missing


BROWSER = _browser()
"""Looked for here, before the tests put the settings of whoever runs them aside."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, one for the run."""
    if isinstance(BROWSER, NoBrowser):
        pytest.skip(str(BROWSER))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def judges() -> Judges:
    """What judges accessibility and HTML."""
    found = Judges.installed()
    if found is None:
        pytest.skip(no_judges())
    return found


@pytest.fixture
def office(
    prepared_postgres: TestPostgres, furnished: str, tmp_path: Path, chromium: Browser
) -> Iterator[Office]:
    """The service with its pages, and the browser before it."""
    with prepared_postgres.database(furnished) as dsn, opened(dsn, tmp_path, chromium) as found:
        yield found


@pytest.fixture(scope="module")
def standing_office(
    prepared_postgres: TestPostgres,
    furnished: str,
    tmp_path_factory: pytest.TempPathFactory,
    chromium: Browser,
) -> Iterator[Office]:
    """The same with a placement that has started and is sealed, for tests that only look."""
    with (
        prepared_postgres.database(furnished) as dsn,
        opened(dsn, tmp_path_factory.mktemp("issuer"), chromium) as found,
    ):
        Walk(found.desk.casework).live_until("start_placement")
        assert found.desk.read_models.wait_for(found.desk.history.head(), 20)
        seal(as_owner(dsn), found.desk.history, SIGNER)
        yield found


@contextmanager
def opened(dsn: str, home: Path, chromium: Browser) -> Iterator[Office]:
    """The service on a port of its own."""
    with open_desk(dsn, Issuer(home, MONDAY)) as desk:
        app = create_app(desk, pages=PagesWanted(Sessions(KEY), WaysIn(people)))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="none"))
        running = threading.Thread(target=server.run)
        running.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        # Browsers take a Secure cookie without TLS from the computer itself.
        yield Office(chromium, f"http://localhost:{port}", desk)
        server.should_exit = True
        running.join()
