"""What can be noticed of a placement, and what is asked for because of it. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.events import Event
from domain.facts.noticing import Escalation, FamilyWithdrawal, ProblemNoticed


class ConcernNoticed(Event, frozen=True, kw_only=True, tag="placement.concern_noticed"):
    """The service saw a problem in what was recorded: a concern is open until a person settles it (item 69)."""

    noticed: ProblemNoticed


class Escalated(Event, frozen=True, kw_only=True, tag="placement.escalated"):
    """A duty that was missed was taken to the named officer, or to their manager (003 ¶45)."""

    escalation: Escalation


class WithdrawalAnnounced(Event, frozen=True, kw_only=True, tag="placement.withdrawal_announced"):
    """A parent or the child said that they do not go on with the placement (item 22)."""

    withdrawal: FamilyWithdrawal


class EarlyReviewAsked(Event, frozen=True, kw_only=True, tag="child.early_review_asked"):
    """An early annual review of the EHC plan was asked for, because what the plan leans on broke down (T26)."""

    placement_id: UUID
    on: date
