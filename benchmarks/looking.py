"""What it costs that reads are noted, of what the reads themselves cost, in processor time of this process and of the database."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import FastAPI

from api import lists, looking
from api.app import create_app
from benchmarks.ground import durable_database
from benchmarks.lives import store_lives
from benchmarks.looks_followed import followed
from benchmarks.measuring import Figure
from benchmarks.spent import Spent
from domain.packed_ids import how_many, packed
from domain.people import Role
from history.store import History
from tests.api.issuer import Issuer
from tests.api.people import KEY, open_desk
from tests.support.walk import MONDAY, THE_SERVICE, at
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.noting_looks import WRITE_EVERY, Noting

LIVES, ROUNDS = 120, 11
CASELOAD = Random(1)  # noqa: S311 - nothing is kept secret with it
PLACEMENTS = [UUID(int=CASELOAD.getrandbits(128), version=4) for _ in range(10_000)]
GROUP = "Processor time of reads, and of noting them"


def measure(seconds: float) -> Iterator[Figure]:
    """Requests of several kinds; then what looks cost those who follow the history."""
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
            looks = ByHand(desk.casework)
            app = create_app(replace(desk, looks=looks))
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
                rounds = max(5, round(ROUNDS * seconds))
                yield from in_turns(app, looks, dsn, name, cycle(asked), token, rounds)
    yield from followed()


class ByHand(Noting):
    """Looks that are written when the one who measures says so, and not by a thread: so it is known what the writing takes."""

    def _write_now_and_then(self) -> None:
        """Never."""

    def each_another_page(self) -> None:
        """Make each page that waits one of a caseload of 10,000, as if everybody were reading elsewhere: so no id helps another."""
        for n, look in enumerate(self._waiting):
            if look.page is not None:
                others = packed(CASELOAD.sample(PLACEMENTS, how_many(look.page.placements)))
                self._waiting[n] = replace(look, page=replace(look.page, placements=others))


def in_turns(
    app: FastAPI, looks: ByHand, dsn: str, name: str, paths: Iterator[str], token: str, rounds: int
) -> Iterator[Figure]:
    """Requests for a second of processor time, then what was noted of them is written; the first round warms up.

    All is processor time, of this process and of the database, so what else the machine does counts little.
    """
    spent = Spent(dsn)
    with closing(asyncio.new_event_loop()) as loop:
        turns = [
            _turn(looks, spent, lambda path: loop.run_until_complete(ask(app, path, token)), paths)
            for _ in range(rounds + 1)
        ][1:]
    read = median(turn.read for turn in turns)
    yield Figure(GROUP, f"{name}, and not to note it", 1e6 * read, "us", 1.0)
    for what, parts in (
        ("what the reader does to note it", [turn.reader for turn in turns]),
        ("writing it, in this process", [turn.writing for turn in turns]),
        ("writing it, in the database", [turn.database for turn in turns]),
    ):
        yield Figure(GROUP, f"{name}: {what}", 1e6 * median(parts), "us", median(parts) / read)
    shares = sorted((turn.reader + turn.writing + turn.database) / turn.read for turn in turns)
    for what, share in (
        ("all of it, in the middle turn", median(shares)),
        ("all of it, in the best", shares[0]),
        ("all of it, in the worst", shares[-1]),
    ):
        yield Figure(GROUP, f"{name}: {what}", 1e6 * share * read, "us", share)


class Turn(NamedTuple):
    """Seconds of processor time for one request: to answer it, and what noting adds to that."""

    read: float
    reader: float
    writing: float
    database: float


def _turn(looks: ByHand, spent: Spent, ask: Callable[[str], None], paths: Iterator[str]) -> Turn:
    gc.collect()
    began, own, done = spent.seconds(), time.process_time(), 0
    with _timed() as noting:
        # As many as one process can answer in the time from one writing to the next.
        while time.process_time() - own < WRITE_EVERY:
            ask(next(paths))
            done += 1
    answered = spent.seconds()
    looks.each_another_page()
    waiting, own = spent.seconds(), time.process_time()
    looks.write()
    # Those who follow the history, and processes of the database that only work afterwards, are counted too.
    time.sleep(0.1)
    writing, written = time.process_time() - own, spent.seconds()
    return Turn(
        read=(answered - began - sum(noting)) / done,
        reader=sum(noting) / done,
        writing=writing / done,
        database=(written - waiting - writing) / done,
    )


@contextmanager
def _timed() -> Iterator[list[float]]:
    """How long each noting takes the one who reads: measured around it, because it is less than two readings differ by."""
    took: list[float] = []

    def timed(note: Callable[..., None]) -> Callable[..., None]:
        def noted(*of: Any) -> None:
            began = time.thread_time()
            note(*of)
            took.append(time.thread_time() - began)

        return noted

    kept = [(vars(module), vars(module)["_note"]) for module in (looking, lists)]
    for names, note in kept:
        names["_note"] = timed(note)
    try:
        yield took
    finally:
        for names, note in kept:
            names["_note"] = note


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
