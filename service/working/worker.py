"""One worker process: a thread for each job, looked after until it is told to stop or a job fails too often."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from uuid import uuid4

import structlog

from history.job import GivenUp, Job
from service.plain_error import PlainError
from service.working.reporting import Reporting

log = structlog.get_logger("service.working")

LOOK_EVERY = 0.1
GRACE = 1.0
"""Seconds that jobs have to end. What is cut off then is as if the process had been killed, which every job survives."""

Tell = Callable[[str], None]


def silence(_: str) -> None:
    """Tell nobody: the log says it."""


class Worker:
    """Any number of these may run, on any number of machines."""

    def __init__(self, dsn: str, jobs: Sequence[Job], tell: Tell = silence) -> None:
        """`tell` hears, in sentences for a person, what it does and when another worker leads."""
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:4]}"
        self._dsn, self._jobs, self._tell = dsn, jobs, tell
        self._given_up: list[GivenUp] = []
        self._told: dict[str, str] = {}

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop. Raises PlainError when a job failed too often: the process had better begin anew."""
        ending = threading.Event()
        reporting = Reporting(self._dsn, self.name, self._jobs)
        threads = [threading.Thread(target=reporting.run, args=[ending], name="reporting", daemon=True)]
        threads += [
            threading.Thread(target=self._do, args=[job, ending], name=job.name, daemon=True)
            for job in self._jobs
        ]
        self._tell(f"This is worker {self.name}. What no other worker does already, it does:")
        for job in self._jobs:
            self._tell(f"  {job.name}: {job.words}")
        for thread in threads:
            thread.start()
        try:
            while not stop.wait(LOOK_EVERY) and not self._given_up:
                self._tell_changes()
        finally:
            ending.set()
            self._wait_for(threads)
        for failed in self._given_up:
            raise PlainError(f"The worker ends, to be started again: {failed}.")
        self._tell("The worker has stopped.")

    def _do(self, job: Job, ending: threading.Event) -> None:
        try:
            job.run(ending)
        except GivenUp as failed:
            self._given_up.append(failed)
        except BaseException as problem:
            log.exception("a job ended", job=job.name)
            self._given_up.append(GivenUp(job.name, type(problem).__name__))

    def _wait_for(self, threads: Sequence[threading.Thread]) -> None:
        deadline = time.monotonic() + GRACE
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        late = [thread.name for thread in threads if thread.is_alive()]
        if late:
            log.warning("cut off, and done again by the next worker", jobs=late)

    def _tell_changes(self) -> None:
        for job in self._jobs:
            said = SAID[job.standing.state]
            if said != self._told.get(job.name):
                self._told[job.name] = said
                self._tell(f"{job.name}: {said.format(error=job.standing.error)}")


SAID = {
    "standing_by": "another worker does it; this one stands by",
    "working": "this worker does it",
    "waiting": "the database does not answer; it waits",
    "failing": "it failed ({error}) and begins again soon; the log says where",
    "ended": "stopped",
}
