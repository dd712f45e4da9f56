"""Counting in school days: which day is one, which is the sixth, and when a half-term ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.school_calendar import SchoolCalendar, Term, problems_of
from domain.working_days import DAY, bank_holidays, is_working_day, london_day, working_days_after

__all__ = [
    "HalfTerm",
    "OutsideCalendar",
    "SchoolCalendar",
    "SchoolDays",
    "Term",
    "bank_holidays",
    "is_working_day",
    "london_day",
    "problems_of",
    "school_days_of",
    "working_days_after",
]


class OutsideCalendar(Exception):
    """Asked about a day beyond the terms that are known. The answer would be a guess, so there is none."""

    def __init__(self, day: date, covers_from: date | None, covers_to: date | None) -> None:
        self.day, self.covers_from, self.covers_to = day, covers_from, covers_to
        known = f"{covers_from} to {covers_to}" if covers_from else "no day at all"
        super().__init__(f"the school calendar covers {known}; {day} or a day counted from it lies outside")


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """One of the blocks into which the breaks divide the school year. It has at least one school day."""

    name: str
    """Such as `Autumn 2026, second half`; the name of the term alone where it has no break."""
    term: str
    starts_on: date
    ends_on: date
    first_school_day: date
    last_school_day: date


class SchoolDays:
    """The school days of one calendar, counted. A day beyond its terms raises `OutsideCalendar`.

    A holiday between two known terms is known: it has no school days. Ask `problems_of` first.
    """

    def __init__(self, calendar: SchoolCalendar) -> None:
        self.calendar = calendar
        terms = calendar.in_order
        self._first = terms[0].starts_on if terms else None
        self._last = max(term.ends_on for term in terms) if terms else None
        off = {*calendar.inset_days, *calendar.closures}
        stretches = [stretch for term in terms for stretch in _stretches(term)]
        self._days: list[date] = sorted(
            {day for _, _, first, last in stretches for day in _open_days(first, last) if day not in off}
        )
        self._half_terms = tuple(half for s in stretches if (half := self._half_term(*s)))

    def covers(self, day: date) -> bool:
        """Whether a day lies between the first day of the first known term and the last day of the last."""
        return self._first is not None and self._last is not None and self._first <= day <= self._last

    def is_school_day(self, day: date) -> bool:
        """Whether the school meets on a day."""
        self._require(day)
        at = bisect_left(self._days, day)
        return at < len(self._days) and self._days[at] == day

    def after(self, day: date, n: int) -> date:
        """The nth school day strictly after a day, before it if n is negative. ValueError for n = 0."""
        self._require(day)
        if n == 0:
            raise ValueError("count at least one school day, or ask for the school day on or after")
        if n < 0:
            return self._at(bisect_left(self._days, day) + n, day)
        return self._at(bisect_right(self._days, day) + n - 1, day)

    def before(self, day: date, n: int) -> date:
        """The nth school day strictly before a day."""
        return self.after(day, -n)

    def on_or_after(self, day: date) -> date:
        """The day itself where it is a school day, or else the next one."""
        self._require(day)
        return self._at(bisect_left(self._days, day), day)

    def on_or_before(self, day: date) -> date:
        """The day itself where it is a school day, or else the one before."""
        self._require(day)
        return self._at(bisect_right(self._days, day) - 1, day)

    def count(self, first: date, last: date) -> int:
        """How many school days lie from one day to another, both included; none if they are reversed."""
        self._require(first)
        self._require(last)
        return max(0, bisect_right(self._days, last) - bisect_left(self._days, first))

    def half_terms(self) -> tuple[HalfTerm, ...]:
        """The half-terms in order. One in which the school never met is left out."""
        return self._half_terms

    def half_term_of(self, day: date) -> HalfTerm | None:
        """The half-term in which a day lies; none in a holiday or a break."""
        self._require(day)
        return next((half for half in self._half_terms if half.starts_on <= day <= half.ends_on), None)

    def _half_term(self, name: str, term: str, first: date, last: date) -> HalfTerm | None:
        met = self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]
        return HalfTerm(name, term, first, last, met[0], met[-1]) if met else None

    def _at(self, index: int, asked: date) -> date:
        if not 0 <= index < len(self._days):
            raise OutsideCalendar(asked, self._first, self._last)
        return self._days[index]

    def _require(self, day: date) -> None:
        if not self.covers(day):
            raise OutsideCalendar(day, self._first, self._last)


@lru_cache(maxsize=1024)
def school_days_of(calendar: SchoolCalendar) -> SchoolDays:
    """The school days of a calendar, counted once and kept: counting takes milliseconds."""
    return SchoolDays(calendar)


def _stretches(term: Term) -> list[tuple[str, str, date, date]]:
    """The halves of a term: name, term, first day, last day."""
    if term.half_term_starts_on is None or term.half_term_ends_on is None:
        return [(term.name, term.name, term.starts_on, term.ends_on)]
    return [
        (f"{term.name}, first half", term.name, term.starts_on, term.half_term_starts_on - DAY),
        (f"{term.name}, second half", term.name, term.half_term_ends_on + DAY, term.ends_on),
    ]


def _open_days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if is_working_day(day):
            yield day
        day += DAY
