"""What was told, sent, held or answered around a child because law or guidance asks for it. The stored names are permanent."""

from __future__ import annotations

from datetime import date

from domain.events import Event
from domain.facts.required_steps import (
    AnnualReviewStep,
    ExclusionTold,
    GovernorsMeeting,
    OutOfEducation,
    PepMeeting,
    ProtectionFileSent,
    ReturnSent,
)


class FellOutOfEducation(Event, frozen=True, kw_only=True, tag="child.fell_out_of_education"):
    """The child misses school for health or another need under section 19; it starts clocks (T3, T4, T5)."""

    absence: OutOfEducation


class BackInEducation(Event, frozen=True, kw_only=True, tag="child.back_in_education"):
    """The child is taught again, at school or otherwise than by a placement recorded here."""

    on: date


class SchoolReturnSent(Event, frozen=True, kw_only=True, tag="child.school_return_sent"):
    """A school sent a return about the child to the local authority (T5, T6, T11, T12)."""

    sent: ReturnSent


class ExclusionNotified(Event, frozen=True, kw_only=True, tag="child.exclusion_notified"):
    """Parents, governors, authority or workers were told of an exclusion (T30)."""

    told: ExclusionTold


class GovernorsMet(Event, frozen=True, kw_only=True, tag="child.governors_met"):
    """The governing board met about an exclusion (T31)."""

    meeting: GovernorsMeeting


class PepMeetingHeld(Event, frozen=True, kw_only=True, tag="child.pep_meeting_held"):
    """The personal education plan was made or reviewed (T27, T28)."""

    pep: PepMeeting


class AnnualReviewStepTaken(Event, frozen=True, kw_only=True, tag="child.annual_review_step_taken"):
    """A step of the annual review of the EHC plan was taken (T22-T24, T26)."""

    review: AnnualReviewStep


class ChildProtectionFileSent(Event, frozen=True, kw_only=True, tag="child.protection_file_sent"):
    """The child-protection file went to the new school (T33)."""

    file: ProtectionFileSent
