"""A history, a clock, and somebody who acts by itself when the test lets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import psycopg
import pytest

from domain.events import Event
from history.store import History
from service.triggering.kept import Reached
from service.triggering.triggering import Triggering
from tests.projections.conftest import (
    Clock,
    caught_up,
    clock,
    database,
    dsn,
    history,
    read_models,
    walk,
)
from tests.support.walk import PLACEMENT, PROVIDER, PROVIDER_STAFF, Walk
from workflows.sent import Done
from workflows.triggers.all_triggers import ALL
from workflows.triggers.trigger import Trigger

__all__ = ["Clock", "caught_up", "clock", "database", "dsn", "history", "read_models", "walk"]

E = TypeVar("E", bound=Event)
FIRST_DAY = date(2026, 11, 23)


class ByItself:
    """The triggers of one worker, a step at a time."""

    def __init__(self, dsn: str, history: History, clock: Clock, triggers: tuple[Trigger, ...]) -> None:
        self._dsn, self.job, self.history = dsn, Triggering(dsn, history, clock, triggers=triggers), history
        with self._connected() as connection:
            self.how_far: Reached = self.job.begin(connection)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            yield connection

    def acts(self) -> None:
        """Act on all that has happened, and on what follows from that."""
        with self._connected() as connection:
            while self.job.events(connection, self.how_far):
                pass

    def ticks(self) -> int:
        """Look at the clock; on how many duties it acted."""
        with self._connected() as connection:
            return self.job.tick(connection, self.how_far)

    def starts_anew(self) -> None:
        """Another worker, that knows only what is kept."""
        with self._connected() as connection:
            self.how_far = self.job.begin(connection)

    def loses_its_place(self) -> None:
        """What is kept of how far it came is gone, as after a rebuild of all that can be rebuilt."""
        with self._connected() as connection:
            connection.execute("DROP TABLE read_models.triggers_reached")
            self.how_far = self.job.begin(connection)

    def did(self, kind: type[E]) -> list[E]:
        """What was recorded by triggers, of a kind."""
        events = [stored.event for stored in self.history.scan()]
        return [event for event in events if isinstance(event, kind) and event.decision.triggered is not None]

    def close(self) -> None:
        self.job.at_the_end()


@pytest.fixture
def triggers() -> tuple[Trigger, ...]:
    """All of them, until a module of tests wants others."""
    return ALL


@pytest.fixture
def live(walk: Walk) -> Walk:
    """A placement that began on Monday."""
    walk.live_until("start_placement")
    return walk


@pytest.fixture
def by_itself(
    dsn: str, history: History, clock: Clock, live: Walk, triggers: tuple[Trigger, ...]
) -> Iterator[ByItself]:
    """The triggers, introduced after the placement began."""
    acting = ByItself(dsn, history, clock, triggers)
    yield acting
    acting.close()


Reports = Callable[..., Done]
CaughtUp = Callable[[], None]


@pytest.fixture
def reports(live: Walk, clock: Clock) -> Reports:
    """The provider reports half-days: `(day, half, seen)` and whatever else a session has."""

    def report(*sessions: tuple[date, str, str], **more: Any) -> Done:
        last = max(day for day, _, _ in sessions)
        clock.moment = max(clock.moment, datetime.combine(last, time(16), UTC))
        body = [
            {
                "placement_id": str(PLACEMENT),
                "session": {"day": day.isoformat(), "half": half, "seen": seen, **more},
            }
            for day, half, seen in sessions
        ]
        return live.do("report_day", PROVIDER, PROVIDER_STAFF, sessions=body)

    return report
