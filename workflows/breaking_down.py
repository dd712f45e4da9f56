"""Commands of the breakdown: say what happened and where the child is tomorrow; then the placement recovers, or is replaced or ended."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain import placement_life_events as e
from domain.contingency import fell_on
from domain.events import Event
from domain.facts.breaking_down import (
    Breakdown,
    Recovery,
    SafeguardingConcern,
    SafeguardingResolved,
    Tomorrow,
)
from domain.reasons import Invalid, Reason
from domain.rules.rule import AskedFor
from workflows.answering_tomorrow import require_an_answer
from workflows.case import Case
from workflows.holding_places import hold_place
from workflows.placement_command import PlacementCommand


class RecordBreakdown(PlacementCommand):
    """Record that the placement broke down, and answer where the child is tomorrow, in one decision (items 69-70; T19)."""

    event: ClassVar[type[Event] | None] = e.BrokenDown
    breakdown: Breakdown
    """What happened."""
    tomorrow: Tomorrow
    """Where is the child tomorrow?"""

    def before(self, case: Case) -> None:
        require_an_answer(case, self.tomorrow, self.breakdown.on)


class ReportSafeguardingConcern(PlacementCommand):
    """Report a worry about the child's safety: the placement stops at once (T17; 003 ¶41)."""

    event: ClassVar[type[Event] | None] = e.SafeguardingConcernReported
    concern: SafeguardingConcern
    """The worry and who was told."""
    tomorrow: Tomorrow
    """Where is the child tomorrow?"""

    def before(self, case: Case) -> None:
        if self.concern.about_staff and "lado" not in self.concern.told:
            message = "A worry about an adult goes to the local authority designated officer. Tell them, and add 'lado'."
            source = "KCSIE 2026 ¶78"
            raise Invalid(
                [Reason(code="lado_not_told", message=message, field="concern.told", source=source)]
            )
        require_an_answer(case, self.tomorrow, self.concern.on)


class ResolveSafeguarding(PlacementCommand):
    """The safeguarding lead decides, with reasons, that the worry is resolved (KCSIE 2026 ¶74)."""

    event: ClassVar[type[Event] | None] = e.SafeguardingSettled
    resolved: SafeguardingResolved
    """The decision and its reasons."""


class AnswerTomorrow(PlacementCommand):
    """Change where the child is during the breakdown (003 ¶51)."""

    event: ClassVar[type[Event] | None] = e.TomorrowAnswered
    tomorrow: Tomorrow
    """Where the child is from now on."""

    def before(self, case: Case) -> None:
        require_an_answer(case, self.tomorrow, fell_on(case.placement))


class RecoverPlacement(PlacementCommand):
    """Decide that the cause is gone and the child goes back to the placement."""

    event: ClassVar[type[Event] | None] = e.Recovered
    recovery: Recovery
    """Why it can go on."""
    next_review_on: date
    """The next review."""

    def asks(self) -> AskedFor:
        return AskedFor(next_review_on=self.next_review_on)

    def follow(self, case: Case) -> None:
        hold_place(case)
