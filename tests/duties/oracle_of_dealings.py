"""The independent count of what is agreed in the course of a placement: changes, hours, fixed days, reports, risk (T21, T37, T41-T46)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.duties.oracle import ONE, Asked, School, first

RULES = {"T21", "T37", "T41", "T42", "T43", "T44", "T45", "T46"}
FULL = 10
"""Half-days of a full week."""


@dataclass
class Dealing:
    """What was agreed, decided and told of a placement, each with its own day; some of it is typed in later."""

    started_on: date
    first_review_on: date
    ends_by: date
    half_days: int
    ended_on: date | None = None
    decided: list[tuple[date, date, date | None]] = field(default_factory=list)
    """That it goes on: on which day, when it is reviewed next, and its new end, if it has one."""
    altered: list[tuple[date, int]] = field(default_factory=list)
    """From which day, how many half-days a week."""
    reviews: list[date] = field(default_factory=list)
    changes: list[tuple[date, date]] = field(default_factory=list)
    """Since when something was otherwise, and on which day the provider told it."""
    concerns: list[tuple[date, date, date | None]] = field(default_factory=list)
    """Opened, to be looked at again, closed."""
    noticed: frozenset[date] = frozenset()
    """The days on which a concern was opened by the service itself."""
    weeks: int | None = None
    """Between two reports on progress."""
    reports: list[date] = field(default_factory=list)
    risks: list[tuple[date, date]] = field(default_factory=list)
    """Assessed, and to be assessed again by."""
    set_aside_until: list[date] = field(default_factory=list)


def asked_of(told: Dealing, school: School) -> Iterator[Asked]:
    """What the rules ask for."""
    yield from (("T21", since, heard, None) for since, heard in told.changes)
    yield from (("T42", again, closed, None) for _, again, closed in told.concerns)
    yield from (("T45", until, told.ended_on, None) for until in told.set_aside_until)
    for assessed, again in told.risks:
        yield "T44", again, first((day for day, _ in told.risks), assessed + ONE), told.ended_on
    if told.weeks:
        since = [told.started_on, *sorted(told.reports)]
        for day, following in zip(since, [*since[1:], None], strict=True):
            yield "T43", day + timedelta(weeks=told.weeks), following, told.ended_on
    yield from _days_fixed(told)
    yield from _part_time(told)
    end = school.terms[-1].last
    if not told.ended_on or told.ended_on > end:
        yield "T46", end, None, told.ended_on


def _days_fixed(told: Dealing) -> Iterator[Asked]:
    """A day stands until another is fixed; a review from the day on which it was fixed meets it."""
    fixed = [(told.started_on, told.first_review_on), *((on, day) for on, day, _ in told.decided)]
    for (on, day), following in zip(fixed, [*fixed[1:], None], strict=True):
        over = [x for x in (following and following[0], told.ended_on) if x]
        since = on if on == told.started_on else on + ONE
        yield "T41", day, first(told.reviews, since), min(over, default=None)


def _part_time(told: Dealing) -> Iterator[Asked]:
    """Walks through the placement. While the week is not full, an end stands, until it is fixed anew or the week filled."""
    day, stands, open_since = told.started_on, told.ends_by, None
    last = max(
        [day, *(on for on, _, _ in told.decided), *(on for on, _ in told.altered), told.ended_on or day]
    )
    while day <= last:
        ended = told.ended_on is not None and told.ended_on <= day
        part = not ended and _half_days(told, day) < FULL
        new = next((end for on, _, end in told.decided if on == day and end and on > told.started_on), None)
        if open_since is not None and (new or not part):
            yield "T37", stands, day, None
            open_since = None
        stands = new or stands
        if part and open_since is None:
            open_since = day
        day += ONE
    if open_since is not None:
        yield "T37", stands, None, None


def _half_days(told: Dealing, day: date) -> int:
    return next((many for on, many in reversed(told.altered) if on <= day), told.half_days)
