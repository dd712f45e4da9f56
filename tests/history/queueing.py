"""Saves that are asked for while somebody else has the turn, so that they are written together."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import psycopg

from history.store import History
from tests.history.diary import Diary

TURN = 4703268521017386318
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = %s::oid"


class Queue:
    """Saves that are asked for in this order while somebody else has the turn."""

    def __init__(self, history: History, database: psycopg.Connection) -> None:
        self.history, self.database = history, database
        self.threads = ThreadPoolExecutor(32)
        self.asked = 0

    def ask(self, save: Callable[[], object]) -> Future[object]:
        """The first waits in the database, the others in this process."""
        future = self.threads.submit(save)
        self.asked += 1
        together = self.history._records.recorder._together
        until(lambda: waiting(self.database) == 1 and len(together._waiting) == self.asked - 1)
        return future

    def save(self, diary: Diary, **more: object) -> Future[object]:
        return self.ask(lambda: self.history.save(diary, **more))  # type: ignore[arg-type]


@contextmanager
def queue(history: History, database: psycopg.Connection) -> Iterator[Queue]:
    """Saves asked for in here are written when it ends; the first alone, the others together."""
    asked = Queue(history, database)
    database.execute("SELECT pg_advisory_lock(%s)", (TURN,))
    try:
        with asked.threads:
            yield asked
            database.execute("SELECT pg_advisory_unlock(%s)", (TURN,))
    finally:
        database.execute("SELECT pg_advisory_unlock_all()")


def waiting(database: psycopg.Connection) -> int:
    """How many wait for their turn in the database."""
    oid = "SELECT oid FROM pg_database WHERE datname = current_database()"
    [number] = database.execute(oid).fetchone() or [0]
    [count] = database.execute(WAITING, (number,)).fetchone() or [0]
    return int(count)


def until(true: Callable[[], bool]) -> None:
    """Wait for it."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.002)
