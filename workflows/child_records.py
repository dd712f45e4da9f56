"""Commands about a child: who they are, what the law asks for them, their school, exclusions and week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from annotated_types import Ge, Le, Len

from domain import child_events as e
from domain.child import Child
from domain.codes import Enrolment, SenProvision, Sex, YearGroup
from domain.events import Event
from domain.facts.needs import Need
from domain.facts.people import Carer, SocialWorker
from domain.happened import Happened
from domain.identifiers import Identifier, doubts_about, problem_with
from domain.organisation import Organisation
from domain.personal import Name, Words
from domain.reasons import Invalid, Reason, Refused
from domain.record import Record
from workflows.case import Case
from workflows.command import Command


class ChildCommand(Command):
    """A command about a child."""

    target: ClassVar[type[Record]] = Child


def _look_at(case: Case, identifiers: tuple[Identifier, ...]) -> None:
    """A wrong identifier refuses; an unusual one warns."""
    problems = [
        replace(p, field=f"identifiers.{i}.value")
        for i, identifier in enumerate(identifiers)
        if (p := problem_with(identifier)) is not None
    ]
    if problems:
        raise Invalid(problems)
    doubts = [d for identifier in identifiers if (d := doubts_about(identifier)) is not None]
    case.warnings = (*case.warnings, *doubts)


def _born_sensibly(case: Case, born_on: date) -> None:
    if born_on > case.today or born_on.year < case.today.year - 30:
        message = "The date of birth lies in the future or more than thirty years back."
        raise Invalid([Reason(code="date_of_birth_unlikely", message=message, field="born_on")])


class RegisterChild(ChildCommand):
    """Begin the record of a child."""

    opens: ClassVar[bool] = True

    given_names: Name
    """Given names."""
    family_name: Name
    """Family name."""
    born_on: date
    """Date of birth."""
    sex: Sex
    """F, M or U, as the returns have it."""
    authority_id: UUID
    """The local authority responsible for the child."""
    year_group: YearGroup | None = None
    """Year group, DfE code."""
    identifiers: Annotated[tuple[Identifier, ...], Len(0, 10)] = ()
    """UPN and others; none of them alone is the key."""
    school_id: UUID | None = None
    """The school on whose roll the child is, if it is known; a school registers its own pupils so."""
    on_roll_since: Happened | None = None
    """First day on that roll; today, where it is left out."""

    def decide(self, case: Case) -> None:
        case.named(Organisation, self.authority_id, "authority_id")
        _look_at(case, self.identifiers)
        _born_sensibly(case, self.born_on)
        facts = {**self.facts(), "born_on": self.born_on.isoformat()}
        school, since = facts.pop("school_id"), facts.pop("on_roll_since") or case.today
        case.target.remember(e.ChildRegistered, **facts)
        if school is not None:
            case.named(Organisation, school, "school_id")
            case.target.remember(e.RollChanged, school_id=school, enrolment="C", from_on=since)


class ChangeDetails(ChildCommand):
    """Bring name, date of birth or sex up to date."""

    given_names: Name
    """Given names."""
    family_name: Name
    """Family name."""
    born_on: date
    """Date of birth."""
    sex: Sex
    """F, M or U."""

    def decide(self, case: Case) -> None:
        _born_sensibly(case, self.born_on)
        case.target.remember(e.DetailsChanged, **{**self.facts(), "born_on": self.born_on.isoformat()})


class SetYearGroup(ChildCommand):
    """Set the year group."""

    event: ClassVar[type[Event] | None] = e.YearGroupSet
    year_group: YearGroup
    """DfE code."""


class AddIdentifier(ChildCommand):
    """Add an identifier. A wrong check letter refuses; an unknown local authority number only warns."""

    identifier: Identifier
    """The identifier."""

    def decide(self, case: Case) -> None:
        _look_at(case, (self.identifier,))
        if self.identifier not in case.child.identifiers:
            case.target.remember(e.IdentifierAdded, identifier=self.identifier)


class RetireIdentifier(ChildCommand):
    """Take an identifier out of use, such as a temporary UPN."""

    identifier: Identifier
    """The identifier as it was recorded."""

    def decide(self, case: Case) -> None:
        if self.identifier not in case.child.identifiers:
            message = "The child has no such identifier."
            raise Invalid([Reason(code="no_such_identifier", message=message, field="identifier")])
        case.target.remember(e.IdentifierRetired, identifier=self.identifier)


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
        if self.until_on is not None and self.until_on < self.from_on:
            message = "The last day on the roll is before the first."
            raise Invalid([Reason(code="dates_reversed", message=message, field="until_on")])
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
                f"Placements take {placed} half-days a week; {self.sessions_per_week} at school would make more than "
                f"{most}."
            )
            raise Refused(
                [Reason(code="week_overbooked", message=message, source="003 ¶30", field="sessions_per_week")]
            )
        child.remember(e.SchoolSessionsSet, sessions_per_week=self.sessions_per_week)
