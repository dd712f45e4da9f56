"""The days on which a child was not there, as they are known now, and when a reason came after all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.attendance_events import SessionsReported
from domain.away import is_away
from domain.duties.child_file import ChildFile
from domain.duties.lives import LifeOfPlacement, Register
from domain.events import Event
from domain.facts.attending import SessionReport
from domain.placement import Placement

TELLS_NO_REASON = frozenset({"N", "O"})
"""Codes that stand where nobody knows why the child was away: entering one is no contact with the parent (T8)."""


@dataclass(slots=True)
class DayAway:
    """A day on which the child was absent from at least one session, as it is known now."""

    day: date
    register: Register
    life: LifeOfPlacement
    known: Event
    sessions: dict[str, tuple[SessionReport, Event]] = field(default_factory=dict)
    """What was said last of each session missed."""
    said: dict[str, list[tuple[SessionReport, Event]]] = field(default_factory=dict)
    """All that was said of its absence, from when the child was last said to be there."""

    @property
    def placement(self) -> Placement:
        return self.life.record

    @property
    def unexplained(self) -> frozenset[str]:
        """The sessions for whose absence nobody gave a reason at first."""
        return frozenset(half for half, said in self.said.items() if not said[0][0].reason_given)

    def explained(self) -> list[tuple[date, Event]]:
        """When a reason came after all: from the provider, or as a code that tells one."""
        found: list[tuple[date, Event]] = [
            (event.occurred_on, event)
            for half in self.unexplained
            for report, event in self.said[half]
            if report.reason_given
        ]
        found += [
            (coded.occurred_on, coded)
            for coded in self.register.coded.get(self.day, ())
            if coded.half in self.unexplained and coded.code not in TELLS_NO_REASON
        ]
        return found


def days_away(file: ChildFile) -> list[DayAway]:
    """Every day of absence, by what was reported last of each session."""
    if file.days_away is None:
        file.days_away = _days_away(file)
    found: list[DayAway] = file.days_away
    return found


def _days_away(file: ChildFile) -> list[DayAway]:
    lives = {life.record.id: life for life in file.placements}
    found: list[DayAway] = []
    for register in file.registers:
        life = lives.get(register.placement_id) if register.placement_id else None
        if life is None:
            continue
        days: dict[date, DayAway] = {}
        for event in register.story.of(SessionsReported):
            for report in event.sessions:
                if report.seen == "absent":
                    away = days.setdefault(report.day, DayAway(report.day, register, life, event))
                    away.sessions[report.half] = (report, event)
                    away.said.setdefault(report.half, []).append((report, event))
                elif report.day in days:
                    days[report.day].sessions.pop(report.half, None)
                    days[report.day].said.pop(report.half, None)
        # Who is not expected is not absent, whatever was reported of it.
        found += [days[day] for day in sorted(days) if days[day].sessions and not is_away(life.away, day)]
    return found
