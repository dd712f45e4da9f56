"""RecordSessionCounts: how many sessions of a term fell under each register code, as a census return gives them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len

from domain.attendance_codes import UnknownAttendanceCode, code_of
from domain.child_events import SessionCountsRecorded
from domain.facts.attending import SchoolTerm
from domain.organisation import Organisation
from domain.reasons import Invalid, Reason
from workflows.case import Case
from workflows.child_command import ChildCommand

MOST_IN_A_TERM = 200
"""Sessions of twenty weeks: no term is longer (design; it only warns)."""


class RecordSessionCounts(ChildCommand):
    """Record a term's sessions by register code. They are counts and not marks, so they say nothing of single days."""

    school_id: UUID | None = None
    """The school's record; none where the school does not use the service."""
    term: SchoolTerm
    """autumn, spring or summer."""
    year: Annotated[int, Ge(2000), Le(2100)]
    """The calendar year in which the term lies."""
    counts: Annotated[dict[str, Annotated[int, Ge(0), Le(1000)]], Len(1, 60)]
    """Sessions by code; retired codes are kept as they are. All codes of the term: what was recorded before is replaced."""
    source_row: Annotated[str, Len(1, 200)] | None = None
    """Where it was imported from."""

    def decide(self, case: Case) -> None:
        if self.school_id is not None:
            case.named(Organisation, self.school_id, "school_id")
        counts = self._known()
        if sum(counts.values()) > MOST_IN_A_TERM:
            message = "The counts add up to more sessions than a term has. Check the return."
            case.warnings = (
                *case.warnings,
                Reason(code="more_sessions_than_a_term_has", message=message, warning=True, field="counts"),
            )
        case.target.remember(
            SessionCountsRecorded,
            school_id=self.school_id,
            term=self.term,
            year=self.year,
            counts=counts,
            source_row=self.source_row or "",
        )

    def _known(self) -> dict[str, int]:
        """The counts under the codes as the register writes them. Raises Invalid for what was never a code."""
        counts: dict[str, int] = {}
        wrong = []
        for text, sessions in self.counts.items():
            try:
                code = code_of(text).code
            except UnknownAttendanceCode:
                message = "This is not a code of the attendance register."
                wrong.append(Reason(code="unknown_attendance_code", message=message, field=f"counts.{text}"))
                continue
            counts[code] = counts.get(code, 0) + sessions
        if wrong:
            raise Invalid(wrong)
        return counts
