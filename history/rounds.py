"""Jobs that look now and then whether there is something to do, rather than wait to be woken."""

from __future__ import annotations

import logging
import threading
from abc import abstractmethod
from typing import Any, ClassVar

import psycopg

from history.job import Job

log = logging.getLogger(__name__)


class Rounds(Job):
    """Makes its round again and again."""

    every: ClassVar[float]
    """Seconds from the end of one round to the next."""
    first_after: float = 0.0
    """Seconds that a process lets pass before its first round."""
    has_to_wait_for: ClassVar[tuple[type[Exception], ...]] = ()
    """What is no fault: somebody else is busy with the same, and the next round finds it done."""

    @abstractmethod
    def step(self) -> object:
        """One round. Raises what goes wrong."""

    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        stop.wait(self.first_after)
        while not stop.is_set():
            self.well()
            try:
                self.step()
            except self.has_to_wait_for as problem:
                log.info("%s has to wait: %s", self.name, type(problem).__name__)
            stop.wait(self.every)
