"""`kill -9` in the middle of the work, of each part of the service and of all of it."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from domain.placement_life_events import ContactLogged
from history.store import History
from projections.comparing import differences
from projections.reading import ReadModels
from service.master_key import master_keys
from service.running_database import running_database
from service.settings import Settings
from tests.reliability.office import Office, Officer, Request, open_office
from tests.support.running_service import RunningService, running_service, wait_until

OFFICERS = 4
A_WHILE = 20
"""Requests that are answered between two blows."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Placements to work on."""
    return open_office(tmp_path / "data")


@contextmanager
def at_work(office: Office, service: RunningService) -> Iterator[list[Officer]]:
    """Officers who ask and ask."""
    officers = [Officer(office, service) for _ in range(OFFICERS)]
    threads = [threading.Thread(target=officer.work) for officer in officers]
    for thread in threads:
        thread.start()
    try:
        yield officers
    finally:
        for officer in officers:
            officer.stop.set()
        for thread in threads:
            thread.join()


def log_of(service: RunningService) -> str:
    """What the service said about itself lately."""
    service.said.seek(0)
    return "".join([line for line in service.said if '"event": "request"' not in line][-20:])


def kill(office: Office, service: RunningService, part: str) -> None:
    """Kill a part of the service, and wait until there is another in its place."""
    # It may just be starting again, because of the blow before.
    assert wait_until(lambda: office.part(part) > 0, 60), f"there is no {part}:\n{log_of(service)}"
    before = office.part(part)
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: office.part(part) not in (0, before), 60), f"no new {part}:\n{log_of(service)}"


def answered(officers: Sequence[Officer]) -> int:
    """How many requests were acknowledged so far."""
    return sum(request.answer is not None for officer in officers for request in officer.requests)


def wait_for_work(officers: Sequence[Officer], service: RunningService) -> None:
    """Wait until some more requests are answered: the next blow falls in the middle of work."""
    before = answered(officers)
    assert wait_until(lambda: answered(officers) >= before + A_WHILE, 90), log_of(service)


def kill_and_go_on(office: Office, parts: Sequence[str]) -> list[Request]:
    """Kill part after part under load; then every request without an answer is sent again. All requests."""
    with running_service(office.data) as service:
        with at_work(office, service) as officers:
            for part in parts:
                wait_for_work(officers, service)
                kill(office, service, part)
            wait_for_work(officers, service)
        requests = [request for officer in officers for request in officer.requests]
        for request in requests:
            if request.answer is None:
                officers[0].ask_until_answered(request)
        service.stop()
    return requests


def prove(office: Office, requests: list[Request]) -> None:
    """What was acknowledged is there, at the place that was told; nothing is there twice; read models are a rebuild's."""
    with running_database(Settings(data=office.data)) as settings:
        dsn = str(settings.database_url)
        history = History(dsn, master_key=master_keys(settings), pool_size=2)
        read_models = ReadModels(dsn, pool_size=1)
        try:
            stored = list(history.scan())
            assert [s.position for s in stored] == list(range(1, len(stored) + 1))
            contacts = [s for s in stored if isinstance(s.event, ContactLogged)]
            notes = Counter(s.event.contact.notes for s in contacts if isinstance(s.event, ContactLogged))
            assert notes == Counter(f"Asked for as {request.key}" for request in requests)
            places = {s.position: (s.event.originator_id, s.event.originator_version) for s in contacts}
            for request in requests:
                assert request.answer is not None
                told = UUID(request.answer["id"]), request.answer["version"]
                assert places[request.answer["position"]] == told
            assert differences(history, dsn) == []
        finally:
            read_models.close()
            history.close()


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice_when_parts_are_killed(office: Office) -> None:
    requests = kill_and_go_on(office, ["api", "postgres", "worker"])
    assert any(request.tries > 1 for request in requests), "nobody was interrupted"
    prove(office, requests)


def test_nothing_acknowledged_is_lost_when_the_whole_service_is_killed(office: Office) -> None:
    requests: list[Request] = []
    with running_service(office.data) as service:
        with at_work(office, service) as officers:
            wait_for_work(officers, service)
            service.stop(signal.SIGKILL)
        requests = [request for officer in officers for request in officer.requests]
    with running_service(office.data) as service:
        again = Officer(office, service)
        for request in requests:
            if request.answer is None:
                again.ask_until_answered(request)
        service.stop()
    prove(office, requests)


@pytest.mark.long
def test_the_same_after_very_many_kills(office: Office) -> None:
    parts = ["postgres", "api", "postgres", "worker", "postgres"] * 5
    prove(office, kill_and_go_on(office, parts))
