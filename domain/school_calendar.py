"""A school's calendar: its terms and half-term breaks, its INSET days, and the days it had to close."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated

from annotated_types import Len

from domain.fact import fact
from domain.personal import Label
from domain.reasons import Reason

LONGEST_CALENDAR = timedelta(days=15 * 366)
"""A longer one has a mistyped year in it, and its days would be counted one by one."""
LONGEST_HOLIDAY = timedelta(weeks=8)
"""A longer gap between two terms looks like a term that was left out. A design choice; it only warns."""


@fact
class Term:
    """A term, from its first day to its last, with its half-term break where it has one."""

    name: Label
    """What the school calls it, such as Autumn 2026. No two terms of a calendar share a name."""
    starts_on: date
    """The first day of term."""
    ends_on: date
    """The last day of term."""
    half_term_starts_on: date | None = None
    """The first day of the half-term break."""
    half_term_ends_on: date | None = None
    """The last day of the half-term break."""


@fact
class SchoolCalendar:
    """The days on which a school meets. Weekends and bank holidays in England need not be entered."""

    terms: Annotated[tuple[Term, ...], Len(0, 60)]
    """The terms, in any order."""
    inset_days: Annotated[tuple[date, ...], Len(0, 200)] = ()
    """Days on which staff train and pupils stay at home."""
    closures: Annotated[tuple[date, ...], Len(0, 200)] = ()
    """Days on which the school closed although it was term: weather, an election, a late bank holiday."""

    @property
    def in_order(self) -> tuple[Term, ...]:
        """The terms by their first day."""
        return tuple(sorted(self.terms, key=lambda term: term.starts_on))


def problems_of(calendar: SchoolCalendar) -> list[Reason]:
    """What is wrong with a calendar, and as warnings what looks wrong; nothing where it can be relied on."""
    if not calendar.terms:
        return [_wrong("calendar_without_terms", "Enter at least one term.")]
    problems = [problem for term in calendar.in_order for problem in _problems_of_term(term)]
    days = [day for term in calendar.terms for day in (term.starts_on, term.ends_on)]
    if max(days) - min(days) > LONGEST_CALENDAR:
        problems.append(
            _wrong("calendar_too_long", "A calendar covers at most 15 years. Look at the years of its terms.")
        )
    names = [term.name for term in calendar.terms]
    if len(set(names)) < len(names):
        problems.append(_wrong("terms_share_a_name", "Give every term a name of its own."))
    for earlier, later in pairwise(calendar.in_order):
        if later.starts_on <= earlier.ends_on:
            problems.append(_wrong("terms_overlap", f"{earlier.name} and {later.name} overlap."))
        elif later.starts_on - earlier.ends_on > LONGEST_HOLIDAY:
            message = (
                f"{earlier.name} and {later.name} are over eight weeks apart: check that no term is missing."
            )
            problems.append(_wrong("term_may_be_missing", message, warning=True))
    problems.extend(_days_outside_terms(calendar))
    return problems


def _problems_of_term(term: Term) -> list[Reason]:
    if term.ends_on < term.starts_on:
        return [_wrong("term_ends_before_it_starts", f"{term.name} ends before it starts.")]
    first, last = term.half_term_starts_on, term.half_term_ends_on
    if first is None and last is None:
        return []
    if first is None or last is None:
        return [_wrong("half_term_incomplete", f"Enter both ends of the half-term break of {term.name}.")]
    if last < first:
        return [
            _wrong(
                "half_term_ends_before_it_starts",
                f"The half-term break of {term.name} ends before it starts.",
            )
        ]
    if not term.starts_on < first <= last < term.ends_on:
        return [
            _wrong("half_term_outside_term", f"The half-term break of {term.name} must lie inside the term.")
        ]
    return []


def _days_outside_terms(calendar: SchoolCalendar) -> list[Reason]:
    return [
        _wrong(
            "day_outside_terms",
            f"{day.day} {day:%B %Y} is in no term, so it need not be entered.",
            warning=True,
        )
        for day in sorted({*calendar.inset_days, *calendar.closures})
        if not any(term.starts_on <= day <= term.ends_on for term in calendar.terms)
    ]


def _wrong(code: str, message: str, warning: bool = False) -> Reason:
    return Reason(code=code, message=message, source="School calendar", warning=warning, field="calendar")
