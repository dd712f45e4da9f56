"""The independent count of absence, day by day: who was told, the code, the returns (T5-T10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tests.duties.oracle import ONE, Asked, School, first

UNAUTHORISED = {"G", "N", "O", "U"}
GIVES_NO_REASON = {"N", "O"}
HALVES = ("am", "pm")


@dataclass(frozen=True)
class Said:
    """What the provider said of one half-day, and on which day it said so."""

    on: date
    day: date
    half: str
    there: bool
    reason: bool = False
    told_commissioner_at: datetime | None = None
    told_parent_at: datetime | None = None


@dataclass(frozen=True)
class Coded:
    """The code that the school gave a half-day, and on which day it did."""

    on: date
    day: date
    half: str
    code: str


@dataclass
class Away:
    """A child's attendance at one placement, in the order in which it was told."""

    said: list[Said] = field(default_factory=list)
    codes: list[Coded] = field(default_factory=list)
    parent_called_on: list[date] = field(default_factory=list)
    worker_told_on: list[date] = field(default_factory=list)
    worker_from: date | None = None
    worker_until: date | None = None
    attendance_return_on: list[date] = field(default_factory=list)
    sickness_return_on: list[date] = field(default_factory=list)
    ill_since: date | None = None
    """A long illness that was foreseen: since when, and on which day it was foreseen."""
    foreseen_on: date | None = None


def london(at: datetime) -> date:
    """The day in London, whose clocks are an hour ahead from the last Sunday of March to that of October, at one in the morning."""

    def turn(month: int) -> datetime:
        day = date(at.year, month, 31)
        while day.weekday() != 6:
            day -= ONE
        return datetime.combine(day, time(1), UTC)

    return (at + timedelta(hours=1) if turn(3) <= at < turn(10) else at).date()


def asked_of(away: Away, school: School, last: date) -> Iterator[Asked]:
    """What the rules ask for on each day up to the last."""
    day = min(term.first for term in school.terms)
    row: list[date] = []
    ill: list[date] = []
    if away.ill_since and away.foreseen_on:
        due = max(away.ill_since, away.foreseen_on)
        yield "T5", due, first(away.sickness_return_on, away.ill_since), None
    begun = day
    while day <= last:
        absent = [half for half in HALVES if _last(away, day, half) == "absent"]
        if absent:
            yield from _of_day(away, day, absent)
        yield from _right_code(away, school, day)
        codes = [code for half in HALVES if (code := _code(away, day, half))]
        if codes:
            row = [*row, day] if all(code in UNAUTHORISED for code in codes) else []
            if len(row) == 10:
                yield "T6", day, first(away.attendance_return_on, row[0]), None
        if "I" in codes:
            ill.append(day)
            if len(ill) == 15:
                yield "T5", day, first(away.sickness_return_on, begun), None
        day += ONE


def _of_day(away: Away, day: date, absent: list[str]) -> Iterator[Asked]:
    ends = []
    for half in absent:
        told = _absence(away, day, half)[-1]
        both = told.told_commissioner_at and told.told_parent_at
        ends.append(max(london(told.told_commissioner_at), london(told.told_parent_at)) if both else None)  # type: ignore[arg-type]
    yield "T7", day, None if None in ends else max(end for end in ends if end), None

    unexplained = [half for half in absent if not _absence(away, day, half)[0].reason]
    if unexplained:
        heard = list(away.parent_called_on)
        for half in absent:
            heard += [london(s.told_parent_at) for s in _absence(away, day, half) if s.told_parent_at]
        for half in unexplained:
            heard += [s.on for s in _absence(away, day, half) if s.reason]
            heard += [c.on for c in _of_half(away, day, half) if c.code not in GIVES_NO_REASON]
        yield "T8", day, first(heard, day), None
        if away.worker_from and away.worker_from <= day and (away.worker_until or day) >= day:
            yield "T9", day, first(away.worker_told_on, day), None


def _right_code(away: Away, school: School, day: date) -> Iterator[Asked]:
    """An absence stands as N until the school gives a code; the school may also write N itself."""
    settled = []
    for half in HALVES:
        codes = _of_half(away, day, half)
        if _last(away, day, half) == "absent" or "N" in {coded.code for coded in codes}:
            since_n = max((number + 1 for number, coded in enumerate(codes) if coded.code == "N"), default=0)
            settled.append(codes[since_n].on if codes[since_n:] else None)
    if settled:
        yield (
            "T10",
            school.nth(day + ONE, 5),
            None if None in settled else max(on for on in settled if on),
            None,
        )


def _absence(away: Away, day: date, half: str) -> list[Said]:
    """What was said of an absence, from when the child was last said to be there."""
    said: list[Said] = []
    for one in away.said:
        if (one.day, one.half) == (day, half):
            said = [] if one.there else [*said, one]
    return said


def _last(away: Away, day: date, half: str) -> str:
    said = [one for one in away.said if (one.day, one.half) == (day, half)]
    return "" if not said else "present" if said[-1].there else "absent"


def _of_half(away: Away, day: date, half: str) -> list[Coded]:
    return [one for one in away.codes if (one.day, one.half) == (day, half)]


def _code(away: Away, day: date, half: str) -> str:
    coded = _of_half(away, day, half)
    if coded:
        return coded[-1].code
    return {"": "", "present": "B", "absent": "N"}[_last(away, day, half)]
