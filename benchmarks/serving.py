"""The service as it runs: memory, idle work, and how long an answer over HTTP takes."""

from __future__ import annotations

import http.client
import json
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.lives import store_lives
from benchmarks.measuring import Figure, percentiles
from domain.people import Role
from service.local_issuer import issue
from service.opening import now, open_casework
from service.running_database import running_database
from service.settings import Settings
from service.wiring import prepare_database
from tests.support.running_service import processes_of, running_service
from tests.support.walk import THE_SERVICE
from tests.whole.town import Around
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES

LIVES, TIMES = 200, 300
IDLE_SECONDS = 5.0
GROUP = "The service over HTTP, one client"
TICKS = os.sysconf("SC_CLK_TCK")


def measure(seconds: float) -> Iterator[Figure]:
    """One `serve` on a folder of its own, with some hundred placements in it."""
    with tempfile.TemporaryDirectory(prefix="placements-bench-") as home:
        data = Path(home) / "data"
        lives, token = prepared(data)
        with running_service(data) as service:
            time.sleep(IDLE_SECONDS)
            yield from at_rest(data)
            connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            yield from asked(connection, headers, lives)
            yield from at_rest(data, "afterwards, ")


def prepared(data: Path) -> tuple[list[Around], str]:
    """A data folder with placements in it, and a token for an officer who may work on them."""
    with running_database(Settings(data=data), may_be_new=True) as settings:
        prepare_database(settings)
        with open_casework(settings) as desk:
            lives = store_lives(desk.history, LIVES)
            authority = lives[0].authority
            person = "officer@inventshire.example"
            grant = {**EXAMPLES["grant_role"], "person_id": person, "role": Role.COMMISSIONER}
            desk.casework.perform(COMMANDS["grant_role"].model_validate(grant), THE_SERVICE, authority)
        return lives, issue(settings, person, authority, now(), timedelta(hours=1))


def at_rest(data: Path, when: str = "") -> Iterator[Figure]:
    """Memory, and the processor time that is used while nobody asks for anything."""
    found = {pid: line for pid, line in processes_of(data).items() if "service" in line}
    before = {pid: ticks(pid) for pid in found}
    time.sleep(IDLE_SECONDS)
    for pid, line in sorted(found.items()):
        name = name_of(line)
        if name:
            busy = (ticks(pid) - before[pid]) / TICKS / IDLE_SECONDS
            yield Figure(GROUP, f"{when}{name}: memory (PSS)", pss(pid) / 1024, "MiB")
            yield Figure(GROUP, f"{when}{name}: processor, at rest", 100 * busy, "percent")


def name_of(command_line: str) -> str:
    """Which of our processes it is."""
    parts = {" api ": "API process", " work ": "worker process", "service serve": "serve itself"}
    return next((name for part, name in parts.items() if part in command_line), "")


def ticks(pid: int) -> int:
    """Processor time used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def pss(pid: int) -> int:
    """Memory in kB, shared pages counted by their share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def asked(
    connection: http.client.HTTPConnection, headers: dict[str, str], lives: list[Around]
) -> Iterator[Figure]:
    """One kind of request after the other, a few hundred of each."""
    # The service goes by the clock of the machine: the day lies behind it.
    contact = json.dumps({"contact": {**EXAMPLES["log_contact"]["contact"], "on": "2026-11-20"}})
    kinds = {
        "GET /health/live": ("GET", "/health/live", None),
        "GET /placements/{id}, every move weighed": ("GET", "/placements/{id}", None),
        "GET /placements, the first page of a list": ("GET", "/placements", None),
        "POST /placements/{id}/log-contact": ("POST", "/placements/{id}/log-contact", contact),
    }
    for name, (method, address, body) in kinds.items():
        took = []
        for n in range(TIMES):
            path = address.replace("{id}", str(lives[n % len(lives)].placement))
            began = time.perf_counter()
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            said = answer.read()
            took.append(time.perf_counter() - began)
            assert answer.status in (200, 201), (answer.status, said[:300])
        middle, slow = percentiles(took[TIMES // 10 :])
        yield Figure(GROUP, f"{name}: p50", middle, "ms")
        yield Figure(GROUP, f"{name}: p95", slow, "ms")
