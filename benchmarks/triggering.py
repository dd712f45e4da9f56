"""From an event to what follows from it, beside the round trip of a bare notice; a long history looked through, beside reading it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Figure
from history.store import History
from service.triggering.kept import Reached
from service.triggering.triggering import Triggering
from tests.support.walk import PLACEMENT, PROVIDER, PROVIDER_STAFF, Walk
from workflows.casework import Casework

TIMES = 100
LIVES = 400
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LATENCY, CATCHING_UP = (
    "From an absence to the message that is asked for",
    f"A trigger catches up with {LIVES} placements",
)
ASKED = "SELECT count(*) FROM history.events WHERE topic = 'message.asked_for'"
ROWS = (
    "SELECT notification_id, topic, state, originator_id, originator_version FROM history.events ORDER BY 1"
)


def measure(seconds: float) -> Iterator[Figure]:
    """Each at rest, one after the other."""
    with durable_database() as dsn, history_in(dsn, 6) as history:
        yield from _latency(dsn, history)
    with durable_database() as dsn, history_in(dsn, 2) as history:
        store_lives(history, LIVES, until="end_placement")
        yield from _catching_up(dsn, history)


def _latency(dsn: str, history: History) -> Iterator[Figure]:
    clock = [datetime(2026, 11, 23, 9, tzinfo=UTC)]
    walk = Walk(Casework(history, lambda: clock[0]))
    walk.set_up()
    walk.live_until("start_placement")
    job, stop = Triggering(dsn, history, lambda: clock[0]), threading.Event()
    thread = threading.Thread(target=job.run, args=[stop])
    thread.start()
    job.leads.wait(30)
    time.sleep(1)
    clock[0] = NOW + timedelta(days=200)
    try:
        with psycopg.connect(dsn, autocommit=True) as connection:
            bare = [_notice(dsn, connection) for _ in range(TIMES)]
            found = [_absence(walk, connection, n) for n in range(TIMES)]
    finally:
        stop.set()
        thread.join()
    middle, last = _p99(bare)
    yield Figure(LATENCY, "LISTEN and NOTIFY, there and heard: p99", last, "ms", 1.0)
    yield Figure(
        LATENCY,
        "report stored to first message stored: middle",
        _p99(found)[0],
        "ms",
        _p99(found)[0] / middle,
    )
    yield Figure(
        LATENCY, "report stored to first message stored: p99", _p99(found)[1], "ms", _p99(found)[1] / last
    )


def _notice(dsn: str, connection: psycopg.Connection[tuple[object, ...]]) -> float:
    with psycopg.connect(dsn, autocommit=True) as listening:
        listening.execute("LISTEN bare")
        began = time.perf_counter()
        connection.execute("NOTIFY bare")
        for _ in listening.notifies(timeout=5, stop_after=1):
            return time.perf_counter() - began
    raise TimeoutError("no notice came")


def _absence(walk: Walk, connection: psycopg.Connection[tuple[object, ...]], nth: int) -> float:
    day = date(2026, 11, 23) + timedelta(weeks=nth // 5, days=nth % 5)
    session = {"day": day.isoformat(), "half": "am", "seen": "absent"}
    time.sleep(0.05)
    before = connection.execute(ASKED).fetchone()
    body = [{"placement_id": str(PLACEMENT), "session": session}]
    walk.do("report_day", PROVIDER, PROVIDER_STAFF, sessions=body)
    began = time.perf_counter()
    while connection.execute(ASKED).fetchone() == before:
        time.sleep(0.001)
        if time.perf_counter() - began > 10:
            raise TimeoutError("nothing followed")
    return time.perf_counter() - began


def _catching_up(dsn: str, history: History) -> Iterator[Figure]:
    head = history.head()
    with psycopg.connect(dsn, autocommit=True) as connection:
        began = time.perf_counter()
        read = len(connection.execute(ROWS).fetchall())
        bare = time.perf_counter() - began
        job = Triggering(dsn, history, lambda: NOW)
        job.begin(connection)
        how_far, began = Reached(0, NOW), time.perf_counter()
        while job.events(connection, how_far):
            pass
        took = time.perf_counter() - began
        job.at_the_end()
    yield Figure(CATCHING_UP, "a bare read of the rows", read / bare, "rows/s", 1.0)
    yield Figure(
        CATCHING_UP, "looked through, where nothing has to be done", head / took, "events/s", bare / took
    )


def _p99(seconds: list[float]) -> tuple[float, float]:
    """The middle and the 99th of 100, in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[int(0.99 * (len(ordered) - 1))]
