"""Whatever happened: the past is what a store says that never received what came later, and what changed leads from then to now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from psycopg.conninfo import conninfo_to_dict

from domain.people import Asker, Scope
from domain.record import Record
from domain.school_days import london_day
from domain.two_times import told_on
from history.store import History
from projections.building_the_past import Then
from projections.changing import changes_between
from projections.patch import applied
from projections.reading import ReadModels
from projections.remembered import fields_of
from projections.timeline import timeline
from tests.support.cut_off import all_lists, cut_off, follow
from tests.support.postgres import PREPARED, TestPostgres
from tests.whole.any_order import AnyOrder
from tests.whole.at_once import Outcome
from tests.whole.conftest import MASTER_KEY
from tests.whole.test_any_order_of_commands import ANY
from tests.whole.town import Around
from tests.whole.world import make_world

A_FEW = settings(ANY, derandomize=True, max_examples=2, stateful_step_count=14)
MANY = settings(ANY, max_examples=60, stateful_step_count=40)
EVERYONE = [Scope(everything=True)]
LATE = (0, 0, 3, 0, 12)
"""By how many days what is said now was true before, one command after the other."""


class LookedBackOn(AnyOrder):
    """A story in which much is written down late; and when it is over, people look back."""

    given = 0

    def give(
        self, name: str, around: Around, asker: Asker, on: UUID | None = None, /, **changes: Any
    ) -> Outcome:
        self.given += 1
        true_on = london_day(self.now) - timedelta(days=LATE[self.given % len(LATE)])
        return super().give(
            name, around, asker, on, **{"decision": {"occurred_on": true_on.isoformat()}, **changes}
        )

    def teardown(self) -> None:
        try:
            read_models = ReadModels(self.dsn, pool_size=1)
            self.at_the_end.callback(read_models.close)
            first, head = self.first, self.history.head()
            for position in sorted({first, (first + head) // 2, head - 1}):
                self.the_same_as_a_store_that_ends_there(read_models, position)
            for id, record in self.watcher.records.items():
                self.what_lies_between_leads_there(type(record), id, first, head)
        finally:
            super().teardown()

    @property
    def first(self) -> int:
        """Where the story begins, after the world was set up."""
        return min(self.history.head() - 1, 150)

    def the_same_as_a_store_that_ends_there(self, read_models: ReadModels, position: int) -> None:
        days: list[date | None] = [None, london_day(self.now) - timedelta(days=5)]
        with cut_off(self.postgres, self.dsn, position) as other:
            history = History(other, master_key=MASTER_KEY, pool_size=2)
            there = ReadModels(other, pool_size=1)
            try:
                follow(other, history)
                today = london_day(self.now)
                here = all_lists(
                    read_models.as_at(self.history, position), EVERYONE, today, self.watcher.records
                )
                assert here == all_lists(there, EVERYONE, today, self.watcher.records)
                for day in days[1:]:
                    assert all_lists(
                        read_models.as_at(self.history, position, day), EVERYONE, today
                    ) == all_lists(there.as_at(history, position, day), EVERYONE, today)
                for id, record in self.watcher.records.items():
                    for day in days:
                        assert as_it_was(self.history, type(record), id, position, day) == as_it_was(
                            history, type(record), id, position, day
                        )
                    assert timeline(self.history, [id], as_at=position) == timeline(history, [id])
            finally:
                there.close()
                history.close()

    def what_lies_between_leads_there(self, kind: type[Record], id: UUID, first: int, head: int) -> None:
        early = london_day(self.now) - timedelta(days=9)
        ends = [Then(first), Then((first + head) // 2), Then(head), Then(head, early), Then(first, early)]
        for start, end in zip(ends, [*ends[1:], ends[0]], strict=True):
            changed = changes_between(self.history, kind, id, start, end, fields_of)
            before = as_it_was(self.history, kind, id, start.position, start.true_on)
            after = as_it_was(self.history, kind, id, end.position, end.true_on)
            assert applied(before, changed.changes) == after
            assert bool(changed.changes) <= bool(changed.events), "nothing changes without an event"
            for change in changed.changes:
                assert set(change.by) <= set(changed.events)
                assert change.by, f"{change.path} changed and nobody did it"


def as_it_was(
    history: History, kind: type[Record], id: UUID, position: int, day: date | None
) -> dict[str, Any]:
    """The facts of a record; none where it was not there."""
    record = history.find(kind, id, as_at=position)
    if record is not None and day is not None:
        record = told_on(kind, record.events, day)
    return {} if record is None else fields_of(record)


@pytest.fixture(scope="module")
def stories(prepared_postgres: TestPostgres) -> Iterator[type[LookedBackOn]]:
    """Stories that each begin in a copy of the world."""
    with prepared_postgres.database(PREPARED) as dsn:
        make_world(dsn)

        class Stories(LookedBackOn):
            """In this world."""

            postgres, world = prepared_postgres, str(conninfo_to_dict(dsn)["dbname"])

        yield Stories


def test_any_story_looked_back_on(stories: type[LookedBackOn]) -> None:
    run_state_machine_as_test(stories, settings=A_FEW)


@pytest.mark.long
def test_very_many_stories_looked_back_on(stories: type[LookedBackOn]) -> None:
    run_state_machine_as_test(stories, settings=MANY)
