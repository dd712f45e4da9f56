"""Commands about what a child lives with: carers, needs, a social worker, the school's roll and the week there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from annotated_types import Ge, Le, Len

from domain import child_events as e
from domain.codes import Enrolment, SenProvision
from domain.events import Event
from domain.facts.needs import Need
from domain.facts.people import Carer, SocialWorker
from domain.organisation import Organisation
from domain.personal import Words
from domain.reasons import Reason, Refused
from workflows.case import Case
from workflows.child_command import ChildCommand


class RecordCarer(ChildCommand):
    """Record a parent or carer; the same name again replaces the entry."""

    event: ClassVar[type[Event] | None] = e.CarerRecorded
    carer: Carer
    """The parent or carer."""


class RecordSen(ChildCommand):
    """Record SEN provision and needs (item 18)."""

    event: ClassVar[type[Event] | None] = e.SenRecorded
    provision: SenProvision
    """N none, K SEN support, E EHC plan."""
    needs: Annotated[tuple[Need, ...], Len(0, 2)] = ()
    """At most two, ranked."""


class RecordSocialWorker(ChildCommand):
    """Record the child's social worker."""

    event: ClassVar[type[Event] | None] = e.SocialWorkerRecorded
    social_worker: SocialWorker
    """The social worker and the plan the child is on."""


class EndSocialWork(ChildCommand):
    """Record that the child has no social worker any more."""

    event: ClassVar[type[Event] | None] = e.SocialWorkEnded
    on: date
    """The last day."""


class ChangeRoll(ChildCommand):
    """Record that the child came on or left a school's roll (item 88; T11, T12)."""

    school_id: UUID | None = None
    """The school's record; none where the school does not use the service."""
    enrolment: Enrolment
    """C single, M dual main, S dual subsidiary and so on."""
    from_on: date
    """First day on the roll."""
    until_on: date | None = None
    """Last day on the roll; empty while it goes on."""
    reason: Words | None = None
    """Why."""

    def decide(self, case: Case) -> None:
        if self.school_id is not None:
            case.named(Organisation, self.school_id, "school_id")
        case.target.remember(e.RollChanged, **{**self.facts(), "reason": self.reason or ""})


class SetSchoolSessions(ChildCommand):
    """Set how many half-days a week the child spends at the home school (item 56)."""

    sessions_per_week: Annotated[int, Ge(0), Le(10)]
    """Half-days a week."""

    def decide(self, case: Case) -> None:
        child = case.child
        placed = child.weekly_sessions() - child.school_sessions
        most = case.parameters.of("sessions_a_week_at_most")
        if placed + self.sessions_per_week > most:
            message = (
                f"Placements take {placed} sessions a week; {self.sessions_per_week} at school would make more than "
                f"{most}."
            )
            raise Refused(
                [Reason(code="week_overbooked", message=message, source="003 ¶30", field="sessions_per_week")]
            )
        child.remember(e.SchoolSessionsSet, sessions_per_week=self.sessions_per_week)
