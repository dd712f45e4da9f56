"""What can happen from the search for a provider to the first day. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.events import Event
from domain.facts.commission import IndividualAgreement, Signature
from domain.facts.going_live import (
    ContingencyPlan,
    LocalAuthorityInformed,
    OffSiteNotice,
    Reporting,
    TransportAndMeals,
)
from domain.facts.plan import LearningPlan, PlanAgreed
from domain.facts.risk import RiskAssessment
from domain.facts.suitability import Proposal, SuitabilityAssessment
from domain.moved import Moved
from domain.personal import Personal


class ProviderProposed(Event, frozen=True, kw_only=True, tag="placement.provider_proposed"):
    """A place at a provider is proposed."""

    proposal: Proposal


class SuitabilityAssessed(Event, frozen=True, kw_only=True, tag="placement.suitability_assessed"):
    """The proposed provider was assessed against the child's needs (item 23)."""

    assessment: SuitabilityAssessment


class ProviderTurnedDown(Event, frozen=True, kw_only=True, tag="placement.provider_turned_down"):
    """The proposed provider will not be used."""

    provider_id: UUID


class SuitabilityConfirmed(Moved, frozen=True, kw_only=True, tag="placement.suitability_confirmed"):
    """The provider is right for the child; a contract can be made."""


class AgreementChosen(Event, frozen=True, kw_only=True, tag="placement.agreement_chosen"):
    """The standing contract that governs the placement (B2)."""

    agreement_id: UUID


class PlanWritten(Event, frozen=True, kw_only=True, tag="placement.plan_written"):
    """The personal learning plan was written or changed; agreement has to be given anew (items 49-56)."""

    plan: LearningPlan


class PlanAgreedBy(Event, frozen=True, kw_only=True, tag="placement.plan_agreed"):
    """One party agreed to the plan (B3)."""

    agreed: PlanAgreed


class IndividualAgreementMade(Event, frozen=True, kw_only=True, tag="placement.individual_agreement_made"):
    """The child's own commissioning agreement was written; signatures have to be given anew (004 l.47)."""

    agreement: IndividualAgreement


class IndividualAgreementSigned(
    Event, frozen=True, kw_only=True, tag="placement.individual_agreement_signed"
):
    """One side signed the child's agreement."""

    signature: Signature


class ContractCompleted(Moved, frozen=True, kw_only=True, tag="placement.contract_completed"):
    """Everything is agreed and signed, and the place is held."""


class ChosenAgain(Moved, frozen=True, kw_only=True, tag="placement.chosen_again"):
    """The chosen provider falls through before the start; another is sought and the held place is given back."""


class RiskAssessed(Event, frozen=True, kw_only=True, tag="placement.risk_assessed"):
    """The child's risk assessment was prepared (item 57; B5)."""

    assessment: RiskAssessment


class RiskAccepted(Event, frozen=True, kw_only=True, tag="placement.risk_accepted"):
    """A second person accepted the risk assessment."""

    prepared_by: str


class NoticeServed(Event, frozen=True, kw_only=True, tag="placement.notice_served"):
    """The written notice of an off-site direction was given (s.29A; item 59)."""

    notice: OffSiteNotice


class LocalAuthorityTold(Event, frozen=True, kw_only=True, tag="placement.local_authority_told"):
    """The named officer was told of the placement (003 ¶45)."""

    informed: LocalAuthorityInformed


class TransportAndMealsArranged(
    Event, frozen=True, kw_only=True, tag="placement.transport_and_meals_arranged"
):
    """Transport, meals and plain information are arranged (item 60)."""

    arrangement: TransportAndMeals


class ReportingAgreed(Event, frozen=True, kw_only=True, tag="placement.reporting_agreed"):
    """Attendance and progress reporting is set up (item 58; B6)."""

    reporting: Reporting


class ContingencyPlanned(Event, frozen=True, kw_only=True, tag="placement.contingency_planned"):
    """What happens if it breaks down was thought out (item 70)."""

    contingency: ContingencyPlan


class Started(Moved, frozen=True, kw_only=True, tag="placement.started"):
    """The child's first day."""

    on: date
    first_review_on: date


class Withdrawn(Moved, frozen=True, kw_only=True, tag="placement.withdrawn"):
    """The referral ended before the placement began."""

    on: date
    by_whom: str
    why: Annotated[str, Personal("narrative")]
    child_is_at: str


class OverrideRequested(Event, frozen=True, kw_only=True, tag="placement.override_requested"):
    """An emergency: someone asks that named rules be set aside for a time."""

    rules: tuple[str, ...]
    why: Annotated[str, Personal("narrative")]
    until: date


class OverrideApproved(Event, frozen=True, kw_only=True, tag="placement.override_approved"):
    """A senior officer other than the one who asked set the rules aside until a day."""

    request: int
    requested_by: str
    rules: tuple[str, ...]
    until: date
    self_approved: bool = False
    """The same person asked and approved, under an explicit right to do so."""


class OverrideDeclined(Event, frozen=True, kw_only=True, tag="placement.override_declined"):
    """The request was turned down."""

    request: int
