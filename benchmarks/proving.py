"""What the ledger costs: its upkeep beside the writing that it follows, and proofs in a tree over ten million events."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from statistics import median
from typing import NamedTuple

from psycopg.conninfo import make_conninfo

from benchmarks.great_ledger import SIGNER, proofs
from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Act, Figure, per_second
from benchmarks.spent import Spent, of_threads
from benchmarks.writing import LIVES, a_stored_contact, bare_inserts, commands, saves
from history.ledger.evidence import newest_size
from history.ledger.sealing import Sealing
from history.store import History

THREADS, TURNS = 16, 8
UPKEEP = f"Writing with {THREADS} threads, and the ledger"
WORKER = "seals in the benchmark"
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE application_name = %(name)s"


def measure(seconds: float) -> Iterator[Figure]:
    """The upkeep, then proofs."""
    with durable_database() as dsn, history_in(dsn) as history, ExitStack() as at_the_end:
        yield from upkeep(dsn, history, seconds, at_the_end)
    with durable_database() as dsn, history_in(dsn, 2) as history:
        yield from proofs(dsn, history)


def upkeep(dsn: str, history: History, seconds: float, at_the_end: ExitStack) -> Iterator[Figure]:
    """What is written a second while another process keeps the ledger, as in a running service, and while nobody does.

    Short turns of both follow each other, and each is held against the other of its pair, so what else the machine does meets both.
    """
    lives = store_lives(history, LIVES * THREADS)
    row = a_stored_contact(history, lives[0])
    bare, kept, alone = bare_inserts(dsn, row, at_the_end), "and a worker seals it", "and nobody seals"
    rate = median(per_second([bare(n) for n in range(THREADS)], seconds) for _ in range(3))
    yield Figure(UPKEEP, "bare psycopg inserts", rate, "a second", 1.0)
    worker = at_the_end.enter_context(_Worker.at_work(dsn, history))
    # A new record for each event is the hardest that the index can be given.
    for words, way in (
        ("History.save, each time a new record", saves(history, row)),
        ("Casework.perform, log a contact", commands(history, lives, "log_contact")),
    ):
        found: dict[str, list[_Turn]] = {alone: [], kept: []}
        for turn in range(TURNS):
            for what in (alone, kept) if turn % 2 else (kept, alone):
                with worker.sealing(history) if what == kept else nullcontext():
                    sealer = worker if what == kept else None
                    found[what].append(_written(dsn, history, way, seconds, sealer))
        for what, turns in found.items():
            written = median(turn.rate for turn in turns)
            yield Figure(UPKEEP, f"{words}, {what}", written, "a second", written / rate)
        pairs = [k.rate / a.rate for a, k in zip(found[alone], found[kept], strict=True)]
        yield from _spread(f"{words}: rate while it is sealed, of that of the turn beside", pairs)
        spent = median(turn.writing for turn in found[kept])
        yield Figure(UPKEEP, "the same: processor of all that writes one event", 1e6 * spent, "us", 1.0)
        # Counted and not compared: what else the machine does hardly touches it.
        yield from _spread(
            "the same: that of the ledger", [turn.sealing / turn.writing for turn in found[kept]]
        )


class _Turn(NamedTuple):
    """Events a second; and for each the seconds of processor time of all processes that write it, and of those that seal it."""

    rate: float
    writing: float
    sealing: float


def _spread(what: str, shares: list[float]) -> Iterator[Figure]:
    for which, share in (("least", min(shares)), ("middle", median(shares)), ("most", max(shares))):
        yield Figure(UPKEEP, f"{what}: {which}", 100 * share, "%", share)


def _written(
    dsn: str, history: History, way: Callable[[int], Act], seconds: float, sealer: _Worker | None
) -> _Turn:
    acts = [way(n) for n in range(THREADS)]
    # A worker that begins reads the top of the index once, however much is written afterwards.
    per_second(acts, seconds)
    if sealer:
        until_sealed(history)
    before, spent, sealing = history.head(), Spent(dsn), sealer.spent(history) if sealer else 0.0
    rate = per_second(acts, seconds)
    if sealer:
        until_sealed(history)
        sealing = sealer.spent(history) - sealing
    events = history.head() - before
    return _Turn(rate, (spent.seconds() - sealing) / events, sealing / events)


def until_sealed(history: History) -> None:
    """Wait for whoever seals."""
    while newest_size(history) < history.head():
        time.sleep(0.2)


class _Worker:
    """Another process, which seals as a worker does, and stands still when it shall not: it keeps in mind what it has read."""

    def __init__(self, dsn: str) -> None:
        processes = multiprocessing.get_context("spawn")
        self._ends = processes.Event()
        self.process = processes.Process(target=_work, args=(dsn, self._ends), daemon=True)

    @classmethod
    @contextmanager
    def at_work(cls, dsn: str, history: History) -> Iterator[_Worker]:
        """It has begun, and ends with this."""
        worker = cls(dsn)
        worker.process.start()
        until_sealed(history)
        worker._be_sent(signal.SIGSTOP)
        try:
            yield worker
        finally:
            worker._be_sent(signal.SIGCONT)
            worker._ends.set()
            worker.process.join()

    @contextmanager
    def sealing(self, history: History) -> Iterator[None]:
        """It seals, and has sealed all that there was when this begins."""
        self._be_sent(signal.SIGCONT)
        until_sealed(history)
        yield
        self._be_sent(signal.SIGSTOP)

    def spent(self, history: History) -> float:
        """Seconds of processor time until now, with those of the database for it."""
        of_database = history.rows(BACKENDS, {"name": WORKER})
        return of_threads(self._pid) + sum(of_threads(pid) for (pid,) in of_database)

    @property
    def _pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def _be_sent(self, what: signal.Signals) -> None:
        os.kill(self._pid, what)


def _work(dsn: str, ends: threading.Event) -> None:
    dsn = make_conninfo(dsn, application_name=WORKER)
    with history_in(dsn, 2) as history:
        Sealing(dsn, history, SIGNER).run(ends)
