"""Commands of the review: call it, record it, decide."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain import placement_life_events as e
from domain.events import Event
from domain.facts.needs import Person
from domain.facts.required_steps import OutcomeNotified, ReviewRequest
from domain.facts.reviewing import ReviewHeld, ReviewOpened
from domain.personal import Words
from domain.rules.rule import AskedFor
from workflows.placement_command import PlacementCommand

INVITED: tuple[Person, ...] = ("child", "parent", "provider", "commissioner")
"""Who takes part in a review (003 ¶52)."""


class RequestReview(PlacementCommand):
    """Record that a parent, the child or the local authority asked in writing for a review (T14)."""

    event: ClassVar[type[Event] | None] = e.ReviewRequested
    request: ReviewRequest
    """Who asked, and when."""


class NotifyReviewOutcome(PlacementCommand):
    """Record that the outcome of a review was notified in writing (T15)."""

    event: ClassVar[type[Event] | None] = e.ReviewOutcomeNotified
    notified: OutcomeNotified
    """To whom, and when."""


class CallReview(PlacementCommand):
    """Call a review: scheduled, asked for, or after a problem (items 61-65; T14, T16)."""

    event: ClassVar[type[Event] | None] = e.ReviewCalled
    review: ReviewOpened
    """Why, when and with whom."""


class RecordReview(PlacementCommand):
    """Record what the review found; again, if more is heard (item 64)."""

    event: ClassVar[type[Event] | None] = e.ReviewRecorded
    held: ReviewHeld
    """The findings."""


class ContinuePlacement(PlacementCommand):
    """Decide after the review that the placement goes on, and when it is reviewed next (gate: review to active)."""

    event: ClassVar[type[Event] | None] = e.Continued
    because: Words
    """The decision and its reasons, in writing."""
    next_review_on: date
    """The next review: at least once each half-term."""
    ends_by: date | None = None
    """A new end of the maximum period, if the review set one."""

    def asks(self) -> AskedFor:
        return AskedFor(next_review_on=self.next_review_on)
