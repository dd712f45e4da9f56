"""A placement from the search for a provider to its first day: what is assessed, agreed and arranged. It remembers; it never decides."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain import placement_events as e
from domain.facts.commission import IndividualAgreement, Signature
from domain.facts.going_live import (
    ContingencyPlan,
    LocalAuthorityInformed,
    OffSiteNotice,
    Reporting,
    TransportAndMeals,
)
from domain.facts.plan import LearningPlan, Party
from domain.facts.provider_failing import ProviderFailure
from domain.facts.risk import RiskAssessment
from domain.facts.suitability import Proposal, SuitabilityAssessment
from domain.placement_parts import Override
from domain.record import remembers
from domain.referral import Referral


class Preparation(Referral):
    """Folds what `placement_events` tells, after all that `Referral` knows. `Placement` goes on from here."""

    def begin(self) -> None:
        super().begin()
        self.proposal: Proposal | None = None
        self.suitability: SuitabilityAssessment | None = None
        self.agreement_id: UUID | None = None
        self.plan: LearningPlan | None = None
        self.plan_agreed: dict[Party, date] = {}
        self.commission: IndividualAgreement | None = None
        self.signatures: dict[str, Signature] = {}
        self.place_held = False
        self.risk: RiskAssessment | None = None
        self.risk_prepared_by = self.risk_accepted_by = ""
        self.notice: OffSiteNotice | None = None
        self.la_informed: LocalAuthorityInformed | None = None
        self.transport: TransportAndMeals | None = None
        self.reporting: Reporting | None = None
        self.contingency: ContingencyPlan | None = None
        self.started_on: date | None = None
        self.ends_by: date | None = None
        self.hours_per_week: float | None = None
        self.sessions_per_week: int | None = None
        self.next_review_on: date | None = None
        self.ended_on: date | None = None
        self.outcome = ""
        self.at_risk: list[ProviderFailure] = []
        self.overrides: list[Override] = []

    @property
    def provider_id(self) -> UUID | None:
        """The provider proposed or used; none before one is proposed."""
        return self.proposal.provider_id if self.proposal else None

    @remembers
    def provider_proposed(self, event: e.ProviderProposed) -> None:
        self.proposal, self.suitability = event.proposal, None

    @remembers
    def suitability_assessed(self, event: e.SuitabilityAssessed) -> None:
        self.suitability = event.assessment

    @remembers
    def provider_turned_down(self, event: e.ProviderTurnedDown) -> None:
        self.proposal = self.suitability = None
        self.at_risk = []

    @remembers
    def suitability_confirmed(self, event: e.SuitabilityConfirmed) -> None:
        self.stage = event.stage

    @remembers
    def agreement_chosen(self, event: e.AgreementChosen) -> None:
        self.agreement_id = event.agreement_id

    @remembers
    def plan_written(self, event: e.PlanWritten) -> None:
        self.plan, self.plan_agreed = event.plan, {}

    @remembers
    def plan_agreed_by(self, event: e.PlanAgreedBy) -> None:
        self.plan_agreed[event.agreed.party] = event.agreed.on

    @remembers
    def individual_agreement_made(self, event: e.IndividualAgreementMade) -> None:
        self.commission, self.signatures = event.agreement, {}
        self.hours_per_week, self.sessions_per_week = (
            event.agreement.hours_per_week,
            event.agreement.sessions_per_week,
        )
        self.ends_by = event.agreement.ends_by

    @remembers
    def individual_agreement_signed(self, event: e.IndividualAgreementSigned) -> None:
        self.signatures[event.signature.party] = event.signature

    @remembers
    def contract_completed(self, event: e.ContractCompleted) -> None:
        self.stage, self.place_held = event.stage, True

    @remembers
    def chosen_again(self, event: e.ChosenAgain) -> None:
        self.stage, self.place_held = event.stage, False
        self.proposal = self.suitability = self.agreement_id = self.commission = self.risk = self.notice = (
            None
        )
        self.signatures, self.risk_prepared_by, self.risk_accepted_by, self.at_risk = {}, "", "", []
        self.plan_agreed.pop("provider", None)

    @remembers
    def risk_assessed(self, event: e.RiskAssessed) -> None:
        self.risk, self.risk_prepared_by, self.risk_accepted_by = event.assessment, event.decision.by.id, ""

    @remembers
    def risk_accepted(self, event: e.RiskAccepted) -> None:
        self.risk_accepted_by = event.decision.by.id

    @remembers
    def notice_served(self, event: e.NoticeServed) -> None:
        self.notice = event.notice

    @remembers
    def local_authority_told(self, event: e.LocalAuthorityTold) -> None:
        self.la_informed = event.informed

    @remembers
    def transport_and_meals_arranged(self, event: e.TransportAndMealsArranged) -> None:
        self.transport = event.arrangement

    @remembers
    def reporting_agreed(self, event: e.ReportingAgreed) -> None:
        self.reporting = event.reporting

    @remembers
    def contingency_planned(self, event: e.ContingencyPlanned) -> None:
        self.contingency = event.contingency

    @remembers
    def started(self, event: e.Started) -> None:
        self.stage, self.started_on, self.next_review_on = event.stage, event.on, event.first_review_on

    @remembers
    def withdrawn(self, event: e.Withdrawn) -> None:
        self.stage, self.ended_on, self.outcome, self.place_held = event.stage, event.on, "withdrawn", False

    @remembers
    def override_requested(self, event: e.OverrideRequested) -> None:
        by = event.decision.by.id
        self.overrides.append(Override(event.originator_version, event.rules, event.why, by, event.until))

    @remembers
    def override_approved(self, event: e.OverrideApproved) -> None:
        for asked in self.overrides:
            if asked.request == event.request:
                asked.state, asked.until, asked.authorised_by = "approved", event.until, event.decision.by.id

    @remembers
    def override_declined(self, event: e.OverrideDeclined) -> None:
        for asked in self.overrides:
            if asked.request == event.request:
                asked.state = "declined"
