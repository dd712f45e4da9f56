"""The daily tick over a hundred thousand live placements: what fell due in a day, beside a bare scan of the same table."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg

from benchmarks.ground import durable_database
from benchmarks.measuring import Act, Figure
from projections.due import DUE
from projections.falling import Falling
from projections.reading import ReadModels
from projections.setup import drop
from service.triggering.waiting import LONGEST_WAIT

PLACEMENTS = (10_000, 100_000)
DUTIES = 14
"""Open duties of a live placement, its child's among them: as many as those of the demonstration have, reviews to come included."""
DONE = 10
"""Duties of the same that were done and stay in the table."""
DAY = timedelta(days=1)
MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)

# Days due lie evenly over 400 days around the morning; each placement has as many duties open as done.
FILL = """
    INSERT INTO due SELECT gen_random_uuid(), 1, n, false, md5('child ' || p)::uuid, 'T16', 1, 'should', 'S', 'commissioner',
        md5('placement ' || p)::uuid, '', md5('child ' || p)::uuid, md5('placement ' || p)::uuid, NULL, NULL, NULL, NULL,
        md5('authority ' || p %% 150)::uuid, d.day - 30, d.day - 7, d.day, 'half-terms', '', '2026-01-01Z',
        CASE WHEN n > %(open)s THEN d.day - 1 END, NULL, NULL, NULL,
        d.day - interval '7 days', d.day::timestamptz, d.day + interval '1 day'
    FROM generate_series(%(first)s::int, %(last)s::int) p, generate_series(1, %(each)s::int) n,
        LATERAL (SELECT date '2026-08-01' + (abs(hashtext(p || ' ' || n)) %% 400) AS day) d
"""


def measure(seconds: float) -> Iterator[Figure]:
    """A tick of a day with ten and with a hundred thousand placements, and ticks of an hour in which nothing falls due."""
    with durable_database() as dsn, psycopg.connect(dsn, autocommit=True) as connection:
        read_models, falling = ReadModels(dsn, pool_size=1), Falling(dsn)
        connection.execute(
            "SET search_path = read_models; SET timezone = 'UTC'; SET synchronous_commit = off"
        )
        for many in PLACEMENTS:
            drop(connection, DUE.name)
            connection.execute(DUE.create)
            connection.execute(FILL, {"first": 1, "last": many, "open": DUTIES, "each": DUTIES + DONE})
            connection.execute(DUE.indexes)
            connection.execute("VACUUM ANALYZE due")
            group = f"The daily tick over {many:,} live placements, {many * (DUTIES + DONE):,} duties"
            scan = _least(
                lambda: connection.execute("SELECT count(*), max(due_on) FROM due").fetchall(), seconds
            )
            yield Figure(group, "bare scan of the table", 1000 * scan, "ms", 1.0)
            for what, after in (
                ("a day", MORNING - DAY),
                ("an hour in which nothing falls due", MORNING - DAY / 24),
            ):
                fell = len(read_models.due.fell_due(after, MORNING))
                took = _least(partial(read_models.due.fell_due, after, MORNING), seconds)
                yield Figure(group, f"{what}: {fell:,} fell due", 1000 * took, "ms", took / scan)
            # As if every open duty were one that is taken higher after some days, and none of the last four months were ever met.
            look = partial(falling.alike_overdue, ("T16",), MORNING - LONGEST_WAIT, MORNING)
            took = _least(look, seconds)
            yield Figure(group, "what stands open for long, told by kind", 1000 * took, "ms", took / scan)
        falling.close()
        read_models.close()


def _least(act: Act, seconds: float) -> float:
    """The shortest time it took, tried three times at least."""
    best, end = float("inf"), time.perf_counter() + seconds
    tries = 0
    while tries < 3 or time.perf_counter() < end:
        began = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - began)
        tries += 1
    return best
