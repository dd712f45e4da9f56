"""A service with some placements in it, and officers who keep asking, whatever happens to it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from domain.people import Role
from service.local_issuer import issue
from service.opening import now, open_casework
from service.running_database import running_database
from service.settings import Settings
from service.wiring import prepare_database
from tests.support.running_service import RunningService, processes_of
from tests.support.walk import MONDAY, THE_SERVICE
from tests.whole.town import Around, Town
from workflows.casework import Casework
from workflows.examples import EXAMPLES

PERSON = "officer@inventshire.example"
PATIENCE = 20.0
KNOWN = {"supervised api": "api", "supervised work": "worker", "postgres -D": "postgres"}


@dataclass
class Office:
    """A data folder with placements in it, and a token to work on them."""

    data: Path
    token: str
    placements: list[UUID]
    head: int
    """How far its history reached when it opened."""

    def part(self, name: str) -> int:
        """The process that does this part of the work; 0 where there is none at the moment."""
        found = processes_of(self.data)
        return next(
            (
                pid
                for pid, line in found.items()
                for mark, part in KNOWN.items()
                if mark in line and part == name
            ),
            0,
        )


def open_office(data: Path, placements: int = 4) -> Office:
    """An authority, a provider, and placements that have started."""
    with running_database(Settings(data=data), may_be_new=True) as settings:
        prepare_database(settings)
        with open_casework(settings) as desk:
            # The examples' days lie around this Monday; what is asked for later is recorded when it is asked for.
            town, around = Town(Casework(desk.history, lambda: MONDAY)), Around()
            town.found(around, "authority", "school", "provider", "office", "agreement")
            for role in (Role.COMMISSIONER, Role.AUDITOR):
                town.do("grant_role", around, THE_SERVICE, person_id=PERSON, role=role)
            lives = [around.but("child", "placement") for _ in range(placements)]
            for life in lives:
                town.live(town.found(life, "child"), "start_placement")
            head = desk.history.head()
        token = issue(settings, PERSON, around.authority, now(), timedelta(hours=2))
    return Office(data, token, [life.placement for life in lives], head)


@dataclass
class Request:
    """One thing asked for, and the answer, where there was one."""

    placement: UUID
    key: str
    answer: dict[str, Any] | None = None
    tries: int = 0

    def body(self) -> str:
        """A contact whose notes say which request it was."""
        contact = {
            **EXAMPLES["log_contact"]["contact"],
            "notes": f"Asked for as {self.key}",
            "on": "2026-11-20",
        }
        return json.dumps({"contact": contact})


@dataclass
class Officer:
    """Asks for one thing after the other, without waiting for better times, and remembers what was answered."""

    office: Office
    service: RunningService
    requests: list[Request] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Ask until told to stop."""
        while not self.stop.is_set():
            request = Request(
                self.office.placements[len(self.requests) % len(self.office.placements)], str(uuid4())
            )
            self.requests.append(request)
            if not self.ask(request):
                time.sleep(0.02)

    def ask(self, request: Request) -> bool:
        """Ask once; whether it was acknowledged."""
        request.tries += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=PATIENCE)
        headers = {
            "Authorization": f"Bearer {self.office.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": request.key,
        }
        try:
            path = f"/placements/{request.placement}/log-contact"
            connection.request("POST", path, body=request.body(), headers=headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if answer.status == 200:
            request.answer = json.loads(said)
        else:
            assert answer.status in (409, 503), (answer.status, said)
        return request.answer is not None

    def ask_until_answered(self, request: Request) -> None:
        """Ask again, in the same words, until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while not self.ask(request):
            assert time.monotonic() < deadline, "no answer"
            time.sleep(0.1)
