"""The independent count of rolls and suspensions: returns, a school for a child in care, the cap, files (T11, T12, T29, T32, T33)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.duties.oracle import ONE, Asked, School, first

RULES = {"T11", "T12", "T29", "T32", "T33"}
CAP = 90
"""Half-days of 45 school days."""


@dataclass(frozen=True)
class Stay:
    """A child on a school's roll, from a day to its last, or until further notice."""

    school: int
    from_on: date
    until_on: date | None = None
    main: bool = True


@dataclass
class OnRolls:
    """A child's schools, and what was sent because of them."""

    stays: list[Stay] = field(default_factory=list)
    came_on: dict[int, date] = field(default_factory=dict)
    """The day on which each school came to the service."""
    returns: list[tuple[str, date, date]] = field(default_factory=list)
    """Of which kind, sent on which day, about which day."""
    worried: bool = False
    """Whether a social worker or a safeguarding concern was ever recorded."""
    receipts: list[date] = field(default_factory=list)
    care: list[tuple[date, date | None]] = field(default_factory=list)
    suspended: list[tuple[date, int]] = field(default_factory=list)
    """From which day, and for how many half-days."""


def asked_of(child: OnRolls, school: School, last: date) -> Iterator[Asked]:
    """What the rules ask for."""
    for stay in child.stays:
        yield from _of_stay(child, stay, school)
    yield from _in_care(child, school, last)
    yield from _the_cap(child, last)


def _of_stay(child: OnRolls, stay: Stay, school: School) -> Iterator[Asked]:
    day, here = stay.from_on, child.came_on[stay.school]
    september = day.month == 9 and day.day < 15
    if stay.main and day >= here and not september:
        yield "T11", school.nth(day + ONE, 5), _sent(child, "new_pupil", day), None
    if stay.until_on and stay.until_on >= here:
        yield "T12", stay.until_on, _sent(child, "deletion", stay.until_on), None
    came_from_another = any(x.school != stay.school and x.from_on < day for x in child.stays)
    if child.worried and came_from_another and day >= here:
        yield "T33", school.nth(day + ONE, 5), first(child.receipts, day), None


def _sent(child: OnRolls, kind: str, about: date) -> date | None:
    return min((sent for what, sent, on in child.returns if (what, on) == (kind, about)), default=None)


def _in_care(child: OnRolls, school: School, last: date) -> Iterator[Asked]:
    """Each day in care on which no school has the child, where one had it before."""
    day = min((since for since, _ in child.care), default=last)
    missing_since: date | None = None
    while day <= last:
        care = next(
            (times for times in child.care if times[0] <= day and not (times[1] and times[1] < day)), None
        )
        had_one = any(stay.until_on and stay.until_on < day for stay in child.stays)
        if care is None or not had_one or _on_roll(child, day):
            missing_since = None
        elif missing_since is None or missing_since < care[0]:
            missing_since = day
            yield (
                "T29",
                school.nth(day + ONE, 20),
                first((stay.from_on for stay in child.stays), day),
                care[1],
            )
        day += ONE


def _on_roll(child: OnRolls, day: date) -> bool:
    return any(stay.from_on <= day and not (stay.until_on and stay.until_on < day) for stay in child.stays)


def _the_cap(child: OnRolls, last: date) -> Iterator[Asked]:
    day, total = min((on for on, _ in child.suspended), default=last), 0
    while day <= last:
        if (day.month, day.day) == (9, 1):
            total = 0
        for sessions in (sessions for on, sessions in child.suspended if on == day):
            if total <= CAP < total + sessions:
                yield "T32", day, None, None
            total += sessions
        day += ONE
