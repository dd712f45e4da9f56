"""The independent count of silence: somebody keeps a wall chart of each day, and asks which weeks the child could have had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from tests.duties.oracle import ONE, Asked, School

WEEKDAYS = range(5)


@dataclass
class Reported:
    """A placement's reports: of which day something was said, and on which day it was said first."""

    started_on: date
    half_days: int
    """A week, as agreed."""
    said: dict[date, date] = field(default_factory=dict)
    broke_on: date | None = None
    ended_on: date | None = None
    altered: tuple[date, int] | None = None
    """Other half-days a week, from a day on."""


def asked_of(reported: Reported, school: School, last: date) -> Iterator[Asked]:
    """What has to be said after the first day and after each day that is on the chart, up to the last day of the calendar."""
    over = min((day for day in (reported.broke_on, reported.ended_on) if day), default=None)
    start = reported.started_on
    yield from _asked(reported, start, _none_could_stay_away(reported, school, start, last, None), over)
    for day in sorted(reported.said):
        if day < reported.started_on or (over is not None and day >= over):
            continue
        yield from _asked(
            reported, day + ONE, _none_could_stay_away(reported, school, day + ONE, last, day.weekday()), over
        )


def _asked(reported: Reported, since: date, expected: date | None, over: date | None) -> Iterator[Asked]:
    if expected is not None and (over is None or expected < over):
        said = [when for day, when in reported.said.items() if since <= day <= expected]
        yield "T47", expected, min(said, default=None), None


def _weeks(half_days: int) -> list[set[int]]:
    """Each way in which the child's half-days can lie on as few weekdays as possible."""
    return [set(week) for week in combinations(WEEKDAYS, -(-half_days // 2))]


def _none_could_stay_away(
    reported: Reported, school: School, day: date, last: date, own: int | None
) -> date | None:
    """The day on which, whatever the child's week is, it has been expected once. `own`: a weekday on which it is known to come."""
    from_on, half_days = reported.altered or (date.max, 0)
    known_on = day if own is None else day - ONE
    weeks = _weeks(half_days if from_on <= known_on else reported.half_days)
    weeks = [week for week in weeks if own is None or own in week]
    while day <= last:
        if day == from_on:
            weeks = _weeks(half_days)
        if school.meets(day):
            weeks = [week for week in weeks if day.weekday() not in week]
            if not weeks:
                return day
        day += ONE
    return None
