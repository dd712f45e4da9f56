"""What workers do again and again: one of them at a time, begun again after a fault, and given up when it fails too often.

A job says what it is called, what it does in words, and what it does until it is told to stop. All the rest is the same for every
job and written here: who leads, what happens after a fault, and how it is told how the job stands.
"""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError

log = logging.getLogger(__name__)

State = Literal["standing_by", "working", "waiting", "failing", "ended"]
"""It waits for its turn to lead; it does its work; the database is away; it failed and begins again; it was told to stop."""

GLANCE = 0.5
"""Seconds in which it notices that it should stop, or that it may lead; and after which a leader looks whether it still leads."""
SHORTEST_PAUSE, LONGEST_WAIT, LONGEST_PAUSE = 0.1, 5.0, 30.0
"""Seconds after the first fault, doubled with each: up to the second while the database is away, else up to the third."""
STEADY_AFTER = 60.0
"""Seconds of work after which a fault counts as the first again."""
TOO_OFTEN = 12
"""Faults one after the other, some three minutes of them, after which the process had better begin anew."""

TAKE = "SELECT pg_try_advisory_lock(%s)"
LET_GO = "SELECT pg_advisory_unlock(%s)"
# A machine that vanishes says no goodbye: after some ten seconds without an answer its lead is free.
NOTICE = "SET tcp_keepalives_idle = 4; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3"
AWAY = (psycopg.OperationalError, psycopg.InterfaceError, OperationalError, InterfaceError)


class GivenUp(Exception):
    """A job failed too often one after the other. The process should end, and be started again."""

    def __init__(self, name: str, error: str) -> None:
        self.name, self.error = name, error
        super().__init__(f"{name} failed {TOO_OFTEN} times one after the other, at last with {error}")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands in this process. Times are those of `time.monotonic`."""

    state: State = "standing_by"
    since: float = 0.0
    well_at: float = 0.0
    """When it last said that it is well."""
    faults: int = 0
    """All there were since the process began."""
    in_a_row: int = 0
    """Those after the last minute of steady work."""
    error: str = ""
    """The class of the last one; its words might quote a record."""


class Job(ABC):
    """One of any number, in any number of processes."""

    name: ClassVar[str]
    """How meters and `/health` call it."""
    words: ClassVar[str]
    """What it does, as the end of the sentence "this worker..."."""
    lock: ClassVar[int | None] = None
    """Who holds this lock of the database leads; the others stand by. None where all may do it at once."""
    patience: ClassVar[float] = 60.0
    """Seconds without a sign of life after which it counts as stuck."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._lead: psycopg.Connection[Any] | None = None
        self._looked = 0.0
        self.standing = Standing(since=time.monotonic())
        self.counts: Counter[str] = Counter()
        """What it did in this process, by names in the code."""
        self.leads = threading.Event()
        """Set while it is this one that works."""

    @abstractmethod
    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Do it until told to stop, and say `well` at every turn. The connection is the one that holds the lead.

        Whatever is raised is logged, and the work begun again after a pause; nothing is to be swallowed in here.
        """

    def at_the_end(self) -> None:  # noqa: B027 - most have nothing to let go of
        """Let go of what was kept from one beginning to the next."""

    def well(self) -> None:
        """Say that it goes on, which the leader may only while it leads. Raises psycopg.OperationalError where the lead was lost."""
        now = time.monotonic()
        if self._lead is not None and self.lock is not None and now - self._looked >= GLANCE:
            self._lead.execute("SELECT")
            self._looked = now
        steady = self.standing.state == "working" and now - self.standing.since >= STEADY_AFTER
        in_a_row = 0 if steady else self.standing.in_a_row
        self.standing = replace(self.standing, well_at=now, in_a_row=in_a_row)

    def run(self, stop: threading.Event) -> None:
        """Take part until told to stop. Raises GivenUp."""
        pause = SHORTEST_PAUSE
        try:
            while not stop.is_set():
                began = time.monotonic()
                longest = self._try(stop, pause)
                pause = SHORTEST_PAUSE if time.monotonic() - began >= STEADY_AFTER else min(pause, longest)
                stop.wait(pause)
                pause *= 2
        finally:
            self._now("ended")
            self.at_the_end()

    def _try(self, stop: threading.Event, pause: float) -> float:
        """Take part once, and say how long the pause after it may be at most."""
        try:
            self._take_part(stop)
        except AWAY as problem:
            if not stop.is_set():
                log.warning("%s waits, the database is away: %s", self.name, type(problem).__name__)
            self._now("waiting", problem)
            return LONGEST_WAIT
        except Exception as problem:
            if stop.is_set():
                # Others of this process have gone already, and with them what it worked with.
                return 0.0
            log.exception("%s failed; it begins again in %s seconds", self.name, pause)
            self._now("failing", problem)
            if self.standing.in_a_row >= TOO_OFTEN:
                raise GivenUp(self.name, type(problem).__name__) from problem
            return LONGEST_PAUSE
        return 0.0

    def _take_part(self, stop: threading.Event) -> None:
        with self._leading(stop) as connection:
            if connection is None:
                return
            self._lead = connection
            self._now("working")
            self.leads.set()
            try:
                log.info("this process %s", self.words)
                self.work(connection, stop)
            finally:
                self.leads.clear()
                self._lead = None

    @contextmanager
    def _leading(self, stop: threading.Event) -> Iterator[psycopg.Connection[Any] | None]:
        """A connection that holds the lead; none where it was told to stop before it had it."""
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as connection:
            connection.execute(NOTICE)
            self._now("standing_by")
            # Asked again and again: to wait for the lock would be one long query, and keep the database from cleaning up.
            while self.lock is not None and connection.execute(TAKE, (self.lock,)).fetchone() != (True,):
                self.well()
                if stop.wait(GLANCE):
                    yield None
                    return
            try:
                yield connection
            finally:
                # At once, for the one who stands by: the end of a connection is noticed only some time later.
                if self.lock is not None:
                    with suppress(psycopg.Error):
                        connection.execute(LET_GO, (self.lock,))

    def _now(self, state: State, problem: BaseException | None = None) -> None:
        now, before = time.monotonic(), self.standing
        error = type(problem).__name__ if problem else before.error
        fault = int(state == "failing")
        since = before.since if state == before.state else now
        well_at = now if state in ("working", "standing_by") else before.well_at
        self.standing = Standing(state, since, well_at, before.faults + fault, before.in_a_row + fault, error)
