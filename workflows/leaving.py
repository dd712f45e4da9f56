"""Commands of the exit: plan it, report on it, say where the child goes, end it; withdraw and reopen."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from domain import placement_events as before
from domain import placement_life_events as e
from domain.events import Event
from domain.facts.leaving import DestinationReached, EndReport, ExitPlan, ReintegrationSupport, Withdrawal
from domain.personal import Words
from domain.rules.rule import AskedFor
from workflows.case import Case
from workflows.holding_places import free_place, hold_place
from workflows.placement_command import PlacementCommand


class PlanExit(PlacementCommand):
    """Plan the exit, a half-term before it if possible (items 55, 74, 75; T40)."""

    event: ClassVar[type[Event] | None] = e.ExitPlanned
    plan: ExitPlan
    """The exit plan."""


class ReceiveEndReport(PlacementCommand):
    """Record the provider's end-of-placement report (item 71; 002 l.33)."""

    event: ClassVar[type[Event] | None] = e.EndReportReceived
    report: EndReport
    """The report."""


class RecordDestination(PlacementCommand):
    """Record where the child goes (items 68, 73)."""

    event: ClassVar[type[Event] | None] = e.DestinationRecorded
    reached: DestinationReached
    """The destination."""


class SupportReintegration(PlacementCommand):
    """Record what the school does so that the return lasts (item 74)."""

    event: ClassVar[type[Event] | None] = e.ReintegrationSupported
    support: ReintegrationSupport
    """The support."""


class EndPlacement(PlacementCommand):
    """Decide that the placement ends (gate: review or breakdown to exit)."""

    event: ClassVar[type[Event] | None] = e.Ended
    on: date
    """The last day."""
    why: Words
    """The decision and its reasons."""

    def asks(self) -> AskedFor:
        return AskedFor(on=self.on)

    def follow(self, case: Case) -> None:
        free_place(case)


class WithdrawReferral(PlacementCommand):
    """End the referral before the child started; say where the child is taught now."""

    event: ClassVar[type[Event] | None] = before.Withdrawn
    withdrawal: Withdrawal
    """Who withdrew, why, and where the child is."""

    def happened(self, case: Case) -> dict[str, Any]:
        w = self.withdrawal
        return {"on": w.on, "by_whom": w.by_whom, "why": w.why, "child_is_at": w.child_is_at}

    def follow(self, case: Case) -> None:
        free_place(case)


class ReopenPlacement(PlacementCommand):
    """Open a closed placement again, in review, because closing it was wrong or the child comes back."""

    event: ClassVar[type[Event] | None] = e.Reopened
    note: Words
    """Why it is opened again."""

    def follow(self, case: Case) -> None:
        hold_place(case)


class ReopenReferral(PlacementCommand):
    """Take up a withdrawn referral again."""

    event: ClassVar[type[Event] | None] = e.Reopened
    note: Words
    """Why it is taken up again."""
