"""Commands about an organisation: its officers, its calendar, and what its people may do."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, cast
from uuid import UUID

from annotated_types import Len

from domain import organisation_events as e
from domain.events import Event
from domain.facts.advising import Advice
from domain.organisation import Organisation
from domain.people import OrganisationKind, Role
from domain.personal import Label
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from domain.record import Record
from domain.school_days import SchoolCalendar, problems_of
from domain.time_rules import TIME_RULES
from workflows.case import Case
from workflows.command import Command
from workflows.placement_moves import PLACEMENT
from workflows.triggers.all_triggers import TRIGGERS

PersonId = Annotated[str, Len(1, 200)]
"""The person as the sign-in service names them (`sub`)."""


class OrganisationCommand(Command):
    """A command about an organisation."""

    target: ClassVar[type[Record]] = Organisation


class FoundOrganisation(OrganisationCommand):
    """Begin the record of a local authority, school, trust, or a provider's office (item 6)."""

    opens: ClassVar[bool] = True

    organisation_name: Label
    """Its name."""
    kind: OrganisationKind
    """What it is."""
    local_authority_code: Annotated[str, Len(3, 3)] | None = None
    """DfE number, for a local authority."""
    urn: Annotated[str, Len(6, 6)] | None = None
    """URN, for a school."""
    provider_id: UUID | None = None
    """The provider's record, for a provider's office."""
    authority_id: UUID | None = None
    """The local authority, for a school or trust."""
    maintained: bool = False
    """Whether a school is maintained by the local authority."""
    administrator_id: PersonId | None = None
    """The first person who may grant roles here."""
    administrator_name: Label | None = None
    """What that person is called."""

    def decide(self, case: Case) -> None:
        if self.kind is OrganisationKind.PROVIDER:
            if self.provider_id is None:
                message = "Say which provider this office belongs to."
                raise Invalid([Reason(code="provider_missing", message=message, field="provider_id")])
            case.named(Provider, self.provider_id, "provider_id")
        if self.authority_id is not None:
            case.named(Organisation, self.authority_id, "authority_id")
        facts = self.facts()
        for field in ("administrator_id", "administrator_name"):
            facts.pop(field)
        facts["name"] = facts.pop("organisation_name")
        case.target.remember(e.OrganisationFounded, **facts)
        if self.administrator_id is not None:
            name = self.administrator_name or self.administrator_id
            case.target.remember(
                e.RoleGranted, person_id=self.administrator_id, name=name, role=Role.ADMINISTRATOR
            )


class AppointNamedOfficer(OrganisationCommand):
    """Appoint the officer who sees that planning and monitoring work (item 67; 003 ¶45)."""

    person_id: PersonId
    """The person."""
    person_name: Label
    """What they are called."""

    def decide(self, case: Case) -> None:
        case.target.remember(e.NamedOfficerAppointed, person_id=self.person_id, name=self.person_name)


class SetCalendar(OrganisationCommand):
    """Set terms, half-terms, INSET days and closures; bank holidays are known."""

    event: ClassVar[type[Event] | None] = e.CalendarSet
    calendar: SchoolCalendar
    """The whole calendar, as many terms as are known."""

    def decide(self, case: Case) -> None:
        found = problems_of(self.calendar)
        if any(not problem.warning for problem in found):
            raise Invalid(found)
        case.warnings = (*case.warnings, *found)
        super().decide(case)


class GrantRole(OrganisationCommand):
    """Let a person act in a role here; it takes effect at once."""

    person_id: PersonId
    """The person."""
    person_name: Label
    """What they are called."""
    role: Role
    """The role."""
    until: date | None = None
    """The last day of the role; empty for no end."""

    def decide(self, case: Case) -> None:
        kind = cast(Organisation, case.target).kind
        if (kind is OrganisationKind.PROVIDER) != (
            self.role is Role.PROVIDER_STAFF
        ) and self.role is not Role.ADMINISTRATOR:
            message = (
                "Provider staff belong to a provider's office, and a provider's office has no other roles."
            )
            raise Invalid([Reason(code="role_does_not_fit", message=message, field="role")])
        case.target.remember(
            e.RoleGranted, person_id=self.person_id, name=self.person_name, role=self.role, until=self.until
        )


class RevokeRole(OrganisationCommand):
    """Take a role away; it takes effect at once."""

    person_id: PersonId
    """The person."""
    role: Role
    """The role."""

    def decide(self, case: Case) -> None:
        organisation = cast(Organisation, case.target)
        if (self.person_id, self.role) not in organisation.grants:
            raise Invalid(
                [
                    Reason(
                        code="no_such_grant", message="The person does not hold this role here.", field="role"
                    )
                ]
            )
        admins = [g for g in organisation.grants.values() if g.role is Role.ADMINISTRATOR and g.until is None]
        if self.role is Role.ADMINISTRATOR and [g.person_id for g in admins] == [self.person_id]:
            message = "This is the last administrator. Grant the role to someone else first."
            raise Invalid([Reason(code="last_administrator", message=message, field="person_id")])
        organisation.remember(e.RoleRevoked, person_id=self.person_id, role=self.role)


class ChooseWarnings(OrganisationCommand):
    """Choose which unverified rules, deadlines and proposals the organisation wants to be warned of; none is on by itself."""

    event: ClassVar[type[Event] | None] = e.WarningsChosen
    rules: Annotated[tuple[Label, ...], Len(0, 40)]
    """Names of the rules and triggers; deadlines by their id, such as T16_first."""

    def decide(self, case: Case) -> None:
        known = {rule.name for row in PLACEMENT.rows.values() for rule in row.needs if rule.chosen}
        known |= {rule.id for rule in TIME_RULES.values() if not rule.on_by_default}
        known |= {trigger.name for trigger in TRIGGERS.values() if trigger.chosen}
        unknown = sorted(set(self.rules) - known)
        if unknown:
            message = (
                f"Not a rule that can be chosen: {', '.join(unknown)}. Known: {', '.join(sorted(known))}."
            )
            raise Invalid([Reason(code="no_such_warning", message=message, field="rules")])
        super().decide(case)


class RecordAdvice(OrganisationCommand):
    """Record procedural or legal help given to a school that commissions, or the roles agreed (item 82; 003 ¶10, ¶27-28)."""

    event: ClassVar[type[Event] | None] = e.AdviceRecorded
    advice: Advice
    """What was asked and advised."""
