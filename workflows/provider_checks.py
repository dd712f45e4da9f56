"""Commands about what is known against or for a provider: registration, checks, approval, visits, suspension, removal."""

from __future__ import annotations

from typing import ClassVar

from domain import provider_events as e
from domain.events import Event
from domain.facts.checks import ApprovalStage, Check, Registration, Visit
from domain.personal import Prose
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from workflows.case import Case
from workflows.provider_records import ProviderCommand


class RecordRegistration(ProviderCommand):
    """Record what the register of schools said on a day (item 24; 004 l.37)."""

    event: ClassVar[type[Event] | None] = e.RegistrationRecorded
    registration: Registration
    """The status and when it was looked up."""


class RecordCheck(ProviderCommand):
    """Record a check with its evidence and expiry (items 27-29, 40, 41, 87; T34)."""

    event: ClassVar[type[Event] | None] = e.CheckRecorded
    check: Check
    """The check."""


class MoveApproval(ProviderCommand):
    """Move the provider along the approved list (items 9, 10). It does not replace the commissioner's own checks."""

    event: ClassVar[type[Event] | None] = e.ApprovalMoved
    stage: ApprovalStage
    """The stage reached."""


class RecordVisit(ProviderCommand):
    """Record a quality visit or a self-assessment (items 76, 77; 003 ¶53-54)."""

    event: ClassVar[type[Event] | None] = e.VisitRecorded
    visit: Visit
    """The visit."""


class SuspendProvider(ProviderCommand):
    """Suspend the provider: no child may be placed there until it is lifted."""

    event: ClassVar[type[Event] | None] = e.ProviderSuspended
    why: Prose
    """Why, without naming a child."""


class LiftSuspension(ProviderCommand):
    """Lift the suspension."""

    event: ClassVar[type[Event] | None] = e.SuspensionLifted
    why: Prose
    """Why it can be lifted."""

    def decide(self, case: Case) -> None:
        if not isinstance(case.target, Provider) or not case.target.suspended:
            raise Invalid([Reason(code="not_suspended", message="The provider is not suspended.")])
        super().decide(case)


class RemoveProvider(ProviderCommand):
    """Record that the provider is not used any more, or has closed."""

    event: ClassVar[type[Event] | None] = e.ProviderRemoved
    why: Prose
    """Why, without naming a child."""
    closed: bool = False
    """Whether the provider has closed."""
