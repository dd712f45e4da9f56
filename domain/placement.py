"""A placement: one child with one provider for one commissioner, from referral to exit. It remembers; it never decides."""

from __future__ import annotations

from domain import noticed_events as seen
from domain import placement_life_events as life
from domain.facts.breaking_down import Breakdown, SafeguardingConcern, Tomorrow
from domain.facts.leaving import DestinationReached, EndReport, ExitPlan, ReintegrationSupport
from domain.facts.noticing import Escalation, FamilyWithdrawal
from domain.facts.required_steps import OutcomeNotified, ReviewRequest
from domain.facts.reviewing import (
    ChangeReported,
    ConcernRaised,
    ContactMade,
    ProgressReport,
    ReviewOpened,
)
from domain.placement_parts import Concern, ReviewMeeting
from domain.preparation import Preparation
from domain.record import remembers
from domain.stages import Stage


class Placement(Preparation):
    """Folds what `placement_life_events` tells, after all that `Preparation` knows."""

    def begin(self) -> None:
        super().begin()
        self.contacts: list[ContactMade] = []
        self.progress: list[ProgressReport] = []
        self.changes: list[ChangeReported] = []
        self.concerns: list[Concern] = []
        self.escalations: list[Escalation] = []
        self.withdrawal: FamilyWithdrawal | None = None
        self.reviews: list[ReviewMeeting] = []
        self.review_requests: list[ReviewRequest] = []
        self.outcomes_notified: list[OutcomeNotified] = []
        self.breakdowns: list[Breakdown] = []
        self.safeguarding: list[SafeguardingConcern] = []
        self.safeguarding_open = False
        self.tomorrow: Tomorrow | None = None
        self.exit_plan: ExitPlan | None = None
        self.end_report: EndReport | None = None
        self.destination: DestinationReached | None = None
        self.reintegration: list[ReintegrationSupport] = []

    @remembers
    def contact_logged(self, event: life.ContactLogged) -> None:
        self.contacts.append(event.contact)

    @remembers
    def progress_reported(self, event: life.ProgressReported) -> None:
        self.progress.append(event.report)

    @remembers
    def circumstances_changed(self, event: life.CircumstancesChanged) -> None:
        self.changes.append(event.change)

    @remembers
    def hours_altered(self, event: life.HoursAltered) -> None:
        self.hours_per_week, self.sessions_per_week = (
            event.hours.hours_per_week,
            event.hours.sessions_per_week,
        )

    @remembers
    def home_school_changed(self, event: life.HomeSchoolChanged) -> None:
        self.home_school_id = event.home_school_id

    @remembers
    def concern_opened(self, event: life.ConcernOpened) -> None:
        self.concerns.append(Concern(event.originator_version, event.concern))

    @remembers
    def concern_noticed(self, event: seen.ConcernNoticed) -> None:
        noticed = event.noticed
        # Agreed with nobody yet, and no action: that is for the person who looks at it.
        raised = ConcernRaised(
            what=noticed.what,
            about=noticed.about,
            action="",
            agreed_with=(),
            look_again_on=noticed.look_at_by,
        )
        self.concerns.append(Concern(event.originator_version, raised))

    @remembers
    def escalated(self, event: seen.Escalated) -> None:
        self.escalations.append(event.escalation)

    @remembers
    def withdrawal_announced(self, event: seen.WithdrawalAnnounced) -> None:
        self.withdrawal = event.withdrawal

    @remembers
    def concern_closed(self, event: life.ConcernClosed) -> None:
        for concern in self.concerns:
            if concern.number == event.settled.concern:
                concern.settled = True

    @remembers
    def review_requested(self, event: life.ReviewRequested) -> None:
        self.review_requests.append(event.request)

    @remembers
    def review_outcome_notified(self, event: life.ReviewOutcomeNotified) -> None:
        self.outcomes_notified.append(event.notified)

    @remembers
    def review_called(self, event: life.ReviewCalled) -> None:
        self.stage = event.stage
        self.reviews.append(ReviewMeeting(event.review))

    @remembers
    def review_recorded(self, event: life.ReviewRecorded) -> None:
        self.reviews[-1].held.append(event.held)

    @remembers
    def continued(self, event: life.Continued) -> None:
        self.stage, self.next_review_on = event.stage, event.next_review_on
        self.ends_by = event.ends_by or self.ends_by
        if self.reviews:
            self.reviews[-1].decision = event.because

    @remembers
    def broken_down(self, event: life.BrokenDown) -> None:
        self.stage, self.tomorrow = event.stage, event.tomorrow
        self.breakdowns.append(event.breakdown)

    @remembers
    def safeguarding_concern_reported(self, event: life.SafeguardingConcernReported) -> None:
        self.stage, self.tomorrow, self.safeguarding_open = event.stage, event.tomorrow, True
        self.safeguarding.append(event.concern)

    @remembers
    def safeguarding_resolved(self, event: life.SafeguardingSettled) -> None:
        self.safeguarding_open = False

    @remembers
    def tomorrow_answered(self, event: life.TomorrowAnswered) -> None:
        self.tomorrow = event.tomorrow

    @remembers
    def put_at_risk(self, event: life.PutAtRisk) -> None:
        if event.failure not in self.at_risk:
            self.at_risk.append(event.failure)

    @remembers
    def risk_cleared(self, event: life.RiskCleared) -> None:
        self.at_risk = []

    @remembers
    def recovered(self, event: life.Recovered) -> None:
        self.at_risk = []
        self.stage, self.tomorrow, self.next_review_on = event.stage, None, event.next_review_on

    @remembers
    def exit_planned(self, event: life.ExitPlanned) -> None:
        self.exit_plan = event.plan

    @remembers
    def end_report_received(self, event: life.EndReportReceived) -> None:
        self.end_report = event.report

    @remembers
    def destination_recorded(self, event: life.DestinationRecorded) -> None:
        self.destination = event.reached

    @remembers
    def reintegration_supported(self, event: life.ReintegrationSupported) -> None:
        self.reintegration.append(event.support)

    @remembers
    def ended(self, event: life.Ended) -> None:
        self.stage, self.ended_on, self.outcome, self.place_held = event.stage, event.on, "ended", False

    @remembers
    def replaced(self, event: life.Replaced) -> None:
        self.stage, self.ended_on, self.outcome, self.place_held = event.stage, event.on, "replaced", False
        self.successor_id = event.successor_id

    @remembers
    def reopened(self, event: life.Reopened) -> None:
        self.stage, self.ended_on, self.outcome = event.stage, None, ""
        self.place_held = event.stage is Stage.REVIEW
        if self.place_held:
            self.reviews.append(ReviewMeeting(_reopened(event)))


def _reopened(event: life.Reopened) -> ReviewOpened:
    return ReviewOpened(kind="reopened", meeting_on=event.occurred_on, invited=("commissioner",))
