"""A service in which a child has a whole story, and every word about the child is a canary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.issuer import Issuer
from tests.api.people import Service, furnish, open_desk
from tests.conformance.canaries import Canaries
from tests.forgetting.child_with_a_story import DECISION, SAID_OF_THE_CHILD, caught_up
from tests.support.postgres import as_owner
from tests.support.walk import CHILD, LIFE, MONDAY, OFFICER, PLACEMENT, PROVIDER, PROVIDER_STAFF, SENIOR
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES

ABOUT_THE_CHILD = ("Child", "Placement")


@pytest.fixture
def canaries(monkeypatch: pytest.MonkeyPatch) -> Canaries:
    """Everything that is said of the child carries a canary from here on."""
    canaries = Canaries()
    for name, example in list(EXAMPLES.items()):
        if COMMANDS[name].target.__name__ in ABOUT_THE_CHILD or name in ("report_day", "code_session"):
            monkeypatch.setitem(EXAMPLES, name, canaries.request(name, example))
    canaries.words |= {"canary-said-this", "canary-wrote-this", "2012-03-14"}
    return canaries


@pytest.fixture
def service(canaries: Canaries, database_url: str, issuer: Issuer) -> Iterator[Service]:
    """A child whose placement began and ended, and the service in which all of it can be read."""
    furnish(database_url)
    with open_desk(database_url, issuer) as desk, TestClient(create_app(desk)) as client:
        service = Service(client, desk, issuer)
        for name, changes in LIFE:
            who = SENIOR if name == "accept_risk" else OFFICER
            service.walk.do(name, PLACEMENT, who, decision=DECISION, **changes)
            if name == "start_placement":
                service.walk.do("report_day", PROVIDER, PROVIDER_STAFF)
        for name in SAID_OF_THE_CHILD:
            service.walk.do(name, CHILD, OFFICER, decision=DECISION)
        caught_up(service)()
        yield service


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    """Who issues tokens."""
    return Issuer(tmp_path, MONDAY)


@pytest.fixture
def owner(database_url: str) -> Iterator[psycopg.Connection]:
    """Whoever owns the database, and sees all of it."""
    with psycopg.connect(as_owner(database_url), autocommit=True) as connection:
        yield connection
