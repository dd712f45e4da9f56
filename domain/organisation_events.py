"""What can happen to a council, school, trust or a provider's own office. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.events import Event
from domain.facts.advising import Advice
from domain.facts.required_steps import InformationAnswer, InformationRequest, NeedsAudit
from domain.facts.scrutiny import Complaint, InspectionNotice
from domain.parameter import Number
from domain.people import OrganisationKind, Role
from domain.personal import Label, Prose
from domain.school_days import SchoolCalendar


class OrganisationFounded(Event, frozen=True, kw_only=True, tag="organisation.founded"):
    """An organisation uses the service (item 6)."""

    name: str
    kind: OrganisationKind
    local_authority_code: str | None = None
    urn: str | None = None
    provider_id: UUID | None = None
    """For a provider's own office: the provider's record."""
    authority_id: UUID | None = None
    """For a school: the local authority whose area it is in."""
    maintained: bool = False
    """For a school: maintained by the local authority, so that s.29A applies; an academy treats it as good practice."""


class NamedOfficerAppointed(Event, frozen=True, kw_only=True, tag="organisation.named_officer_appointed"):
    """The officer who sees that planning and monitoring work (item 67; 003 ¶45)."""

    person_id: str
    name: str


class CalendarSet(Event, frozen=True, kw_only=True, tag="organisation.calendar_set"):
    """Terms, half-terms, INSET days and closures."""

    calendar: SchoolCalendar


class RoleGranted(Event, frozen=True, kw_only=True, tag="organisation.role_granted"):
    """A person may act in a role here, from now until a day."""

    person_id: str
    name: str
    role: Role
    until: date | None = None


class RoleRevoked(Event, frozen=True, kw_only=True, tag="organisation.role_revoked"):
    """A person may no longer act in a role here."""

    person_id: str
    role: Role


class WarningsChosen(Event, frozen=True, kw_only=True, tag="organisation.warnings_chosen"):
    """Which unverified or proposed rules this organisation wants to be warned of; none is on by itself."""

    rules: tuple[str, ...]


class AdviceRecorded(Event, frozen=True, kw_only=True, tag="organisation.advice_recorded"):
    """A school asked the local authority for procedural or legal help with commissioning (item 82; 003 ¶10, ¶27-28)."""

    advice: Advice


class ParameterTightened(Event, frozen=True, kw_only=True, tag="organisation.parameter_tightened"):
    """From a day on the organisation holds itself to a tighter value of a parameter than the published one, or no longer does."""

    parameter: Label
    value: Number | None = None
    """None: the published value again."""
    in_force_from: date
    why: Prose = ""


class NeedsAudited(Event, frozen=True, kw_only=True, tag="organisation.needs_audited"):
    """The yearly audit of needs and analysis of gaps was finished (items 1, 2; T36)."""

    audit: NeedsAudit


class InformationRequested(Event, frozen=True, kw_only=True, tag="organisation.information_requested"):
    """A request for data, a breach or a complaint reached the organisation (T38, T39)."""

    request: InformationRequest


class InformationAnswered(Event, frozen=True, kw_only=True, tag="organisation.information_answered"):
    """The organisation answered, reported or acknowledged it (T38, T39)."""

    answer: InformationAnswer


class InspectionNotified(Event, frozen=True, kw_only=True, tag="organisation.inspection_notified"):
    """An inspection of the organisation or of a provider was announced."""

    notice: InspectionNotice


class ComplaintReceived(Event, frozen=True, kw_only=True, tag="organisation.complaint_received"):
    """A complaint arrived."""

    complaint: Complaint
