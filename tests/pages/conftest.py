"""The pages on a database of their own, with the people of an authority, a school and a provider."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.pages.session import Sessions
from api.pages.signing_in import DemoPerson, WaysIn
from api.pages.site import PagesWanted
from tests.api.conftest import furnished as furnished
from tests.api.issuer import Issuer
from tests.api.people import PEOPLE, Service, open_desk
from tests.pages.browser import Browser
from tests.support.postgres import TestPostgres
from tests.support.walk import MONDAY

KEY = bytes(range(32))


def people() -> list[DemoPerson]:
    """Everybody, as the demonstration offers them."""
    return [
        DemoPerson(f"{name}@example", name.title(), role.value, "An organisation", organisation)
        for name, (organisation, role) in PEOPLE.items()
    ]


@contextmanager
def running(dsn: str, home: Path, **client_that: Any) -> Iterator[Service]:
    """The service with its pages on a database. Browsers take a Secure cookie over TLS only, and so does this one."""
    issuer = Issuer(home, MONDAY)
    with (
        open_desk(dsn, issuer) as desk,
        TestClient(
            create_app(desk, pages=PagesWanted(Sessions(KEY), WaysIn(people))),
            base_url="https://placements.example",
            **client_that,
        ) as client,
    ):
        yield Service(client, desk, issuer)


def until(service: Service, command: str) -> None:
    """The placement is lived until this was done, and every list shows it."""
    service.walk.live_until(command)
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


@pytest.fixture
def service(prepared_postgres: TestPostgres, furnished: str, tmp_path: Path) -> Iterator[Service]:
    """The service on a copy of that database."""
    with prepared_postgres.database(furnished) as dsn, running(dsn, tmp_path) as found:
        yield found


@pytest.fixture
def browser(service: Service) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(service.client)
