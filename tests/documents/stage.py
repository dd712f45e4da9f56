"""The stage on which the walkthrough is performed: the real application on a real database, and a clock that the page sets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.desk import Desk
from api.sign_in import SignIn
from api.signing_keys import KeyFile
from api.tokens import Tokens
from history.store import History
from projections.following import Following
from projections.reading import ReadModels
from tests.api.issuer import AUDIENCE, ISSUER, Issuer
from tests.documents.cast import CAST, furnish
from tests.documents.shown import Known, differences
from tests.documents.told_page import Exchange
from workflows.access import Access
from workflows.casework import Casework
from workflows.noting_looks import Noting

KEY = b"w" * 32
TOKEN = "Bearer "


@dataclass
class Clock:
    """Stands where it was put."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """The service, the people who talk to it, and what the page has named so far."""

    client: TestClient
    issuer: Issuer
    clock: Clock
    known: Known = field(default_factory=Known)

    def perform(self, told: Exchange) -> list[str]:
        """Send a request of the page; everything in which the answer is not as the page shows it."""
        self.clock.now = self.issuer.now = told.at.astimezone(UTC)
        answer = self._send(told)
        if answer.status_code != told.status:
            return [f"{told}: status {answer.status_code}, and the page shows {told.status}: {answer.text}"]
        found = list(differences(told.shown, answer.json(), self.known)) if told.shown is not None else []
        headers = {name.lower(): value for name, value in answer.headers.items()}
        shown = {name.lower(): value for name, value in told.shown_headers.items()}
        found += differences(shown, headers, self.known, "header")
        return [f"{told}: {difference}" for difference in found]

    def _send(self, told: Exchange) -> Response:
        headers = {name: str(self.known.filled_in(value)) for name, value in told.headers.items()}
        who = headers.get("Authorization", "").removeprefix(TOKEN)
        if who in CAST:
            person = CAST[who]
            headers["Authorization"] = TOKEN + self.issuer.token(person.id, person.organisation_id)
        path = self.known.filled_in(told.path)
        if told.method == "GET":
            return self.client.get(path, headers=headers)
        return self.client.post(path, headers=headers, json=self.known.filled_in(told.body))


@contextmanager
def stage(dsn: str, issuer: Issuer, begins: datetime) -> Iterator[Stage]:
    """A stage with its cast, before the first request."""
    clock = Clock(begins)
    history = History(dsn, master_key=KEY, pool_size=4)
    casework, read_models = Casework(history, clock), ReadModels(dsn, pool_size=2)
    access, stop = Access(casework), threading.Event()
    following = threading.Thread(target=Following(dsn, history).run, args=[stop])
    following.start()
    tokens = Tokens(KeyFile(issuer.path), ISSUER, AUDIENCE, clock)
    sign_in, looks = SignIn(tokens, history, read_models.grants, clock), Noting(casework)
    desk = Desk(casework, history, read_models, sign_in, access, clock, looks)
    try:
        with TestClient(create_app(desk)) as client:
            names: dict[str, Any] = furnish(casework)
            yield Stage(client, issuer, clock, Known({**names, **{name: name for name in CAST}}))
    finally:
        stop.set()
        access.close()
        looks.close()
        following.join()
        read_models.close()
        history.close()
