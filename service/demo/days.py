"""Inventshire's calendar, laid around the present day, so that the demonstration is in term whenever it is shown."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from domain.school_days import HalfTerm, SchoolCalendar, SchoolDays, Term

WEEK = timedelta(weeks=1)
TERM, HOLIDAY, BREAK_AFTER = 15, 2, 6
"""Weeks of a term, of a holiday, and of a term before its half-term break of one week."""
TERM_BEGAN = 11
"""The present term began so many weeks before this one."""
TERMS = range(-4, 4)
"""The terms that are known: more than a year back and a year ahead."""


class Days:
    """School days counted from the day on which the demonstration is set up."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.monday = today - timedelta(days=today.weekday())

    @cached_property
    def calendar(self) -> SchoolCalendar:
        """The whole calendar."""
        return SchoolCalendar(terms=tuple(self._term(n) for n in TERMS))

    @cached_property
    def school_days(self) -> SchoolDays:
        """The calendar, counted."""
        return SchoolDays(self.calendar)

    def ago(self, n: int) -> date:
        """The nth school day before today; for a negative number, after it."""
        return self.school_days.after(self.today, -n)

    def later(self, day: date, n: int) -> date:
        """The nth school day after a day."""
        return self.school_days.after(day, n)

    def first_review(self, start: date, wanted: int = 15) -> date:
        """So many school days after the start, but in the half-term that is running then."""
        return min(self.later(start, wanted), self._ending_after(start)[0].last_school_day)

    def next_review(self, held: date, decided: date, wanted: int = 20) -> date:
        """So many school days after the decision, and at the latest at the end of the next half-term."""
        halves = self._ending_after(decided)
        here = self.school_days.half_term_of(decided)
        same = here == halves[0] and here.starts_on <= held <= here.ends_on
        return min(self.later(decided, wanted), halves[1 if same else 0].last_school_day)

    def _ending_after(self, day: date) -> list[HalfTerm]:
        return [half for half in self.school_days.half_terms() if half.last_school_day > day]

    def _term(self, n: int) -> Term:
        first = self.monday + (n * (TERM + HOLIDAY) - TERM_BEGAN) * WEEK
        last = first + TERM * WEEK - timedelta(days=3)
        break_starts = first + BREAK_AFTER * WEEK
        return Term(
            name=f"{first:%B} to {last:%B %Y}",
            starts_on=first,
            ends_on=last,
            half_term_starts_on=break_starts,
            half_term_ends_on=break_starts + timedelta(days=4),
        )
