"""Commands that record a step which law or guidance asks for around a child: a return, a notice, a meeting."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain import child_step_events as e
from domain.days_in_words import in_words
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
from domain.happened import Happened
from domain.organisation import Organisation
from domain.reasons import Invalid, Reason
from workflows.case import Case
from workflows.child_command import ChildCommand


def _known_exclusion(case: Case, on: date, field: str) -> None:
    if all(excluded.from_on != on for excluded in case.child.exclusions):
        message = f"No exclusion from {in_words(on)} is recorded for this child."
        raise Invalid([Reason(code="no_such_exclusion", message=message, field=field)])


class RecordOutOfEducation(ChildCommand):
    """Record that the child misses school for health or another need under section 19 (T3, T4, T5)."""

    event: ClassVar[type[Event] | None] = e.FellOutOfEducation
    absence: OutOfEducation
    """Since when and why."""


class RecordBackInEducation(ChildCommand):
    """Record that the child is taught again, at school or by something that is no placement here."""

    event: ClassVar[type[Event] | None] = e.BackInEducation
    on: Happened
    """The first day back."""


class RecordReturnSent(ChildCommand):
    """Record a return that a school sent to the local authority (T5, T6, T11, T12)."""

    event: ClassVar[type[Event] | None] = e.SchoolReturnSent
    sent: ReturnSent
    """Which return, and the day it is about."""


class NotifyExclusion(ChildCommand):
    """Record who was told of an exclusion (T30)."""

    told: ExclusionTold
    """Who was told, of which exclusion, on which day."""

    def decide(self, case: Case) -> None:
        _known_exclusion(case, self.told.excluded_on, "told.excluded_on")
        case.child.remember(e.ExclusionNotified, told=self.told)


class RecordGovernorsMeeting(ChildCommand):
    """Record the governors' meeting about an exclusion (T31)."""

    meeting: GovernorsMeeting
    """The meeting and what it decided."""

    def decide(self, case: Case) -> None:
        _known_exclusion(case, self.meeting.excluded_on, "meeting.excluded_on")
        case.child.remember(e.GovernorsMet, meeting=self.meeting)


class RecordPepMeeting(ChildCommand):
    """Record a meeting on the personal education plan (T27, T28)."""

    event: ClassVar[type[Event] | None] = e.PepMeetingHeld
    pep: PepMeeting
    """The meeting."""


class RecordAnnualReviewStep(ChildCommand):
    """Record a step of the annual review of the EHC plan (T22, T23, T24, T26)."""

    event: ClassVar[type[Event] | None] = e.AnnualReviewStepTaken
    review: AnnualReviewStep
    """The step and its day."""


class RecordProtectionFileSent(ChildCommand):
    """Record that the child-protection file went to the new school, and its receipt (T33)."""

    file: ProtectionFileSent
    """When it was sent, and when its receipt came."""

    def decide(self, case: Case) -> None:
        if self.file.to_school_id is not None:
            case.named(Organisation, self.file.to_school_id, "file.to_school_id")
        case.child.remember(e.ChildProtectionFileSent, file=self.file)
