"""Working days and bank holidays in England, and which London day an instant falls on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
"""School days and deadlines are days in London."""

SATURDAY = 5
DAY = timedelta(days=1)


def london_day(instant: datetime) -> date:
    """The day in London on which an instant falls. Raises ValueError for a time without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone before its day is known")
    return instant.astimezone(LONDON).date()


@lru_cache(maxsize=128)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, with the days observed in place of a weekend.

    A holiday proclaimed after this data was published is not among them: enter it as a school's closure.
    """
    import holidays  # a fifth of a second, which the start of a process need not wait for

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether a day is neither a weekend nor a bank holiday in England."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_days_after(day: date, n: int) -> date:
    """The nth working day strictly after a day; before it if n is negative. Raises ValueError for n = 0."""
    if n == 0:
        raise ValueError("count at least one working day")
    step = DAY if n > 0 else -DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day
