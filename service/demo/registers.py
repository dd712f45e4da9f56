"""Attendance in Inventshire: the providers report each day, and a school decides about the absences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from domain.working_days import LONDON
from service.demo.days import Days
from service.demo.life_there import LifeThere
from service.demo.people import ATIF, COMMUNITY
from service.demo.providers import SETTINGS
from service.demo.script import Script, named

WEEKS = 8
CODED_AFTER = 3
"""The school decides so many school days later; what is younger is still open."""


def report(script: Script, days: Days, lives: list[LifeThere]) -> None:
    """Every school day of the last weeks, provider by provider."""
    for setting in SETTINGS:
        here = [life for life in lives if life.setting is setting]
        for ago in range(WEEKS * 5, 0, -1):
            day = days.ago(ago)
            seen = [session for life in here if _attends(life, day) for session in _sessions(life, day)]
            if seen:
                script.add(day, setting.staff, "report_day", setting.id, {"sessions": seen}, hour=15)
            if ago > CODED_AFTER:
                _decide(script, days.ago(ago - CODED_AFTER), day, seen, {str(life.id): life for life in here})


def _attends(life: LifeThere, day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in life.attended_from)


def _sessions(life: LifeThere, day: date) -> Iterator[dict[str, Any]]:
    """The half-days of the week that are spent at the provider: Monday's first."""
    for n, half in enumerate(("am", "pm"), start=day.weekday() * 2):
        if n < life.sessions:
            chance = named("seen", life.id, day, half).int % 100
            yield {"placement_id": str(life.id), "session": _session(day, half, chance, life.absences)}


def _session(day: date, half: str, chance: int, absences: int) -> dict[str, Any]:
    if chance >= absences:
        return {"day": str(day), "half": half, "seen": "late" if chance > 93 else "present"}
    told = (
        datetime.combine(day, time(9, 40) if half == "am" else time(13, 10), LONDON)
        .astimezone(UTC)
        .isoformat()
    )
    return {
        "day": str(day), "half": half, "seen": "absent", "reason_given": "Unwell, says the parent" if chance % 2 else None,
        "told_commissioner_at": None if chance == 0 else told, "told_parent_at": told,
    }  # fmt: skip


def _decide(
    script: Script, on: date, day: date, seen: list[dict[str, Any]], lives: dict[str, LifeThere]
) -> None:
    for entry in seen:
        life, session = lives[entry["placement_id"]], entry["session"]
        if session["seen"] == "absent" and life.pupil.school is COMMUNITY:
            code = "I" if session["reason_given"] else "O"
            body = {"day": str(day), "half": session["half"], "code": code}
            script.add(on, ATIF, "code_session", life.id, body, hour=14)
