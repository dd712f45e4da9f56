"""The attendance of one placement in one half-term: what the provider saw and what the school decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from domain import attendance_events as e
from domain.attendance_codes import Totals, code_when_attended, totals
from domain.code_sets.attendance import AttendanceMark
from domain.facts.attending import SessionReport
from domain.record import Record, remembers
from domain.routes import Route

NOT_YET_KNOWN: AttendanceMark = "N"
"""The code of an absence until the school decides (SI 2024/208 reg 10(7)-(9))."""


class Attendance(Record):
    """Two sessions a school day. The code of a session is the school's; until it decides, it follows from what was seen."""

    def begin(self) -> None:
        self.placement_id: UUID | None = None
        self.child_id: UUID | None = None
        self.half_term = ""
        self.first_on: date | None = None
        self.last_on: date | None = None
        self.route: Route | None = None
        self.dual_registered = False
        self.reported: dict[tuple[date, str], SessionReport] = {}
        self.coded: dict[tuple[date, str], AttendanceMark] = {}

    @property
    def about(self) -> UUID | None:
        return self.child_id

    @staticmethod
    def id_for(placement_id: UUID, half_term_starts_on: date) -> UUID:
        """The id of a placement's register for the half-term that begins on a day."""
        return uuid5(placement_id, f"attendance {half_term_starts_on.isoformat()}")

    def code(self, day: date, half: str) -> AttendanceMark | None:
        """The code of a session; None where nothing is known of it."""
        decided = self.coded.get((day, half))
        if decided is not None:
            return decided
        seen = self.reported.get((day, half))
        if seen is None or self.route is None:
            return None
        return (
            NOT_YET_KNOWN if seen.seen == "absent" else code_when_attended(self.route, self.dual_registered)
        )

    def codes(self) -> dict[tuple[date, str], AttendanceMark]:
        """Every session of which something is known."""
        known = sorted({*self.reported, *self.coded})
        return {key: code for key in known if (code := self.code(*key)) is not None}

    def totals(self) -> Totals:
        """Added up by the rule of the statistics."""
        return totals(self.codes().values())

    @remembers
    def opened(self, event: e.AttendanceOpened) -> None:
        self.placement_id, self.child_id, self.half_term = event.placement_id, event.child_id, event.half_term
        self.first_on, self.last_on = event.first_on, event.last_on
        self.route, self.dual_registered = event.route, event.dual_registered

    @remembers
    def sessions_reported(self, event: e.SessionsReported) -> None:
        for session in event.sessions:
            self.reported[session.day, session.half] = session

    @remembers
    def session_coded(self, event: e.SessionCoded) -> None:
        self.coded[event.day, event.half] = event.code
