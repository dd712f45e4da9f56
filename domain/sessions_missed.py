"""What a placement's registers say of half-days in their order: which were missed without a reason, and how many were attended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.attendance import NOT_YET_KNOWN, Attendance
from domain.attendance_codes import code_of
from domain.attendance_events import SessionCoded, SessionsReported
from domain.duties.story import Story

UNEXPLAINED_CODES = frozenset({NOT_YET_KNOWN, "O"})
"""Codes of an absence for which there is no reason: none decided yet, or none given (SI 2024/208)."""
DAYS_OF_WEEK = 5


@dataclass(frozen=True, slots=True)
class Session:
    """One half-day of which something is known."""

    day: date
    half: str
    unexplained: bool
    """Missed, with no reason given and no code that gives one."""
    attended: bool
    counts: bool
    """Whether the child was due at it, as the statistics count."""
    delivered: bool
    """Whether the provider says that it was held, with or without the child."""
    known_by: tuple[UUID, int]
    """The event that told it last, as record and version."""


def sessions_of(registers: Iterable[Attendance]) -> list[Session]:
    """Every session of these registers, in order."""
    found = [session for register in registers for session in _of_one(register)]
    return sorted(found, key=lambda session: (session.day, session.half))


def _of_one(register: Attendance) -> list[Session]:
    known_by: dict[tuple[date, str], tuple[UUID, int]] = {}
    for event in Story(register).of(SessionsReported, SessionCoded):
        here = (event.originator_id, event.originator_version)
        if isinstance(event, SessionsReported):
            known_by.update({(report.day, report.half): here for report in event.sessions})
        else:
            known_by[event.day, event.half] = here
    found = []
    for (day, half), code in register.codes().items():
        seen, kind = register.reported.get((day, half)), code_of(code).kind
        missed = seen is not None and seen.seen == "absent"
        reason = seen is not None and bool(seen.reason_given)
        found.append(
            Session(
                day=day,
                half=half,
                unexplained=missed and not reason and code in UNEXPLAINED_CODES,
                attended=kind.counts_as_attending,
                counts=kind.in_denominator or code == NOT_YET_KNOWN,
                delivered=seen is not None,
                known_by=known_by.get((day, half), (register.id, register.version)),
            )
        )
    return found


def without_last(register: Attendance) -> list[Attendance]:
    """The register as it was before its last event; empty where that was its first."""
    before = Attendance.replay(register.events[:-1])
    return [before] if before is not None else []


def rows_of_unexplained(sessions: Sequence[Session], length: int) -> list[list[Session]]:
    """Every stretch of so many unexplained half-days or more, one after another among those that are known."""
    rows: list[list[Session]] = [[]]
    for session in sessions:
        if session.unexplained:
            rows[-1].append(session)
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if len(row) >= length]


@dataclass(frozen=True, slots=True)
class Attended:
    """How many of the sessions of some days were attended."""

    first_on: date
    last_on: date
    attended: int
    possible: int

    @property
    def percent(self) -> float:
        """Of a hundred."""
        return 100 * self.attended / self.possible if self.possible else 100.0


def attended_lately(sessions: Sequence[Session], days: int) -> Attended | None:
    """The last so many days on which the child was due; None while there are fewer."""
    due = [session for session in sessions if session.counts]
    last = sorted({session.day for session in due})[-days:]
    if len(last) < days:
        return None
    there = [session for session in due if session.day >= last[0]]
    return Attended(last[0], last[-1], sum(session.attended for session in there), len(there))


def delivered_on(sessions: Sequence[Session], days: Sequence[date]) -> int:
    """How many half-days the provider says it held on these days."""
    wanted = set(days)
    return sum(session.delivered for session in sessions if session.day in wanted)
