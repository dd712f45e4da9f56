"""One of the workers follows the history and the clock, and lets the triggers act, each cause once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import psycopg
import structlog

from domain.reasons import ChangedMeanwhile
from history.encoding import Unreadable
from history.job import AWAY, GLANCE, Job
from history.reading import Stored
from history.store import History
from history.tracing import span
from history.waking import Waking
from projections.falling import Falling
from service.triggering.clockwork import Clockwork
from service.triggering.kept import Reached, keep, reached
from workflows.casework import Casework
from workflows.triggers.acting import Acting, Outcome
from workflows.triggers.all_triggers import ALL, topics_of
from workflows.triggers.cause import Cause, Happened
from workflows.triggers.trigger import Trigger

log = structlog.get_logger("service.triggering")

PAGE = 200
"""Watched events of one page, when it is behind."""
TICK = 1.0
"""Seconds between two looks at the clock."""
TRIES, BETWEEN = 3, 0.2
"""How often a trigger that breaks over a cause is tried before that is written down for a person, and the seconds between."""


class Triggering(Job):
    """It leads alone, so that what follows is done in order; it does no harm when two do it at once."""

    name = "triggers"
    words = "acts by itself on what happened and on what fell due"
    lock = 4703268521017386361

    def __init__(
        self,
        dsn: str,
        history: History,
        clock: Callable[[], datetime],
        *,
        waking: Waking | None = None,
        triggers: Sequence[Trigger] = ALL,
        page: int = PAGE,
    ) -> None:
        """`waking` may be shared with others of this process; without one, it listens for itself."""
        super().__init__(dsn)
        self._history, self._clock, self._triggers, self._page = history, clock, tuple(triggers), page
        self._acting = Acting(Casework(history, clock), history, triggers)
        self._topics = topics_of(self._triggers)
        self._shared, self._waking = waking, waking
        self._falling: Falling | None = None
        self._clockwork: Clockwork | None = None

    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Act on whatever comes."""
        waking = self._waking = self._waking or Waking(self._dsn)
        connection.execute("SET synchronous_commit = off")
        how_far, ticked = self.begin(connection), -TICK
        while not stop.is_set():
            self.well()
            went_on = self.events(connection, how_far)
            if time.monotonic() - ticked >= TICK:
                ticked = time.monotonic()
                self.tick(connection, how_far)
            if not went_on:
                waking.wait_beyond(how_far.position, GLANCE)

    def begin(self, connection: psycopg.Connection[Any]) -> Reached:
        """Put new triggers on record, and find out where to go on. Raises Unavailable."""
        for name in self._acting.introduce():
            log.info("a trigger acts from now on", trigger=name)
        if self._falling is None:
            self._falling = Falling(self._dsn)
        self._clockwork = Clockwork(self._falling, self._history, self._triggers, self._clock)
        return reached(connection, self._clock())

    def events(self, connection: psycopg.Connection[Any], how_far: Reached) -> bool:
        """Act on the next page of the history; whether there was anything to look at. Raises Unavailable."""
        head = self._history.head()
        if head <= how_far.position:
            return False
        page = self._next(how_far.position)
        for stored in page:
            self._act(Happened(stored.position, stored.event))
            how_far.position = stored.position
        if len(page) < self._page:
            # Nothing that is watched lies between the last one and the head, as it was before the page was read.
            how_far.position = max(how_far.position, head)
        keep(connection, how_far)
        return True

    def _next(self, after: int) -> list[Stored]:
        try:
            return self._history.page(after, self._page, self._topics)
        except Unreadable as problem:
            if not problem.position:
                raise
            self._acting.writing_down.unreadable(problem.position, problem)
            return self._next(problem.position)

    def tick(self, connection: psycopg.Connection[Any], how_far: Reached) -> int:
        """Act on what fell due; on how many causes. Raises Unavailable."""
        clockwork = self._clockwork
        if clockwork is None:
            raise RuntimeError("begin first")
        found = clockwork.causes(how_far.until)
        if found is None:
            return 0
        until, causes = found
        for cause in causes:
            self.well()
            self._act(cause)
            clockwork.done(cause)
        if causes or (until - how_far.until).total_seconds() >= TICK:
            how_far.until = until
            keep(connection, how_far)
        return len(causes)

    def _act(self, cause: Cause) -> None:
        for trigger in self._acting.watching(cause):
            self._one(trigger, cause)

    def _one(self, trigger: Trigger, cause: Cause) -> None:
        for left in reversed(range(TRIES)):
            try:
                for outcome in self._traced(trigger, cause):
                    self.counts[trigger.name if outcome.came == "done" else outcome.came] += 1
            except (*AWAY, ChangedMeanwhile):
                # The work begins again, at this cause.
                raise
            except Exception as problem:
                if left:
                    time.sleep(BETWEEN)
                    continue
                log.exception(
                    "a trigger breaks over a cause, which is left to a person", trigger=trigger.name
                )
                self._acting.writing_down.failed(trigger, cause, problem)
                self.counts["failed"] += 1
            return

    def _traced(self, trigger: Trigger, cause: Cause) -> list[Outcome]:
        with span(f"trigger {trigger.name}", cause.correlation_id, cause=cause.key):
            return self._acting.one(trigger, cause)

    def at_the_end(self) -> None:
        if self._waking is not None and self._waking is not self._shared:
            self._waking.close()
        if self._falling is not None:
            self._falling.close()
