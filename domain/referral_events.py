"""What can happen from the referral until it is known what the child needs. The stored names are permanent."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from domain.codes import PlacementReason
from domain.events import Event
from domain.facts.needs import (
    Consultation,
    EarlierSupport,
    NeedsAssessment,
    Passport,
    ProfessionalsMeeting,
    Views,
)
from domain.moved import Moved
from domain.personal import Personal
from domain.routes import Route


class Referred(Moved, frozen=True, kw_only=True, tag="placement.referred"):
    """A child is referred for alternative provision (items 6, 14)."""

    child_id: UUID
    commissioner_id: UUID
    home_school_id: UUID | None = None
    route: Route
    reason: PlacementReason
    why: Annotated[str, Personal("narrative")]
    referral_path: Annotated[str, Personal("narrative")]
    """The locally agreed route by which the referral came (003 ¶46)."""
    succeeds: UUID | None = None
    """The placement that this one replaces."""


class PassportUpdated(Event, frozen=True, kw_only=True, tag="placement.passport_updated"):
    """The information passport was opened or brought up to date (items 14, 15)."""

    passport: Passport


class NeedsAssessed(Event, frozen=True, kw_only=True, tag="placement.needs_assessed"):
    """The child's needs were assessed (items 16-18)."""

    assessment: NeedsAssessment


class EarlierSupportRecorded(Event, frozen=True, kw_only=True, tag="placement.earlier_support_recorded"):
    """Something tried before was written down (items 19, 20)."""

    support: EarlierSupport


class ViewsRecorded(Event, frozen=True, kw_only=True, tag="placement.views_recorded"):
    """Child or parent was asked (items 22, 72)."""

    views: Views


class ConsultationRecorded(Event, frozen=True, kw_only=True, tag="placement.consultation_recorded"):
    """Someone was consulted (items 20-22)."""

    consultation: Consultation


class ProfessionalsMet(Event, frozen=True, kw_only=True, tag="placement.professionals_met"):
    """The professionals' meeting was held (item 21)."""

    meeting: ProfessionalsMeeting


class NeedsAssessmentCompleted(Moved, frozen=True, kw_only=True, tag="placement.needs_assessment_completed"):
    """The needs are known; a provider can be sought."""
