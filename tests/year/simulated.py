"""A school year in seconds: lives are written down day by day, and a clock drives a worker from tick to tick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain import referral_events as referral
from domain.events import Event
from domain.record import Record, Recording
from history.store import History
from projections.leading import PAGE, Leading
from projections.tables import TABLES
from service.triggering.triggering import Triggering
from tests.duties import writing, writing_absence
from tests.year.lives import FIRST, LAST, THE_SCHOOL, Lived


@dataclass(slots=True)
class Diary:
    """What is written down on which day, of whom."""

    days: dict[date, list[tuple[UUID, type[Record], type[Event], dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    of: dict[UUID, Lived] = field(default_factory=dict)
    """The life of each child."""

    def tell(self, life: Lived) -> None:
        """Take in a life, each thing on the day on which it is typed in."""
        written: list[tuple[Record, date, type[Event], dict[str, Any]]] = []

        def collect(record: Record, told_on: date, kind: type[Event], /, **facts: Any) -> None:
            written.append((record, told_on, kind, facts))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writing, "write", collect)
            patch.setattr(writing_absence, "write", collect)
            child, placements = writing.records(life.told)
            for placement in placements:
                writing_absence.registers_of(life.away, THE_SCHOOL, child, placement)
        self.of[child.id] = life
        first = min(on for record, on, _, _ in written if on >= FIRST)
        for record, on, kind, facts in written:
            self.days[first if kind is referral.Referred else on].append(
                (record.id, type(record), kind, facts)
            )


class Year:
    """The worker's jobs, a step at a time."""

    def __init__(self, dsn: str, history: History, connection: psycopg.Connection[Any]) -> None:
        self.history, self.now = history, datetime.combine(FIRST, time(5), UTC)
        self.triggers = Triggering(dsn, history, self.clock)
        self.leading = Leading(connection, history, TABLES, PAGE)
        with psycopg.connect(dsn, autocommit=True) as found:
            self.how_far = self.triggers.begin(found)

    def clock(self) -> datetime:
        """What time it is."""
        return self.now

    def at(self, day: date, hour: int) -> None:
        """Let the clock come to an hour."""
        self.now = datetime.combine(day, time(hour), UTC)

    def write(
        self, entries: Sequence[tuple[UUID, type[Record], type[Event], dict[str, Any]]], on: date
    ) -> None:
        """Write down what people told on a day, all of it together."""
        known = self.history.get_many({id: kind for id, kind, _, _ in entries})
        records: dict[UUID, Record] = {}
        for id, kind, event, facts in entries:
            record = records.setdefault(id, known.get(id) or kind(id))
            record.under(Recording(writing.DECISION, self.now, on)).remember(event, **facts)
        if records:
            self.history.save(*records.values())

    def worked(self, connection: psycopg.Connection[Any]) -> None:
        """Do all there is to do now."""
        while True:
            while self.leading.step():
                pass
            went_on = self.triggers.events(connection, self.how_far)
            acted = self.triggers.tick(connection, self.how_far)
            if not went_on and not acted:
                return


@contextmanager
def a_year(dsn: str, history: History) -> Iterator[tuple[Year, psycopg.Connection[Any]]]:
    """An authority and a school with its calendar, and the worker, before anything else happened."""
    with psycopg.connect(dsn, autocommit=True) as leads, psycopg.connect(dsn, autocommit=True) as connection:
        leads.execute("SET search_path = read_models; SET synchronous_commit = off")
        history.save(*writing.organisations(THE_SCHOOL).values())
        year = Year(dsn, history, leads)
        try:
            yield year, connection
        finally:
            year.triggers.at_the_end()


def lived(
    year: Year,
    connection: psycopg.Connection[Any],
    diary: Diary,
    away: range = range(0),
    each_morning: Callable[[date], None] = lambda day: None,
) -> None:
    """Live through the year. On the days counted by `away` no worker runs."""
    early = [entry for on in sorted(diary.days) if on < FIRST for entry in diary.days[on]]
    year.write(early, FIRST)
    day, number = FIRST, 0
    while day <= LAST + timedelta(days=30):
        # In the morning the clock brings what fell due at midnight; then people work, and what they write has its consequences.
        if number not in away:
            year.at(day, 5)
            year.worked(connection)
            each_morning(day)
        if day in diary.days:
            year.at(day, 9)
            year.write(diary.days[day], day)
            if number not in away:
                year.worked(connection)
        day, number = day + timedelta(days=1), number + 1
