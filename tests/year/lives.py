"""The years of children, made up with whatever people forget, put off or type in late."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tests.duties.calendars import BANK_HOLIDAYS
from tests.duties.oracle import ONE, Life, School, Term
from tests.duties.oracle_of_absence import HALVES, Away, Coded, Said

FIRST, LAST = date(2026, 9, 1), date(2027, 7, 23)
THE_SCHOOL = School(
    (
        Term(date(2026, 9, 1), date(2026, 12, 18), date(2026, 10, 26), date(2026, 10, 30)),
        Term(date(2027, 1, 4), date(2027, 3, 25), date(2027, 2, 15), date(2027, 2, 19)),
        Term(date(2027, 4, 12), date(2027, 7, 21), date(2027, 5, 31), date(2027, 6, 4)),
    ),
    inset=frozenset({date(2026, 9, 1), date(2027, 1, 4), date(2027, 6, 7)}),
    bank_holidays=BANK_HOLIDAYS,
)


@dataclass
class Lived:
    """One child's school year."""

    told: Life
    away: Away = field(default_factory=Away)


def some_life(chance: random.Random) -> Lived:
    """A child's year: a late notice, a review that nobody held, a breakdown and nothing after it, days away that nobody explains."""

    def day(first: date, last: date) -> date:
        return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))

    told = Life()
    if chance.random() < 0.4:
        told.excluded_on = day(date(2026, 9, 14), date(2027, 5, 1))
        told.told_on = (
            day(told.excluded_on, told.excluded_on + timedelta(9)) if chance.random() < 0.8 else None
        )
        if told.told_on and chance.random() < 0.7:
            told.governors_on = day(told.told_on, told.told_on + timedelta(45))
    told.started_on = start = day(date(2026, 9, 16), date(2027, 6, 10))
    told.ended_on = day(start + timedelta(30), LAST) if chance.random() < 0.3 else None
    until = min(told.ended_on or LAST, LAST)
    told.reviews = sorted({day(start, until) for _ in range(chance.randint(0, 6))})
    # What was held on Friday is typed in on Monday, or in the week after.
    told.typed_on = {
        held: min(held + timedelta(days=chance.randint(1, 12)), until)
        for held in told.reviews
        if chance.random() < 0.3
    }
    told.notice_on = day(start - timedelta(9), start) if chance.random() < 0.7 else None
    if chance.random() < 0.15:
        told.broke_on = day(start + ONE, min(until, date(2027, 7, 9)))
        told.taught_again_on = (
            day(told.broke_on, told.broke_on + timedelta(9)) if chance.random() < 0.6 else None
        )
    away = some_absence(chance, start, told.broke_on or until) if chance.random() < 0.25 else Away()
    return Lived(told, away)


def some_absence(chance: random.Random, start: date, until: date) -> Away:
    """One to four half-days in a row without a reason, told to somebody or not; the school decides on the code, or does not."""
    one = (
        THE_SCHOOL.nth(start + timedelta(days=chance.randint(1, 60)), 1)
        if start < date(2027, 5, 1)
        else until
    )
    other = THE_SCHOOL.nth(one + ONE, 1) if one < until else until
    if other >= until or THE_SCHOOL.half_of(one) != THE_SCHOOL.half_of(other):
        return Away()

    def noon(day: date) -> datetime | None:
        return datetime.combine(day, time(12), UTC) if chance.random() < 0.5 else None

    missed = [(day, half) for day in (one, other) for half in HALVES][: chance.randint(1, 4)]
    said = [
        Said(day, day, half, False, told_commissioner_at=noon(day), told_parent_at=noon(day))
        for day, half in missed
    ]
    last, _ = missed[-1]
    codes = [
        Coded(last + timedelta(days=chance.randint(0, 12)), day, half, chance.choice("IMOC"))
        for day, half in missed
        if chance.random() < 0.7
    ]
    return Away(said, sorted(codes, key=lambda code: code.on))
