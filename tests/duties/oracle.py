"""An independent count of duties: plain Python that walks each day. It knows the rule book and nothing of how the product counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A term with its break, as a school prints it."""

    first: date
    last: date
    break_first: date
    break_last: date


@dataclass(frozen=True)
class School:
    """What a school prints: terms, training days, closures; and the bank holidays of the years."""

    terms: tuple[Term, ...]
    inset: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()
    bank_holidays: frozenset[date] = frozenset()

    def meets(self, day: date) -> bool:
        """Whether pupils are there on a day."""
        if day.weekday() in (5, 6) or day in self.bank_holidays or day in self.inset or day in self.closed:
            return False
        return self.half_of(day) is not None

    def half_of(self, day: date) -> tuple[int, int] | None:
        """Which half of which term a day lies in."""
        for number, term in enumerate(self.terms):
            if term.first <= day < term.break_first:
                return number, 1
            if term.break_last < day <= term.last:
                return number, 2
        return None

    def nth(self, start: date, n: int) -> date:
        """The nth day on which pupils are there, the start counted if they are there then."""
        day, seen = start, 0
        while True:
            if self.meets(day):
                seen += 1
                if seen == n:
                    return day
            day += ONE

    def back(self, start: date, n: int) -> date:
        """The nth such day before one."""
        day, seen = start, 0
        while seen < n:
            day -= ONE
            seen += self.meets(day)
        return day


@dataclass
class Life:
    """What happened to one child, as a person would tell it."""

    excluded_on: date | None = None
    told_on: date | None = None
    governors_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    reviews: list[date] = field(default_factory=list)
    notice_on: date | None = None
    broke_on: date | None = None
    taught_again_on: date | None = None
    typed_on: dict[date, date] = field(default_factory=dict)
    """Reviews that were written down later than on the day on which they were held."""


Finding = tuple[str, date, date]
"""The rule, the last day on which it was met, and the first day on which it was not."""

Asked = tuple[str, date, date | None, date | None]
"""What a rule asks for: the rule, by when, when it was done, when it stopped mattering."""


def findings(life: Life, school: School, day: date) -> set[Finding]:
    """What is missing of a life at the end of a day."""
    return missing(asked_of(life, school), day)


def ever_missing(life: Life, school: School, until: date) -> set[Finding]:
    """What was missing when any day of the school year began."""
    return missed(asked_of(life, school), min(term.first for term in school.terms), until)


def missing(asked: Iterable[Asked], day: date) -> set[Finding]:
    """What is missing at the end of a day."""
    return {
        (rule, due, due + ONE)
        for rule, due, done, over in asked
        if day > due and not by(done, day) and not by(over, day)
    }


def missed(asked: Iterable[Asked], day: date, until: date) -> set[Finding]:
    """What was missing when any day began: its own day had gone by, and by then nobody had done it."""
    found: set[Finding] = set()
    every = list(asked)
    while day <= until:
        for rule, due, done, over in every:
            if day > due and not by(done, day - ONE) and not by(over, day - ONE):
                found.add((rule, due, due + ONE))
        day += ONE
    return found


def first(days: Iterable[date], since: date) -> date | None:
    """The first of some days that is not before one."""
    return min((day for day in days if day >= since), default=None)


def by(when: date | None, day: date) -> bool:
    """Whether something had come by the end of a day."""
    return when is not None and when <= day


def asked_of(life: Life, school: School) -> Iterator[Asked]:
    """Each rule that asks for something: by when, when it was done, when it stopped mattering."""
    if life.excluded_on:
        begun = (
            life.started_on
            if life.started_on and (not life.ended_on or life.ended_on > life.excluded_on)
            else None
        )
        taught = max(begun, life.excluded_on) if begun else None
        yield "T1", school.nth(life.excluded_on, 6), taught, None
        yield "T30", life.excluded_on, life.told_on, None
        if life.told_on:
            yield "T31", school.nth(life.told_on + ONE, 15), life.governors_on, None
    if life.started_on:
        yield "T13", school.back(life.started_on, 2), life.notice_on, None
        for half in halves(school):
            days = [d for d in half if school.meets(d)]
            if not days or days[-1] < life.started_on or (life.ended_on and half[0] > life.ended_on):
                continue
            held = [r for r in sorted(life.reviews) if r >= half[0]]
            yield "T16", days[-1], held[0] if held else None, life.ended_on
    if life.broke_on:
        yield "T19", school.nth(life.broke_on + ONE, 1), life.taught_again_on, None


def halves(school: School) -> Iterator[list[date]]:
    """Each half-term as the list of its days."""
    for number, term in enumerate(school.terms):
        for part in (1, 2):
            days, day = [], term.first
            while day <= term.last:
                if school.half_of(day) == (number, part):
                    days.append(day)
                day += ONE
            yield days
