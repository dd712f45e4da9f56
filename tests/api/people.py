"""People with roles, who ask the service over HTTP by name."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.desk import Desk
from api.sign_in import SignIn
from api.signing_keys import KeyFile
from api.tokens import Tokens
from domain.people import Role
from history.ledger.notes import Signer
from history.store import History
from projections.following import Following
from projections.reading import ReadModels
from tests.api.issuer import AUDIENCE, ISSUER, Issuer
from tests.support.walk import AUTHORITY, MONDAY, PLACEMENT, PROVIDER_OFFICE, SCHOOL, THE_SERVICE, Walk, at
from workflows.access import Access
from workflows.casework import Casework
from workflows.catalogue import COMMANDS, RECORDS
from workflows.examples import EXAMPLES
from workflows.noting_looks import Noting

KEY = b"k" * 32
SIGNER = Signer("council.example/placements", b"s" * 32)
ELSEWHERE = UUID("5b0f6a52-6f0e-4d8e-9d54-0000000000e1")
OTHER_OFFICE = UUID("5b0f6a52-6f0e-4d8e-9d54-0000000000e2")
OTHER_PROVIDER = UUID("5b0f6a52-6f0e-4d8e-9d54-0000000000e3")

PEOPLE: dict[str, tuple[UUID, Role]] = {
    "officer": (AUTHORITY, Role.COMMISSIONER),
    "senior": (AUTHORITY, Role.SENIOR_OFFICER),
    "safeguarder": (AUTHORITY, Role.SAFEGUARDING_LEAD),
    "admin": (AUTHORITY, Role.ADMINISTRATOR),
    "auditor": (AUTHORITY, Role.AUDITOR),
    "head": (SCHOOL, Role.SCHOOL_LEAD),
    "provider": (PROVIDER_OFFICE, Role.PROVIDER_STAFF),
    "stranger": (ELSEWHERE, Role.COMMISSIONER),
    "rival": (OTHER_OFFICE, Role.PROVIDER_STAFF),
}
"""Everyone, by the name that tests call them, with the organisation and their role there."""


@contextmanager
def open_desk(dsn: str, issuer: Issuer) -> Iterator[Desk]:
    """All that the application is made of, on this database, on the Monday of the examples."""
    history = History(dsn, master_key=KEY, pool_size=4)
    clock = at(MONDAY)
    casework = Casework(history, clock)
    tokens = Tokens(KeyFile(issuer.path), ISSUER, AUDIENCE, clock)
    access, looks = Access(casework), Noting(casework)
    read_models = ReadModels(dsn, pool_size=2)
    stop = threading.Event()
    following = threading.Thread(target=Following(dsn, history).run, args=[stop])
    following.start()
    try:
        sign_in = SignIn(tokens, history, read_models.grants, clock)
        yield Desk(casework, history, read_models, sign_in, access, clock, looks, SIGNER)
    finally:
        stop.set()
        access.close()
        looks.close()
        following.join()
        read_models.close()
        history.close()


def furnish(dsn: str) -> None:
    """What the walk sets up, the people of it, and an authority and a provider that have nothing to do with it."""
    history = History(dsn, master_key=KEY, pool_size=2)
    walk = Walk(Casework(history, at(MONDAY)))
    walk.set_up()
    walk.do("found_organisation", ELSEWHERE, THE_SERVICE, organisation_name="Elsewhere Council")
    walk.do("register_provider", OTHER_PROVIDER, THE_SERVICE, provider_name="Other Workshop")
    office: dict[str, Any] = {
        "kind": "provider",
        "provider_id": str(OTHER_PROVIDER),
        "local_authority_code": None,
    }
    walk.do("found_organisation", OTHER_OFFICE, THE_SERVICE, organisation_name="Other Workshop", **office)
    for name, (organisation, role) in PEOPLE.items():
        grant = {"person_id": f"{name}@example", "person_name": name.title(), "role": role.value}
        walk.do("grant_role", organisation, THE_SERVICE, **grant)
    history.close()


@dataclass
class Service:
    """The running service, and how people talk to it."""

    client: TestClient
    desk: Desk
    issuer: Issuer

    def __post_init__(self) -> None:
        self.walk = Walk(self.desk.casework)

    @property
    def app(self) -> FastAPI:
        """The application itself."""
        app = self.client.app
        assert isinstance(app, FastAPI)
        return app

    def token(self, name: str) -> str:
        """A good token of one of the people."""
        return self.issuer.token(f"{name}@example", PEOPLE[name][0])

    def get(
        self, path: str, who: str = "officer", headers: dict[str, str] | None = None, **parameters: Any
    ) -> Response:
        """What someone reads."""
        signed = {"Authorization": f"Bearer {self.token(who)}", **(headers or {})}
        return self.client.get(path, headers=signed, params=parameters or None)

    def post(
        self, path: str, body: Any, who: str = "officer", headers: dict[str, str] | None = None
    ) -> Response:
        """What someone sends."""
        signed = {"Authorization": f"Bearer {self.token(who)}", **(headers or {})}
        return self.client.post(path, json=body, headers=signed)

    def do(
        self,
        name: str,
        on: UUID | str = PLACEMENT,
        who: str = "officer",
        headers: dict[str, str] | None = None,
        **changes: Any,
    ) -> Response:
        """A command by its name, with its example as body and these fields instead."""
        return self.do_as(name, on, {**deepcopy(EXAMPLES[name]), **changes}, who, headers)

    def do_as(
        self, name: str, on: UUID | str, body: Any, who: str, headers: dict[str, str] | None = None
    ) -> Response:
        """A command with this body."""
        command = COMMANDS[name]
        plural = next(plural for plural, kind in RECORDS.items() if kind is command.target)
        path = f"/{plural}" if command.opens else f"/{plural}/{on}/{name.replace('_', '-')}"
        raw = json.dumps(body).encode()
        signed = {
            "Authorization": f"Bearer {self.token(who)}",
            "Content-Type": "application/json",
            **(headers or {}),
        }
        return self.client.post(path, content=raw, headers=signed)

    def reasons(self, answer: Response) -> set[str]:
        """The codes of the reasons in a problem."""
        return {reason["code"] for reason in answer.json()["reasons"]}
