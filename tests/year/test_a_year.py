"""A whole school year: every duty, trigger and message is what a person with the rule book and a calendar on the wall finds, and once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from domain.message_events import MessageAskedFor
from domain.noticed_events import Escalated
from domain.trigger_events import CouldNotAct
from history.store import History
from projections.comparing import differences
from tests.duties.oracle import ONE, Life, _asked, _by, ever_missing
from tests.year.simulated import BANK_HOLIDAYS, FIRST, LAST, THE_SCHOOL, Diary, a_year, lived, some_life

TOLD = {"T1", "T13", "T30", "T31"}
"""Duties whose owner is told by a message when they are missed."""
ESCALATED = {"T16": (("named_officer", 0), ("manager", 5))}
"""To whom a missed review is taken, and after how many working days."""
END = LAST + timedelta(days=30)

Consequence = tuple[UUID, str, date]
"""The record, what was done, and the last day of the duty because of which."""


def working_days_after(day: date, days: int) -> date:
    """Counted on the calendar on the wall."""
    while days:
        day += ONE
        days -= day.weekday() < 5 and day not in BANK_HOLIDAYS
    return day


def wanted_of(told: Life, away: range) -> Iterator[tuple[str, date]]:
    """What has to follow from one life: what was done, and the last day of the duty."""

    def acted_on(last: date, done: date | None, over: date | None) -> bool:
        """Whether it is still open in the morning on which a worker sees it: what was made good while none was there is not told."""
        seen_on = FIRST + timedelta(days=away.stop - 1) if (last + ONE - FIRST).days in away else last
        return last < END and not _by(done, seen_on) and not _by(over, seen_on)

    missing = {(rule, due) for rule, due, _ in ever_missing(told, THE_SCHOOL, END)}
    for rule, due, done, over in _asked(told, THE_SCHOOL):
        if (rule, due) not in missing or (rule == "T13" and told.notice_on is not None):
            # When the start is known and with it T13, notice has been given, late as it was: a finding, and nothing to ask for.
            continue
        if rule in TOLD and acted_on(due, done, over):
            yield f"{rule} told", due
        for to, days in ESCALATED.get(rule, ()):
            if acted_on(working_days_after(due, days), done, over):
                yield f"{rule} {to}", due


def expected(lives: dict[UUID, Life], away: range) -> Counter[Consequence]:
    """What has to follow, from the lives and the rule book alone."""
    return Counter((id, what, due) for id, told in lives.items() for what, due in wanted_of(told, away))


def happened(dsn: str, history: History, lives: dict[UUID, Life]) -> Counter[Consequence]:
    """What did follow, from the history."""
    with psycopg.connect(dsn) as connection:
        rows = connection.execute("SELECT duty_id, rule, due_on, child_id FROM read_models.due").fetchall()
    duties = {duty: (rule, due, child) for duty, rule, due, child in rows}
    found: Counter[Consequence] = Counter()
    for stored in history.scan():
        event = stored.event
        by = event.decision.triggered
        if by is None or by.duty_id is None:
            continue
        rule, due, child = duties[by.duty_id]
        if isinstance(event, Escalated):
            found[child, f"{rule} {event.escalation.to}", due] += 1
        elif (
            isinstance(event, MessageAskedFor)
            and rule in TOLD
            and by.trigger == "a_missed_duty_is_told_to_who_owes_it"
        ):
            found[child, f"{rule} told", due] += 1
    return found


def check(dsn: str, history: History, children: int, seed: int, away: range = range(0)) -> int:
    """Live through a year with so many children, and compare; how many consequences it had."""
    diary, chance = Diary(), random.Random(seed)  # noqa: S311 - made up, and the same each time
    for _ in range(children):
        diary.tell(some_life(chance))
    with a_year(dsn, history) as (year, connection):
        lived(year, connection, diary, away)
    children_of = {
        stored.event.originator_id: diary.of[stored.event.originator_id]
        for stored in history.scan()
        if stored.topic == "child.registered"
    }
    wanted, found = expected(children_of, away), happened(dsn, history, children_of)
    assert wanted - found == Counter(), "left undone"
    assert found - wanted == Counter(), "done without cause, or twice"
    assert not [stored for stored in history.scan() if isinstance(stored.event, CouldNotAct)]
    assert differences(history, dsn) == []
    return sum(found.values())


def test_a_year_of_some_children(dsn: str, history: History) -> None:
    assert check(dsn, history, 8, seed=20260901) > 20


@pytest.mark.long
def test_after_weeks_without_a_worker_everything_is_made_up_for_in_order(dsn: str, history: History) -> None:
    assert check(dsn, history, 6, seed=7, away=range(60, 75)) > 10


@pytest.mark.long
def test_a_year_of_two_thousand_placements(dsn: str, history: History) -> None:
    assert check(dsn, history, 2_000, seed=1) > 4_000
