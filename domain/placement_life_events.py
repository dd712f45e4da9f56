"""What can happen to a placement from its first day to its end and after. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.events import Event
from domain.facts.breaking_down import (
    Breakdown,
    Recovery,
    SafeguardingConcern,
    SafeguardingResolved,
    Tomorrow,
)
from domain.facts.commission import HoursChanged
from domain.facts.leaving import DestinationReached, EndReport, ExitPlan, ReintegrationSupport
from domain.facts.provider_failing import ProviderFailure
from domain.facts.required_steps import OutcomeNotified, ReviewRequest
from domain.facts.reviewing import (
    ChangeReported,
    ConcernRaised,
    ConcernSettled,
    ContactMade,
    ProgressReport,
    ReviewHeld,
    ReviewOpened,
)
from domain.moved import Moved
from domain.personal import Personal


class ContactLogged(Event, frozen=True, kw_only=True, tag="placement.contact_logged"):
    """A visit, call or other contact (item 63)."""

    contact: ContactMade


class ProgressReported(Event, frozen=True, kw_only=True, tag="placement.progress_reported"):
    """The provider reported on the child (items 62, 83)."""

    report: ProgressReport


class CircumstancesChanged(Event, frozen=True, kw_only=True, tag="placement.circumstances_changed"):
    """The provider told of a change (A7; item 38)."""

    change: ChangeReported


class HoursAltered(Event, frozen=True, kw_only=True, tag="placement.hours_altered"):
    """The agreed hours changed; the provider's places and the child's week were changed with them."""

    hours: HoursChanged


class HomeSchoolChanged(Event, frozen=True, kw_only=True, tag="placement.home_school_changed"):
    """The child came on the roll of another school, which is the placement's home school from now on (item 88)."""

    home_school_id: UUID | None


class ConcernOpened(Event, frozen=True, kw_only=True, tag="placement.concern_opened"):
    """A problem, its cause and the action agreed (item 69)."""

    concern: ConcernRaised


class ConcernClosed(Event, frozen=True, kw_only=True, tag="placement.concern_closed"):
    """A problem was looked at again and closed."""

    settled: ConcernSettled


class ReviewRequested(Event, frozen=True, kw_only=True, tag="placement.review_requested"):
    """A parent, the child or the local authority asked in writing for a review (T14)."""

    request: ReviewRequest


class ReviewOutcomeNotified(Event, frozen=True, kw_only=True, tag="placement.review_outcome_notified"):
    """The outcome of a review was notified in writing (T15)."""

    notified: OutcomeNotified


class ReviewCalled(Moved, frozen=True, kw_only=True, tag="placement.review_called"):
    """A review is open."""

    review: ReviewOpened


class ReviewRecorded(Event, frozen=True, kw_only=True, tag="placement.review_recorded"):
    """The review was held and its findings written down (items 61-65)."""

    held: ReviewHeld


class Continued(Moved, frozen=True, kw_only=True, tag="placement.continued"):
    """The review decided that the placement goes on."""

    because: Annotated[str, Personal("narrative")]
    next_review_on: date
    ends_by: date | None = None
    """A new end of the maximum period, where the review set one."""


class BrokenDown(Moved, frozen=True, kw_only=True, tag="placement.broken_down"):
    """The placement broke down, and tomorrow is answered (items 69-70)."""

    breakdown: Breakdown
    tomorrow: Tomorrow


class SafeguardingConcernReported(
    Moved, frozen=True, kw_only=True, tag="placement.safeguarding_concern_reported"
):
    """A worry about the child's safety stopped the placement at once (T17; 003 ¶41)."""

    concern: SafeguardingConcern
    tomorrow: Tomorrow


class SafeguardingSettled(Event, frozen=True, kw_only=True, tag="placement.safeguarding_resolved"):
    """The safeguarding lead decided that the worry is resolved."""

    resolved: SafeguardingResolved


class TomorrowAnswered(Event, frozen=True, kw_only=True, tag="placement.tomorrow_answered"):
    """Where the child is during the breakdown changed."""

    tomorrow: Tomorrow


class PutAtRisk(Event, frozen=True, kw_only=True, tag="placement.put_at_risk"):
    """Something at the provider on which the placement stands does not hold any more (003 ¶41; items 25, 27)."""

    provider_id: UUID
    failure: ProviderFailure
    must_stop: bool
    """Whether a rule no longer lets it go on."""


class RiskCleared(Event, frozen=True, kw_only=True, tag="placement.risk_cleared"):
    """The placement is no longer at risk because of its provider."""

    why: Annotated[str, Personal("narrative")]


class Recovered(Moved, frozen=True, kw_only=True, tag="placement.recovered"):
    """The cause is gone and the child is back."""

    recovery: Recovery
    next_review_on: date


class ExitPlanned(Event, frozen=True, kw_only=True, tag="placement.exit_planned"):
    """How the placement ends and what comes next (items 55, 74, 75)."""

    plan: ExitPlan


class EndReportReceived(Event, frozen=True, kw_only=True, tag="placement.end_report_received"):
    """The provider's written report at the end (item 71)."""

    report: EndReport


class DestinationRecorded(Event, frozen=True, kw_only=True, tag="placement.destination_recorded"):
    """Where the child went (items 68, 73)."""

    reached: DestinationReached


class ReintegrationSupported(Event, frozen=True, kw_only=True, tag="placement.reintegration_supported"):
    """What the school does so that the return lasts (item 74)."""

    support: ReintegrationSupport


class Ended(Moved, frozen=True, kw_only=True, tag="placement.ended"):
    """The placement ended."""

    on: date
    why: Annotated[str, Personal("narrative")]


class Replaced(Moved, frozen=True, kw_only=True, tag="placement.replaced"):
    """The placement ended and another took its place, with needs, plan and passport."""

    on: date
    successor_id: UUID
    why: Annotated[str, Personal("narrative")]


class Reopened(Moved, frozen=True, kw_only=True, tag="placement.reopened"):
    """A closed placement was opened again."""

    note: Annotated[str, Personal("narrative")]
