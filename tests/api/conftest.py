"""The service over HTTP on a database of its own, with an issuer of tokens, and people of several organisations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from psycopg.conninfo import conninfo_to_dict

from api.app import create_app
from tests.api.issuer import Issuer
from tests.api.people import Service, furnish, open_desk
from tests.support.postgres import PREPARED, TestPostgres
from tests.support.walk import MONDAY


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    """Who issues tokens."""
    return Issuer(tmp_path, MONDAY)


@pytest.fixture(scope="session")
def furnished(prepared_postgres: TestPostgres) -> Iterator[str]:
    """The name of a database with an authority, a school, a checked provider with a signed contract, a child, and people."""
    with prepared_postgres.database(PREPARED) as dsn:
        furnish(dsn)
        yield str(conninfo_to_dict(dsn)["dbname"])


@pytest.fixture
def service(prepared_postgres: TestPostgres, furnished: str, issuer: Issuer) -> Iterator[Service]:
    """The service on a copy of that database."""
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
    ):
        yield Service(client, desk, issuer)


@pytest.fixture(scope="session")
def standing(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The same with a placement that has started, for tests that change nothing: they share it."""
    issuer = Issuer(tmp_path_factory.mktemp("issuer"), MONDAY)
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
    ):
        service = Service(client, desk, issuer)
        # Strangers of all tests together come from one address.
        desk.strangers.most_a_minute = 10**9
        service.walk.live_until("start_placement")
        assert desk.read_models.wait_for(desk.history.head(), 20)
        yield service
