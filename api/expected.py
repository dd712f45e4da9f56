"""Whether a child is to be with the provider in a half-day; and where not, why, in words for the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec

from api.desk import Desk
from domain.days_in_words import in_words
from domain.organisation import Organisation
from domain.record import Record
from domain.school_days import bank_holidays, school_days_of
from projections.caseload import CaseloadRow

HALVES = {"am": "morning", "pm": "afternoon"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FRIDAY = 4
GOES_ON = ".."
"""Stands for a day of coming back that is not known yet."""
Calendars = dict[UUID | None, Organisation]


class Expected(msgspec.Struct, frozen=True):
    """Whether the child is to be there. `here` is none where the plan has no timetable; `why_not` is empty unless it is false."""

    here: bool | None
    why_not: str = ""
    away: bool = False
    """Whether that is because the placement broke down."""


def calendars_of(desk: Desk, rows: Sequence[CaseloadRow]) -> Calendars:
    """Whose calendar says when school is closed: the home school's, or else the commissioner's. Raises Unavailable."""
    found = _with_calendar(desk, {row.home_school_id for row in rows})
    without = {row.commissioner_id for row in rows if row.home_school_id not in found}
    return found | _with_calendar(desk, without)


def _with_calendar(desk: Desk, ids: Iterable[UUID | None]) -> Calendars:
    wanted: dict[UUID, type[Record]] = {id: Organisation for id in ids if id is not None}
    found = desk.history.get_many(wanted) if wanted else {}
    return {id: one for id, one in found.items() if isinstance(one, Organisation) and one.calendar}


def expected_on(row: CaseloadRow, day: date, half: str, whose: Calendars) -> Expected:
    """What the timetable of the plan, the calendar of the home school, or else of the commissioner, and a breakdown say of a half-day."""
    closed = _closed(row, day, whose)
    if closed:
        return Expected(False, closed)
    broken_down = _broken_down(row, day)
    if broken_down:
        return Expected(False, broken_down, away=True)
    if row.half_days is None:
        return Expected(None)
    if f"{WEEKDAYS[day.weekday()]} {half}" in row.half_days:
        return Expected(True)
    return Expected(
        False, f"The timetable of the plan has {half_days_in_words(row.half_days) or 'no half-day'} here."
    )


def _broken_down(row: CaseloadRow, day: date) -> str:
    """After a breakdown, why the child is not with the provider; nothing while the placement goes on."""
    for times in row.away:
        first, _, back = times.partition("/")
        if first <= day.isoformat() and back == GOES_ON:
            since = in_words(date.fromisoformat(first))
            return (
                f"The placement broke down: from {since} on the child is not expected here, until it goes on."
            )
        if first <= day.isoformat() < back:
            since, until = (in_words(date.fromisoformat(one)) for one in (first, back))
            return (
                f"The placement had broken down: the child was not expected here from {since} until {until}."
            )
    return ""


def half_days_in_words(half_days: Collection[str]) -> str:
    """Half-days of a week: Monday, Tuesday morning and Friday. A day of both halves is told as the day."""
    told = []
    for day in WEEKDAYS:
        halves = [half for half in HALVES if f"{day} {half}" in half_days]
        if halves:
            told.append(day.title() if len(halves) == len(HALVES) else f"{day.title()} {HALVES[halves[0]]}")
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else "".join(told)


def _closed(row: CaseloadRow, day: date, whose: Calendars) -> str:
    """Why there is no school on a day; nothing where there is, or nobody has said."""
    if day.weekday() > FRIDAY:
        return "It is a weekend."
    if day in bank_holidays(day.year):
        return "It is a bank holiday."
    owner = next((whose[id] for id in (row.home_school_id, row.commissioner_id) if id in whose), None)
    if owner is None or owner.calendar is None:
        return ""
    if day in owner.calendar.inset_days:
        return f"{owner.name} has an INSET day."
    if day in owner.calendar.closures:
        return f"{owner.name} is closed on this day."
    days = school_days_of(owner.calendar)
    return f"{owner.name} is on holiday." if days.covers(day) and not days.is_school_day(day) else ""
