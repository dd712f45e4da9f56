"""Looks are written by a thread of their own: numbered, many in one event, within bounds, and never twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from domain.looks import Look, LooksNoted, Right
from domain.people import Asker
from tests.support.memory import InMemoryHistory
from tests.support.walk import CHILD, MONDAY, PLACEMENT
from workflows.casework import Casework
from workflows.command import Command
from workflows.noting_looks import MOST_IN_A_BATCH, WRITE_EVERY, Noting
from workflows.sent import Done, Sent


class SometimesAway:
    """Casework whose database can be away, or take what is written and lose the answer."""

    def __init__(self) -> None:
        self.history = InMemoryHistory()
        self.casework = Casework(self.history, lambda: MONDAY)
        self.away = self.loses_answers = False

    def perform(
        self, command: Command, asker: Asker, on: UUID | None = None, sent: Sent | None = None
    ) -> Done:
        if self.away:
            raise ConnectionError
        done = self.casework.perform(command, asker, on, sent)
        if self.loses_answers:
            self.loses_answers = False
            raise ConnectionError
        return done

    @property
    def batches(self) -> list[LooksNoted]:
        return [event for event in self.history.events if isinstance(event, LooksNoted)]


def a_look(n: int = 0, **of: Any) -> Look:
    """The look of one officer at one placement."""
    right = Right(row="placement")
    facts: dict[str, Any] = {"record_id": PLACEMENT, "children": (CHILD,), **of}
    return Look(at=MONDAY, person_id=f"officer-{n}", how="read", route="GET /x", right=right, **facts)


@contextmanager
def noting(database: SometimesAway, **of: Any) -> Iterator[Noting]:
    """The looks of a process that ends in order."""
    looks = Noting(database, **of)
    yield looks
    looks.close()


def test_looks_are_written_within_a_second_without_anybody_asking() -> None:
    database = SometimesAway()
    with noting(database) as looks:
        looks.note(a_look())
        assert database.batches == [], "the reader waits for nothing"
        until = time.monotonic() + 5 * WRITE_EVERY
        while not database.batches and time.monotonic() < until:
            time.sleep(0.02)
        assert [len(batch.looks) for batch in database.batches] == [1]


def test_many_looks_are_one_event() -> None:
    database = SometimesAway()
    with noting(database) as looks:
        for n in range(300):
            looks.note(a_look(n))
        looks.write()
        [batch] = database.batches
        assert [look.person_id for look in batch.looks] == [f"officer-{n}" for n in range(300)]


def test_an_event_holds_so_many_ids_at_most_and_one_long_file_whole() -> None:
    database = SometimesAway()
    with noting(database) as looks:
        for n in range(MOST_IN_A_BATCH):
            looks.note(a_look(n))
        looks.note(a_look(records=(PLACEMENT,) * (MOST_IN_A_BATCH + 1)))
        looks.write()
    sizes = [sum(1 + len(k.records) + len(k.children) for k in batch.looks) for batch in database.batches]
    assert sizes == [MOST_IN_A_BATCH, MOST_IN_A_BATCH, MOST_IN_A_BATCH + 3, 0]


def test_batches_and_looks_are_numbered_and_the_last_one_says_so() -> None:
    database = SometimesAway()
    with noting(database) as looks:
        looks.begin()
        for _ in range(2):
            looks.note(a_look())
            looks.note(a_look())
            looks.write()
    told = [(b.batch, b.first, len(b.looks), b.ended) for b in database.batches]
    assert told == [(1, 1, 0, False), (2, 1, 2, False), (3, 3, 2, False), (4, 5, 0, True)]
    assert len({batch.process for batch in database.batches}) == 1


def test_a_killed_process_is_known_by_the_end_that_is_missing() -> None:
    database = SometimesAway()
    killed = Noting(database)
    killed.begin()
    killed.note(a_look())
    killed.write()
    assert [batch.ended for batch in database.batches] == [False, False]
    killed.close()


def test_what_could_not_be_written_is_written_once_the_database_is_back() -> None:
    database = SometimesAway()
    with noting(database) as looks:
        database.away = True
        looks.note(a_look(1))
        with pytest.raises(ConnectionError):
            looks.write()
        looks.note(a_look(2))
        database.away = False
        looks.write()
        assert [look.person_id for batch in database.batches for look in batch.looks] == [
            "officer-1",
            "officer-2",
        ]


def test_a_batch_whose_answer_was_lost_is_not_written_twice() -> None:
    database = SometimesAway()
    with noting(database) as looks:
        database.loses_answers = True
        looks.note(a_look(1))
        with pytest.raises(ConnectionError):
            looks.write()
        looks.note(a_look(2))
        looks.write()
        assert [(b.batch, len(b.looks)) for b in database.batches] == [(1, 1), (2, 1)]


def test_while_the_database_is_away_memory_is_bounded_and_what_is_missed_is_told_and_numbered() -> None:
    database = SometimesAway()
    with noting(database, most_waiting=20) as looks:
        database.away = True
        for n in range(50):
            looks.note(a_look(n))
        database.away = False
        looks.write()
        looks.note(a_look(99))
        looks.write()
        first, second = database.batches
        assert (first.first, len(first.looks), first.missed) == (1, 10, 40)
        assert (second.first, second.looks[0].person_id) == (51, "officer-99")


def test_what_waits_is_written_at_the_end() -> None:
    database = SometimesAway()
    with noting(database) as looks:
        looks.note(a_look())
    assert [(len(b.looks), b.ended) for b in database.batches] == [(1, False), (0, True)]


def test_two_processes_number_their_own() -> None:
    database = SometimesAway()
    with noting(database) as one, noting(database) as two:
        one.note(a_look(1))
        two.note(a_look(2))
        one.write()
        two.write()
        assert [b.batch for b in database.batches] == [1, 1]
        assert len({b.process for b in database.batches}) == 2


def test_a_process_that_shows_nothing_to_anybody_leaves_no_trace() -> None:
    database = SometimesAway()
    with noting(database):
        pass
    assert database.batches == []
