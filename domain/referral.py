"""A placement from the referral until it is known what the child needs. It remembers; it never decides."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain import referral_events as e
from domain.carrying_events import CarriedOver
from domain.codes import PlacementReason
from domain.facts.carrying import Carried
from domain.facts.needs import (
    Consultation,
    EarlierSupport,
    NeedsAssessment,
    Passport,
    ProfessionalsMeeting,
    Views,
)
from domain.record import Record, remembers
from domain.routes import Route
from domain.stages import Stage


class Referral(Record):
    """Folds what `referral_events` tells. `Preparation` goes on from here."""

    def begin(self) -> None:
        self.stage = Stage.NEEDS_ASSESSMENT
        self.child_id: UUID | None = None
        self.commissioner_id: UUID | None = None
        self.home_school_id: UUID | None = None
        self.route: Route | None = None
        self.reason: PlacementReason | None = None
        self.why = self.referral_path = ""
        self.referred_on: date | None = None
        self.predecessor_id: UUID | None = None
        self.successor_id: UUID | None = None
        self.carried: tuple[Carried, ...] = ()
        self.passport: Passport | None = None
        self.needs: NeedsAssessment | None = None
        self.earlier_support: list[EarlierSupport] = []
        self.views: list[Views] = []
        self.consultations: list[Consultation] = []
        self.meeting: ProfessionalsMeeting | None = None

    @property
    def about(self) -> UUID | None:
        return self.child_id

    def views_of(self, whose: str, phase: str) -> list[Views]:
        """What this person said in this phase; asked counts, answered or not."""
        return [v for v in self.views if v.whose == whose and v.phase == phase]

    def consulted(self, whom: str) -> bool:
        """Whether this body was consulted."""
        return any(c.with_whom == whom for c in self.consultations)

    @remembers
    def referred(self, event: e.Referred) -> None:
        self.stage, self.referred_on = event.stage, event.occurred_on
        self.child_id, self.commissioner_id = event.child_id, event.commissioner_id
        self.home_school_id, self.route, self.reason = event.home_school_id, event.route, event.reason
        self.why, self.referral_path, self.predecessor_id = event.why, event.referral_path, event.succeeds

    @remembers
    def carried_over(self, event: CarriedOver) -> None:
        self.carried = event.carried

    @remembers
    def passport_updated(self, event: e.PassportUpdated) -> None:
        self.passport = event.passport

    @remembers
    def needs_assessed(self, event: e.NeedsAssessed) -> None:
        self.needs = event.assessment

    @remembers
    def earlier_support_recorded(self, event: e.EarlierSupportRecorded) -> None:
        self.earlier_support.append(event.support)

    @remembers
    def views_recorded(self, event: e.ViewsRecorded) -> None:
        self.views.append(event.views)

    @remembers
    def consultation_recorded(self, event: e.ConsultationRecorded) -> None:
        self.consultations.append(event.consultation)

    @remembers
    def professionals_met(self, event: e.ProfessionalsMet) -> None:
        self.meeting = event.meeting

    @remembers
    def needs_assessment_completed(self, event: e.NeedsAssessmentCompleted) -> None:
        self.stage = event.stage
