"""The service over HTTP on a database of its own, with an issuer of tokens, and people of several organisations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.issuer import Issuer
from tests.api.people import Service, open_desk
from tests.support.walk import MONDAY


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    """Who issues tokens."""
    return Issuer(tmp_path, MONDAY)


@pytest.fixture
def service(database_url: str, issuer: Issuer) -> Iterator[Service]:
    """The service, with an authority, a school, a checked provider with a signed contract, and a child."""
    with open_desk(database_url, issuer) as desk:
        app = create_app(desk)
        with TestClient(app, raise_server_exceptions=True) as client:
            found = Service(app, client, desk, issuer)
            found.set_up()
            yield found
