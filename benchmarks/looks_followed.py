"""What looks cost those who follow the history: the same lives without looks, and with many of them between the events."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median
from uuid import uuid4

import psycopg

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Figure
from domain.looks import Look, Right
from history.store import History
from projections.leading import Leading
from projections.tables import TABLES
from tests.support.walk import MONDAY, at
from workflows.casework import Casework
from workflows.noting_looks import Noting

LIVES, BATCH, LOOKS = 120, 500, 10
FOLLOWED = "Read models catch up with a history in which reads are ten times the writes"


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
