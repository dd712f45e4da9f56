"""The half-days of a week that were agreed for a placement, from day to day, and how few of them can lie on some days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from domain.duties.story import Story
from domain.placement_events import IndividualAgreementMade
from domain.placement_life_events import HoursAltered

DAYS_OF_WEEK, HALF_DAYS = 5, 2

Agreed = list[tuple[date, int]]
"""From which day on so many half-days a week, in the order in which that came about."""


def agreed_half_days(story: Story) -> Agreed:
    """As the child's agreement says in the story of a placement, and as it was altered; empty where nothing was agreed."""
    made = [(date.min, event.agreement.sessions_per_week) for event in story.of(IndividualAgreementMade)]
    altered = [(event.hours.from_on, event.hours.sessions_per_week) for event in story.of(HoursAltered)]
    return [*made[-1:], *altered]


def half_days_on(agreed: Agreed, day: date) -> int | None:
    """What was agreed for the week of a day; None where nothing was."""
    return next((many for since, many in reversed(agreed) if since <= day), None)


def fewest_half_days(agreed: Agreed, days: Sequence[date]) -> int:
    """How many half-days of a child can lie on these school days at the least.

    On which weekdays they lie is not asked here. Where a bank holiday took a Monday away, the child may be one who comes on
    Mondays; where the agreement was altered meanwhile, the fewer count.
    """
    a_week = min((half_days_on(agreed, day) or 0 for day in days), default=0)
    found = 0
    met = Counter(day.weekday() for day in days)
    for times in sorted(met[weekday] for weekday in range(DAYS_OF_WEEK)):
        here = min(HALF_DAYS, a_week)
        found, a_week = found + here * times, a_week - here
    return found
