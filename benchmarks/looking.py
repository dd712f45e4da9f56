"""What it costs that reads are noted: the same requests to the same application, with and without."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg
from fastapi import FastAPI

from api.app import create_app
from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Figure
from domain.looks import Look, Right
from domain.people import Role
from history.store import History
from projections.leading import Leading
from projections.tables import TABLES
from tests.api.issuer import Issuer
from tests.api.people import KEY, open_desk
from tests.support.walk import MONDAY, THE_SERVICE, at
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.noting_looks import WRITE_EVERY, Noting

LIVES, ROUNDS, BATCH, LOOKS = 120, 7, 500, 10
LONG_ENOUGH = 2 * WRITE_EVERY
"""Seconds of a turn: what is noted is written within it, as often as it is in a running service."""
GROUP = "Reads, answered in this process, that are noted"
FOLLOWED = "Read models catch up with a history in which reads are ten times the writes"


def measure(seconds: float) -> Iterator[Figure]:
    """Requests of several kinds in turns, noted and not; then what looks cost those who follow the history."""
    with tempfile.TemporaryDirectory(prefix="placements-bench-") as home, durable_database() as dsn:
        # Under the key of the tests' desk, which the requests are then put to.
        with closing(History(dsn, master_key=KEY, pool_size=4)) as history:
            around = store_lives(history, LIVES)
            grant = {**EXAMPLES["grant_role"], "person_id": "officer@example", "role": Role.COMMISSIONER}
            Casework(history, at(MONDAY)).perform(
                COMMANDS["grant_role"].model_validate(grant), THE_SERVICE, around[0].authority
            )
        issuer = Issuer(Path(home), MONDAY)
        with open_desk(dsn, issuer) as desk:
            app = create_app(desk)
            assert desk.read_models.wait_for(desk.history.head(), 60)
            token = issuer.token("officer@example", around[0].authority)
            paths = {
                "GET /placements/{id}, every move weighed": [
                    f"/placements/{life.placement}" for life in around
                ],
                "GET /children/{id}": [f"/children/{life.child}" for life in around],
                "GET /placements, a page of 100 rows": ["/placements?limit=100"],
            }
            for name, asked in paths.items():
                yield from in_turns(app, desk.looks, name, asked, token, seconds)
    yield from followed()


def in_turns(
    app: FastAPI, looks: Noting, name: str, paths: list[str], token: str, seconds: float
) -> Iterator[Figure]:
    """One kind of request, some noted and some not, again and again: each pair meets the same moment of the machine."""
    note, loop = looks.note, asyncio.new_event_loop()
    rates: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for turn in range(ROUNDS + 1):
        for noted in (True, False) if turn % 2 else (False, True):
            looks.note = note if noted else _not_noted  # type: ignore[method-assign]
            began, used, done = time.perf_counter(), time.process_time(), 0
            while time.perf_counter() - began < LONG_ENOUGH * seconds:
                loop.run_until_complete(ask(app, paths[done % len(paths)], token))
                done += 1
            if turn:
                rates[noted].append(
                    ((time.perf_counter() - began) / done, (time.process_time() - used) / done)
                )
    looks.note = note  # type: ignore[method-assign]
    loop.close()
    with_, without = (
        [1e6 * median(column) for column in zip(*rates[kind], strict=True)] for kind in (True, False)
    )
    pairs = zip(rates[True], rates[False], strict=True)
    wall, processor = zip(*((a[0] / b[0], a[1] / b[1]) for a, b in pairs), strict=True)
    yield Figure(GROUP, f"{name}: not noted", without[0], "us", 1.0)
    yield Figure(GROUP, f"{name}: noted", with_[0], "us", median(wall))
    yield Figure(GROUP, f"{name}: processor, not noted", without[1], "us", 1.0)
    yield Figure(GROUP, f"{name}: processor, noted", with_[1], "us", median(processor))


def _not_noted(look: Look) -> None:
    """The same, and it is forgotten."""


async def ask(app: FastAPI, path: str, token: str) -> None:
    """One request, without a network."""
    path, _, query = path.partition("?")
    headers = [(b"host", b"x"), (b"authorization", f"Bearer {token}".encode())]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "http_version": "1.1",
        "scheme": "http",
        "server": ("x", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise AssertionError(message)

    await app(scope, receive, send)


def followed() -> Iterator[Figure]:
    """The same lives without looks, and with ten looks for each of their events."""
    took: dict[int, list[tuple[float, float]]] = {0: [], LOOKS: []}
    for looks_per_event in (0, LOOKS) * 3:
        with durable_database() as dsn, history_in(dsn, 2) as history:
            for _ in range(10):
                before = history.head()
                store_lives(history, LIVES // 10)
                _look(Casework(history, at(MONDAY)), looks_per_event * (history.head() - before))
            took[looks_per_event].append(_catch_up(dsn, history))
    wall, processor = ({k: median(pair[n] for pair in of) for k, of in took.items()} for n in (0, 1))
    for k in took:
        yield Figure(FOLLOWED, f"{k} looks an event", 1000 * wall[k], "ms", wall[k] / wall[0])
        yield Figure(
            FOLLOWED, f"{k} looks an event: processor", 1000 * processor[k], "ms", processor[k] / processor[0]
        )


def _catch_up(dsn: str, history: History) -> tuple[float, float]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        connection.execute("SET synchronous_commit = off")
        leading = Leading(connection, history, TABLES)
        began, used = time.perf_counter(), time.process_time()
        while leading.step():
            pass
        return time.perf_counter() - began, time.process_time() - used


def _look(casework: Casework, number: int) -> None:
    noting, right = (
        Noting(casework),
        Right(row="placement", roles=("commissioner",), relations=("commissioner",)),
    )
    for n in range(number):
        id = uuid4()
        noting.note(
            Look(
                at=MONDAY,
                person_id="a@example",
                how="read",
                route="GET /x",
                right=right,
                record_id=id,
                children=(id,),
            )
        )
        if n % BATCH == BATCH - 1:
            noting.write()
    noting.close()
