"""Commands about who a child is: names, birth, year group and identifiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from annotated_types import Len

from domain import child_events as e
from domain.codes import Sex, YearGroup
from domain.events import Event
from domain.happened import Happened
from domain.identifiers import Identifier, doubts_about, problem_with
from domain.organisation import Organisation
from domain.personal import Name
from domain.reasons import Invalid, Reason
from workflows.case import Case
from workflows.child_command import ChildCommand


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
