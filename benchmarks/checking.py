"""What it costs to check everything that is stored, beside reading the rows of all events and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

import psycopg

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Figure
from history.ledger.notes import Signer
from history.ledger.verifying import verify
from projections.comparing import differences
from projections.rebuilding import rebuild
from service.soundness.checking import check
from service.soundness.events import EventsRead
from tests.support.sealing import seal

LIVES, ROUNDS = 400, 3
SIGNER = Signer("council.example/placements", bytes(range(32)))
ROWS = (
    "SELECT notification_id, originator_id, originator_version, topic, state FROM history.events ORDER BY 1"
)
BARE = "the rows of all events, read"


def measure(seconds: float) -> Iterator[Figure]:
    """Events a second, in turns."""
    with durable_database() as dsn, history_in(dsn, 2) as history:
        store_lives(history, LIVES)
        seal(dsn, history, SIGNER)
        rebuild(history, dsn)
        trusted, events = [SIGNER.public], history.head()
        ways: dict[str, Callable[[], object]] = {
            BARE: lambda: bare(dsn),
            "compared with the ledger": lambda: verify(history, trusted),
            "compared with the ledger, decoded, words opened": lambda: verify(
                history, trusted, each=EventsRead(history.mapper)
            ),
            "read models compared with a rebuild": lambda: differences(history, dsn),
            "all of it: placements check": lambda: check(history, dsn, trusted),
        }
        took: dict[str, list[float]] = {what: [] for what in ways}
        for _ in range(ROUNDS):
            for what, way in ways.items():
                began = time.perf_counter()
                way()
                took[what].append(time.perf_counter() - began)
        rates = {what: events / median(times) for what, times in took.items()}
        for what, rate in rates.items():
            yield Figure(
                f"A check of {events:,} events",
                what,
                rate,
                "events/s",
                None if what == BARE else rate / rates[BARE],
            )


def bare(dsn: str) -> int:
    """Every row, fetched in binary, and let go."""
    with psycopg.connect(dsn) as connection, connection.cursor("rows", binary=True) as cursor:
        cursor.itersize = 2_048
        return sum(1 for _ in cursor.execute(ROWS))
