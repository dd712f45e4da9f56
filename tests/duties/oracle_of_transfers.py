"""The independent count of a transfer to the next phase, and of the time a parent has to answer (T24, T25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.duties.oracle import ONE, Asked, first

RULES = {"T24", "T25", "T25_post_16"}
BEFORE = {"6": ("T25", 2, 15), "11": ("T25_post_16", 3, 31)}
"""The year group before a transfer: its rule, and the month and day by which the plan is amended."""


@dataclass
class Transfer:
    """A child's plans and year groups."""

    groups: list[tuple[date, str]] = field(default_factory=list)
    """Recorded on which day."""
    plans: list[date] = field(default_factory=list)
    ceased_on: list[date] = field(default_factory=list)
    proposed: list[date] = field(default_factory=list)
    answered: list[date] = field(default_factory=list)


def asked_of(told: Transfer) -> Iterator[Asked]:
    """What the rules ask for."""
    for on in told.proposed:
        # A time that is given: nobody fails who lets it go by.
        yield "T24", on + timedelta(days=15), first(told.answered, on), on
    day = date(min((on.year for on, _ in told.groups), default=2020) - 1, 9, 1)
    while day < date(2030, 9, 1):
        ends = date(day.year + 1, 9, 1)
        recorded = [group for on, group in sorted(told.groups, key=lambda one: one[0]) if day <= on < ends]
        if recorded and recorded[-1] in BEFORE:
            rule, month, of_month = BEFORE[recorded[-1]]
            due = date(day.year + 1, month, of_month)
            if _plan_on_some_day(told, day, due):
                yield rule, due, first(told.plans, day), first(told.ceased_on, day)
        day = ends


def _plan_on_some_day(told: Transfer, day: date, last: date) -> bool:
    """Walks from the first plan on: it is there from the day it is issued to the day it ceases."""
    today, has = min(told.plans, default=last + ONE), False
    while today <= last:
        has = today in told.plans or (has and today - ONE not in told.ceased_on)
        if has and today >= day:
            return True
        today += ONE
    return False
