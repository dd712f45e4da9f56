"""Commands for what is noticed of a placement: a problem, a missed duty, a withdrawal."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from domain import noticed_events as e
from domain.events import Event
from domain.facts.noticing import Escalation, FamilyWithdrawal, ProblemNoticed
from domain.happened import Happened
from domain.placement import Placement
from domain.reasons import Invalid, Reason
from workflows.case import Case
from workflows.child_command import ChildCommand
from workflows.placement_command import PlacementCommand


class NoticeConcern(PlacementCommand):
    """Open a concern about a problem that shows in what was recorded. Only the service itself does so; a person raises one (item 69)."""

    event: ClassVar[type[Event] | None] = e.ConcernNoticed
    noticed: ProblemNoticed
    """The problem, and by when somebody looks at it."""


class Escalate(PlacementCommand):
    """Take a duty that was missed to the named officer, or to their manager (003 ¶45)."""

    event: ClassVar[type[Event] | None] = e.Escalated
    escalation: Escalation
    """Which duty, and to whom."""


class AnnounceWithdrawal(PlacementCommand):
    """Record that a parent or the child says that they do not go on with the placement (item 22)."""

    event: ClassVar[type[Event] | None] = e.WithdrawalAnnounced
    withdrawal: FamilyWithdrawal
    """Who said so, when and why."""


class AskForEarlyReview(ChildCommand):
    """Ask for an early annual review of the EHC plan, because a placement that it leans on broke down (T26)."""

    event: ClassVar[type[Event] | None] = e.EarlyReviewAsked
    placement_id: UUID
    """The placement that broke down."""
    on: Happened
    """The day it broke down."""

    def decide(self, case: Case) -> None:
        placement = case.named(Placement, self.placement_id, "placement_id")
        if placement.child_id != case.child.id:
            message = "This placement is of another child."
            raise Invalid([Reason(code="unknown_reference", message=message, field="placement_id")])
        if case.child.ehc_plan is None:
            message = "The child has no education, health and care plan to review."
            raise Invalid(
                [Reason(code="no_ehc_plan", message=message, source="Children and Families Act 2014 s.44")]
            )
        facts: dict[str, Any] = self.facts()
        case.child.remember(e.EarlyReviewAsked, **facts)
