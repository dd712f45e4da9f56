"""RecordExclusion: a suspension or permanent exclusion, which starts the sixth-school-day clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len

from domain.child_events import Excluded
from domain.codes import ExclusionReason, ExclusionType
from domain.happened import Happened
from domain.organisation import Organisation
from domain.reasons import Reason
from domain.school_days import OutsideCalendar, is_working_day, school_days_of, working_days_after
from domain.time_rules import TimeRule, due_on
from workflows.case import Case
from workflows.child_command import ChildCommand


class RecordExclusion(ChildCommand):
    """Record an exclusion. A permanent one, or a suspension of more than five school days, starts the sixth-day clock (T1, T2)."""

    exclusion_type: ExclusionType
    """SUSP suspension, PERM permanent, LNCH lunchtime."""
    from_on: Happened
    """The first school day excluded: day 1 [U]."""
    sessions: Annotated[int, Ge(1), Le(90)] | None = None
    """Half-days of a suspension."""
    reasons: Annotated[tuple[ExclusionReason, ...], Len(0, 3)] = ()
    """Up to three reasons, DfE codes."""
    source_row: Annotated[str, Len(1, 200)] | None = None
    """Where it was imported from."""

    def decide(self, case: Case) -> None:
        due, clock = self.clock(case)
        case.child.remember(
            Excluded,
            exclusion_type=self.exclusion_type,
            from_on=self.from_on,
            sessions=self.sessions,
            reasons=self.reasons,
            education_due_on=due,
            clock=clock,
            source_row=self.source_row or "",
        )

    def clock(self, case: Case) -> tuple[date | None, str]:
        """The day by which education is due and the rule that gives it; none where the law asks for none."""
        if self.exclusion_type == "PERM":
            clock = "T1"
        elif self.exclusion_type == "SUSP" and self._is_long(case):
            clock = "T2"
        else:
            return None, ""
        rule = case.parameters.deadline(clock, on=self.from_on)
        for id in (case.child.school_on(self.from_on), case.child.authority_id):
            due = self._counted(case, id, rule)
            if due is not None:
                return due, clock
        message = (
            "No school calendar covers these days, so bank holidays and weekends only were left out of the sixth school day. "
            "Set the calendar of the school or the local authority."
        )
        case.warnings = (
            *case.warnings,
            Reason(code="no_calendar", message=message, warning=True, source=clock),
        )
        return nth_working_day(self.from_on, rule.count), clock

    def _is_long(self, case: Case) -> bool:
        """More than five school days (EIA 2006 s.100)."""
        return (self.sessions or 0) > case.parameters.of("long_suspension_sessions", on=self.from_on)

    def _counted(self, case: Case, organisation_id: UUID | None, rule: TimeRule) -> date | None:
        organisation = case.find(Organisation, organisation_id)
        if organisation is None or organisation.calendar is None:
            return None
        try:
            return due_on(rule, self.from_on, school_days_of(organisation.calendar))
        except OutsideCalendar:
            return None


def nth_working_day(first: date, count: int) -> date:
    """The sixth day, say, counting only bank holidays and weekends out: never later than the sixth school day would be."""
    while not is_working_day(first):
        first += timedelta(days=1)
    return working_days_after(first, count - 1)
