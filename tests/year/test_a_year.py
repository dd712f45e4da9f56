"""A whole school year: every duty, trigger and message is what a person with the rule book and a calendar on the wall finds, and once."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.events import Event
from domain.message_events import MessageAskedFor
from domain.noticed_events import ConcernNoticed, Escalated
from history.store import History
from projections.comparing import differences
from tests.year.expected import END, Consequence, expected, missed_by, open_on
from tests.year.lives import some_life
from tests.year.simulated import Diary, a_year, lived

OVERDUE = """
    SELECT child_id, rule, due_on FROM read_models.due
    WHERE child_id IS NOT NULL AND due_on < %(day)s AND done_on IS NULL AND lapsed_on IS NULL
"""
MISSED = """
    SELECT child_id, rule, due_on FROM read_models.due
    WHERE child_id IS NOT NULL AND due_on < %(day)s AND (done_on IS NULL OR done_on > due_on)
        AND (lapsed_on IS NULL OR lapsed_on > due_on)
"""


def happened(history: History, connection: psycopg.Connection[Any]) -> Counter[Consequence]:
    """All that was done by itself, from the history."""
    rows = connection.execute("SELECT duty_id, child_id, rule, due_on FROM read_models.due").fetchall()
    duties = {duty: (child, rule, due) for duty, child, rule, due in rows}
    child_of: dict[UUID, UUID] = {}
    told_on: dict[int, tuple[str, date]] = {}
    found: Counter[Consequence] = Counter()
    for stored in history.scan():
        event, by = stored.event, stored.event.decision.triggered
        told_on[stored.position] = (stored.topic, event.recorded_at.date())
        if stored.topic == "placement.referred":
            child_of[event.originator_id] = event.child_id  # type: ignore[attr-defined]
        if by is None:
            continue
        if by.duty_id is not None:
            child, because, on = duties[by.duty_id]
        else:
            topic, on = told_on[by.causes[-1]]
            because = {"placement.broken_down": "breakdown", "attendance.sessions_reported": "absence"}[topic]
            child = event.child_id if isinstance(event, MessageAskedFor) else child_of[event.originator_id]
        found[Consequence(child, because, on, *_what(event))] += 1
    return found


def _what(event: Event) -> tuple[str, str]:
    if isinstance(event, MessageAskedFor):
        return event.template, event.to.relation
    if isinstance(event, Escalated):
        return "escalated", event.escalation.to
    return ("concern", "") if isinstance(event, ConcernNoticed) else (type(event).__name__, "")


def check(dsn: str, history: History, children: int, seed: int, away: range = range(0)) -> int:
    """Live through a year with so many children, and compare; how many consequences it had."""
    diary, chance = Diary(), random.Random(seed)  # noqa: S311 - made up, and the same each time
    for _ in range(children):
        diary.tell(some_life(chance))
    with a_year(dsn, history) as (year, connection):

        def compare(day: date) -> None:
            if day.day == 1:
                rows = connection.execute(OVERDUE, {"day": day}).fetchall()
                wanted = Counter((id, *duty) for id, life in diary.of.items() for duty in open_on(life, day))
                assert Counter(rows) == wanted, f"what stands open on {day}"

        lived(year, connection, diary, away, compare)
        missed = Counter(connection.execute(MISSED, {"day": END}).fetchall())
        found = happened(history, connection)
    assert missed == Counter((id, *duty) for id, life in diary.of.items() for duty in missed_by(life, END))
    wanted = expected(diary.of, away)
    assert wanted - found == Counter(), "left undone"
    assert found - wanted == Counter(), "done without cause, or twice"
    assert differences(history, dsn) == []
    return found.total()


def test_a_year_of_some_children(dsn: str, history: History) -> None:
    assert check(dsn, history, 12, seed=20260901) > 100


@pytest.mark.long
def test_after_weeks_without_a_worker_everything_is_made_up_for_in_order(dsn: str, history: History) -> None:
    assert check(dsn, history, 30, seed=7, away=range(60, 75)) > 100


@pytest.mark.long
def test_a_year_of_two_thousand_placements(dsn: str, history: History) -> None:
    assert check(dsn, history, 2_000, seed=1) > 10_000
