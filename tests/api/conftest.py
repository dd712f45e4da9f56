"""The service over HTTP on a database of its own, with an issuer of tokens, and people of several organisations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

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
        yield dsn.rsplit("/", 1)[-1].split("?")[0]


@pytest.fixture
def service(prepared_postgres: TestPostgres, furnished: str, issuer: Issuer) -> Iterator[Service]:
    """The service on a copy of that database."""
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
    ):
        yield Service(client, desk, issuer)
