"""Appends alone, where a flush to disk is quick and where it takes a millisecond more, beside their rivals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import psycopg
from eventsourcing.persistence import StoredEvent

from benchmarks.ground import durable_database, history_in
from benchmarks.measuring import Act, Figure, compared, rivals
from benchmarks.writing import BARE, bare_inserts, stock_recorder
from history.appending import Append
from history.receipts import Receipt
from history.recorder import HistoryRecorder

THREADS = (1, 4, 16)
ROW = StoredEvent(uuid4(), 1, "placements.moved", b"x" * 350)
STOCK, OURS = "the event library's own recorder, as it comes", "ours: in one order without gaps"
# Whoever flushes sleeps this long first, with the lock in hand that others need to flush: a slow disk, as far
# as those who wait for it can tell.
SLOW_FLUSH = (
    "ALTER SYSTEM SET commit_delay = 1000",
    "ALTER SYSTEM SET commit_siblings = 0",
    "SELECT pg_reload_conf()",
)


def measure(seconds: float) -> Iterator[Figure]:
    """One event of 350 bytes a save, at 1, 4 and 16 threads, on both disks."""
    with durable_database() as dsn, history_in(dsn) as history, ExitStack() as at_the_end:
        recorder = history._records.recorder
        ways: dict[str, Callable[[int], Act]] = {
            BARE: bare_inserts(dsn, ROW, at_the_end),
            STOCK: stock_recorder(dsn, ROW, at_the_end),
            OURS: appends(recorder),
            "ours, with a receipt and two records that were read": appends(recorder, with_more=True),
        }
        for disk in ("the disk as it is", "a flush takes 1 ms more"):
            for threads in THREADS:
                acts = {name: [way(n) for n in range(threads)] for name, way in ways.items()}
                rates, group = rivals(acts, seconds), f"Appends, {disk}, {threads} at a time"
                yield from compared(group, rates, BARE)
                yield Figure(
                    group, "ours, of the event library's own recorder", rates[OURS] / rates[STOCK], "times"
                )
            with psycopg.connect(dsn, autocommit=True) as database:
                for statement in SLOW_FLUSH:
                    database.execute(statement)


def appends(recorder: HistoryRecorder, *, with_more: bool = False) -> Callable[[int], Act]:
    """A new record with one event, and what a command sends along with it."""

    def plain() -> object:
        return recorder.append(Append([StoredEvent(uuid4(), 1, ROW.topic, ROW.state)]))

    def more() -> object:
        receipt = Receipt("someone", str(uuid4()), "move", bytes(32), uuid4(), 1, {"warnings": []})
        event = StoredEvent(uuid4(), 1, ROW.topic, ROW.state)
        return recorder.append(Append([event], {uuid4(): 0, uuid4(): 0}, receipt))

    return lambda thread: more if with_more else plain
