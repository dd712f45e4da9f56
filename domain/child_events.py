"""What can become known of a child. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.codes import Enrolment, ExclusionReason, ExclusionType, SenProvision, Sex, YearGroup
from domain.events import Event
from domain.facts.attending import SchoolTerm
from domain.facts.needs import Need
from domain.facts.people import Carer, EhcPlan, LookedAfter, SocialWorker
from domain.identifiers import Identifier
from domain.personal import Identity, Name, Personal


class ChildRegistered(Event, frozen=True, kw_only=True, tag="child.registered"):
    """A child became known to the service."""

    given_names: Name
    family_name: Name
    born_on: Identity
    """ISO date; text because it is sealed."""
    sex: Sex
    authority_id: UUID
    """The local authority responsible for the child."""
    year_group: YearGroup | None = None
    identifiers: tuple[Identifier, ...] = ()


class DetailsChanged(Event, frozen=True, kw_only=True, tag="child.details_changed"):
    """Name, date of birth or sex were brought up to date."""

    given_names: Name
    family_name: Name
    born_on: Identity
    sex: Sex


class YearGroupSet(Event, frozen=True, kw_only=True, tag="child.year_group_set"):
    """The child's year group (DfE code)."""

    year_group: YearGroup


class IdentifierAdded(Event, frozen=True, kw_only=True, tag="child.identifier_added"):
    """Another way to say who the child is: UPN, ULN, NHS number, local number."""

    identifier: Identifier


class IdentifierRetired(Event, frozen=True, kw_only=True, tag="child.identifier_retired"):
    """An identifier no longer holds, a temporary UPN for example."""

    identifier: Identifier


class CarerRecorded(Event, frozen=True, kw_only=True, tag="child.carer_recorded"):
    """A parent or carer, with how to reach them; the same name again replaces the entry."""

    carer: Carer


class SenRecorded(Event, frozen=True, kw_only=True, tag="child.sen_recorded"):
    """SEN provision and ranked needs (item 18)."""

    provision: SenProvision
    needs: tuple[Need, ...] = ()


class EhcPlanRecorded(Event, frozen=True, kw_only=True, tag="child.ehc_plan_recorded"):
    """An EHC plan was issued or amended: sections F and I."""

    plan: EhcPlan


class EhcPlanCeased(Event, frozen=True, kw_only=True, tag="child.ehc_plan_ceased"):
    """The EHC plan ended."""

    on: date


class LookedAfterRecorded(Event, frozen=True, kw_only=True, tag="child.looked_after_recorded"):
    """The child came into the care of a local authority."""

    looked_after: LookedAfter


class LookedAfterEnded(Event, frozen=True, kw_only=True, tag="child.looked_after_ended"):
    """The child left care."""

    on: date


class SocialWorkerRecorded(Event, frozen=True, kw_only=True, tag="child.social_worker_recorded"):
    """The child has a social worker."""

    social_worker: SocialWorker


class SocialWorkEnded(Event, frozen=True, kw_only=True, tag="child.social_work_ended"):
    """The child has no social worker any more."""

    on: date


class RollChanged(Event, frozen=True, kw_only=True, tag="child.roll_changed"):
    """The child came on or left a school's roll; a child is always on some school's roll (item 88)."""

    school_id: UUID | None
    enrolment: Enrolment
    from_on: date
    until_on: date | None = None
    reason: Annotated[str, Personal("narrative")] = ""


class Excluded(Event, frozen=True, kw_only=True, tag="child.excluded"):
    """A suspension or permanent exclusion; it starts the sixth-school-day clock (s.19; EIA 2006 s.100; T1, T2)."""

    exclusion_type: ExclusionType
    from_on: date
    sessions: int | None = None
    """Half-days of a suspension; none for a permanent exclusion."""
    reasons: tuple[ExclusionReason, ...] = ()
    education_due_on: date | None = None
    """The day by which full-time education must be in place; none where the law asks for none."""
    clock: str = ""
    """The time rule that gave the day."""
    source_row: str = ""
    """Where it came from, when it was imported."""


class SessionCountsRecorded(Event, frozen=True, kw_only=True, tag="child.session_counts_recorded"):
    """Sessions of one term at one school, counted by register code, as a census return gives them; said again, they replace."""

    school_id: UUID | None
    term: SchoolTerm
    year: int
    """The calendar year in which the term lies."""
    counts: dict[str, int]
    """Sessions by code, retired codes as they were returned."""
    source_row: str = ""
    """Where it came from, when it was imported."""


class SchoolSessionsSet(Event, frozen=True, kw_only=True, tag="child.school_sessions_set"):
    """Half-days a week that the child spends at the home school."""

    sessions_per_week: int


class WeekTaken(Event, frozen=True, kw_only=True, tag="child.week_taken"):
    """A placement takes part of the child's week; said again, it replaces what it took."""

    placement_id: UUID
    provider_id: UUID
    sessions_per_week: int
    hours_per_week: float


class WeekFreed(Event, frozen=True, kw_only=True, tag="child.week_freed"):
    """A placement gives its part of the week back."""

    placement_id: UUID
