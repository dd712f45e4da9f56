"""A council, school, trust or a provider's office: its people, its calendar and its choices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import organisation_events as e
from domain.facts.advising import Advice
from domain.facts.required_steps import InformationAnswer, InformationRequest, NeedsAudit
from domain.facts.scrutiny import Complaint, InspectionNotice
from domain.parameter import Number
from domain.people import OrganisationKind, Role
from domain.record import Record, remembers
from domain.school_days import SchoolCalendar


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that a person holds, until a day."""

    person_id: str
    name: str
    role: Role
    until: date | None


class Organisation(Record):
    """Who may act for it, and when its school days are."""

    def begin(self) -> None:
        self.name = ""
        self.kind: OrganisationKind | None = None
        self.local_authority_code: str | None = None
        self.urn: str | None = None
        self.provider_id: UUID | None = None
        self.authority_id: UUID | None = None
        self.maintained = False
        self.named_officer: tuple[str, str] | None = None
        self.calendar: SchoolCalendar | None = None
        self.grants: dict[tuple[str, Role], Grant] = {}
        self.warnings: frozenset[str] = frozenset()
        self.advice: list[Advice] = []
        self.inspection_notices: list[InspectionNotice] = []
        self.complaints: list[Complaint] = []
        self.needs_audits: list[NeedsAudit] = []
        self.information_requests: dict[str, InformationRequest] = {}
        self.information_answers: list[InformationAnswer] = []
        self.own_values: dict[str, list[tuple[date, Number | None]]] = {}

    def roles_of(self, person_id: str, day: date) -> frozenset[Role]:
        """The roles a person holds on a day."""
        return frozenset(
            g.role
            for g in self.grants.values()
            if g.person_id == person_id and (g.until is None or day <= g.until)
        )

    def name_of(self, person_id: str) -> str:
        """What the organisation calls this person; the bare id where it does not know them."""
        return next((g.name for g in self.grants.values() if g.person_id == person_id), person_id)

    def own_value(self, parameter: str, day: date) -> Number | None:
        """The value of a parameter to which it holds itself on a day; none where it keeps to the published one."""
        begun = [value for first, value in self.own_values.get(parameter, ()) if first <= day]
        return begun[-1] if begun else None

    @remembers
    def founded(self, event: e.OrganisationFounded) -> None:
        self.name, self.kind, self.urn = event.name, event.kind, event.urn
        self.local_authority_code, self.provider_id = event.local_authority_code, event.provider_id
        self.authority_id, self.maintained = event.authority_id, event.maintained

    @remembers
    def named_officer_appointed(self, event: e.NamedOfficerAppointed) -> None:
        self.named_officer = (event.person_id, event.name)

    @remembers
    def calendar_set(self, event: e.CalendarSet) -> None:
        self.calendar = event.calendar

    @remembers
    def role_granted(self, event: e.RoleGranted) -> None:
        self.grants[event.person_id, event.role] = Grant(event.person_id, event.name, event.role, event.until)

    @remembers
    def role_revoked(self, event: e.RoleRevoked) -> None:
        self.grants.pop((event.person_id, event.role), None)

    @remembers
    def warnings_chosen(self, event: e.WarningsChosen) -> None:
        self.warnings = frozenset(event.rules)

    @remembers
    def advice_recorded(self, event: e.AdviceRecorded) -> None:
        self.advice.append(event.advice)

    @remembers
    def inspection_notified(self, event: e.InspectionNotified) -> None:
        self.inspection_notices.append(event.notice)

    @remembers
    def complaint_received(self, event: e.ComplaintReceived) -> None:
        self.complaints.append(event.complaint)

    @remembers
    def parameter_tightened(self, event: e.ParameterTightened) -> None:
        self.own_values.setdefault(event.parameter, []).append((event.in_force_from, event.value))

    @remembers
    def needs_audited(self, event: e.NeedsAudited) -> None:
        self.needs_audits.append(event.audit)

    @remembers
    def information_requested(self, event: e.InformationRequested) -> None:
        self.information_requests[event.request.reference] = event.request

    @remembers
    def information_answered(self, event: e.InformationAnswered) -> None:
        self.information_answers.append(event.answer)
