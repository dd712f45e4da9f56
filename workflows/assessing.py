"""Commands of the needs assessment: passport, needs, earlier support, views, consultations."""

from __future__ import annotations

from typing import ClassVar

from domain import referral_events as referral
from domain.events import Event
from domain.facts.needs import (
    Consultation,
    EarlierSupport,
    NeedsAssessment,
    Passport,
    ProfessionalsMeeting,
    Views,
)
from workflows.placement_command import PlacementCommand


class UpdatePassport(PlacementCommand):
    """Bring the information passport up to date (items 14, 15; 003 ¶46)."""

    event: ClassVar[type[Event] | None] = referral.PassportUpdated
    passport: Passport
    """The whole passport as it should now read."""


class AssessNeeds(PlacementCommand):
    """Record the assessment of the child's needs (items 16-18, 84; 003 ¶43)."""

    event: ClassVar[type[Event] | None] = referral.NeedsAssessed
    assessment: NeedsAssessment
    """The assessment."""


class RecordEarlierSupport(PlacementCommand):
    """Record support that was tried before (items 19, 20; 002 l.17)."""

    event: ClassVar[type[Event] | None] = referral.EarlierSupportRecorded
    support: EarlierSupport
    """One thing that was tried."""


class RecordViews(PlacementCommand):
    """Record that child or parent was asked, and what they said (items 22, 68, 72)."""

    event: ClassVar[type[Event] | None] = referral.ViewsRecorded
    views: Views
    """Who was asked, when, and what they said."""


class RecordConsultation(PlacementCommand):
    """Record a consultation with a professional or body (items 20-22; 004 l.53-54)."""

    event: ClassVar[type[Event] | None] = referral.ConsultationRecorded
    consultation: Consultation
    """Who was consulted, when, and what they said."""


class HoldProfessionalsMeeting(PlacementCommand):
    """Record the professionals' meeting that comes before the decision (item 21; 004 l.54)."""

    event: ClassVar[type[Event] | None] = referral.ProfessionalsMet
    meeting: ProfessionalsMeeting
    """Who met, when, and what they concluded."""


class CompleteNeedsAssessment(PlacementCommand):
    """Close the needs assessment and begin to look for a provider (gate: needs to suitability)."""

    event: ClassVar[type[Event] | None] = referral.NeedsAssessmentCompleted
