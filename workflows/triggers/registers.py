"""What a report of attendance changed: the sessions of a placement as they are known now, and as they were before it."""

from __future__ import annotations

from domain.attendance import Attendance
from domain.attendance_events import SessionCoded, SessionsReported
from domain.away import Away, away, is_away
from domain.placement import Placement
from domain.sessions_missed import (
    DAYS_OF_WEEK,
    Session,
    sessions_of,
    without_last,
)
from domain.stages import LIVE
from workflows.triggers.cause import Happened
from workflows.triggers.view import View

LOOK_AT_WITHIN = DAYS_OF_WEEK
"""Working days within which somebody looks at what the service noticed: a week, our own choice."""
REPORTS = (SessionsReported, SessionCoded)


def sessions_known(cause: Happened, view: View) -> tuple[Placement, list[Session], list[Session]] | None:
    """The placement, its sessions as they are known now, and as they were before this event."""
    register = view.find(Attendance, cause.event.originator_id)
    placement = view.find(Placement, register.placement_id) if register else None
    if register is None or placement is None or placement.stage not in LIVE:
        return None
    others = [other for other in view.registers_of(placement) if other.id != register.id]
    after, before = (sessions_of([*others, *these]) for these in ([register], without_last(register)))
    times = away(placement)
    return placement, _while_there(after, times), _while_there(before, times)


def _while_there(sessions: list[Session], times: tuple[Away, ...]) -> list[Session]:
    """Without those of the days on which nobody expected the child, because the placement had broken down."""
    return [session for session in sessions if not is_away(times, session.day)] if times else sessions
