"""A child: who they are, where they are taught, and what was done that the law asks for them: returns, notices, meetings, files."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain import child_step_events as step
from domain.facts.required_steps import (
    AnnualReviewStep,
    ExclusionTold,
    GovernorsMeeting,
    PepMeeting,
    ProtectionFileSent,
    ReturnSent,
)
from domain.noticed_events import EarlyReviewAsked
from domain.record import remembers
from domain.schooling import Schooling


class Child(Schooling):
    """Personal words of this record, and of every placement of the child, are sealed under this child's keys."""

    def begin(self) -> None:
        super().begin()
        self.returns: list[ReturnSent] = []
        self.told_of_exclusions: list[ExclusionTold] = []
        self.governors_meetings: list[GovernorsMeeting] = []
        self.pep_meetings: list[PepMeeting] = []
        self.annual_review: list[AnnualReviewStep] = []
        self.early_reviews_asked: list[date] = []
        self.protection_files: list[ProtectionFileSent] = []

    @property
    def about(self) -> UUID | None:
        return self.id

    @remembers
    def school_return_sent(self, event: step.SchoolReturnSent) -> None:
        self.returns.append(event.sent)

    @remembers
    def exclusion_notified(self, event: step.ExclusionNotified) -> None:
        self.told_of_exclusions.append(event.told)

    @remembers
    def governors_met(self, event: step.GovernorsMet) -> None:
        self.governors_meetings.append(event.meeting)

    @remembers
    def pep_meeting_held(self, event: step.PepMeetingHeld) -> None:
        self.pep_meetings.append(event.pep)

    @remembers
    def annual_review_step_taken(self, event: step.AnnualReviewStepTaken) -> None:
        self.annual_review.append(event.review)

    @remembers
    def early_review_asked(self, event: EarlyReviewAsked) -> None:
        self.early_reviews_asked.append(event.on)

    @remembers
    def protection_file_sent(self, event: step.ChildProtectionFileSent) -> None:
        self.protection_files.append(event.file)
