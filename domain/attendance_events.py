"""What can happen in the attendance of one placement in one half-term. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.code_sets.attendance import AttendanceMark
from domain.events import Event
from domain.facts.attending import SessionReport
from domain.personal import Personal
from domain.routes import Route


class AttendanceOpened(Event, frozen=True, kw_only=True, tag="attendance.opened"):
    """The register of a placement for a half-term."""

    placement_id: UUID
    child_id: UUID
    half_term: str
    first_on: date
    last_on: date
    route: Route
    dual_registered: bool = False


class SessionsReported(Event, frozen=True, kw_only=True, tag="attendance.sessions_reported"):
    """The provider said who was there. Said again for the same session, it replaces what was said (T7)."""

    sessions: tuple[SessionReport, ...]


class SessionCoded(Event, frozen=True, kw_only=True, tag="attendance.session_coded"):
    """The school decided on the code of a session, and so on authorisation (004 l.56-57; item 88)."""

    day: date
    half: str
    code: AttendanceMark
    activity: Annotated[str, Personal("narrative")] = ""
    """The nature of the activity, which the register keeps for `B` and `K`."""
