"""The individual commissioning agreement: one for each child (004 l.47)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from domain.fact import fact
from domain.facts.suitability import HoursPerWeek, SessionsPerWeek
from domain.facts.terms import Money
from domain.happened import Happened
from domain.personal import Remark, Words


@fact
class Targets:
    """What this child is expected to reach (A2; item 33)."""

    attendance_percent: Annotated[int, Ge(1), Le(100)]
    """Sessions attended out of a hundred expected."""
    achievement: Words
    """What the child should achieve."""
    behaviour: Words | None = None
    """Behaviour, where relevant."""
    after_leaving: Words
    """Education, training or work afterwards, so that the child does not become NEET."""


@fact
class IndividualAgreement:
    """What commissioner and provider agree for this child (items 33, 48, 56, 58; Arranging AP 2025: maximum period and reporting)."""

    targets: Targets
    """The child's targets."""
    hours_per_week: HoursPerWeek
    """Taught hours a week."""
    sessions_per_week: SessionsPerWeek
    """Half-days a week."""
    starts_on: date
    """First day."""
    ends_by: date
    """The maximum period: the placement ends by this day unless a review decides otherwise."""
    delivery: Words
    """How each step of the plan and the expected progress is met (003 ¶35)."""
    reporting: Words
    """What the provider reports, to whom and how often."""
    price_per_week: Money = 0.0
    """Pounds a week for this child."""


@fact
class Signature:
    """One side signed the child's agreement."""

    party: Literal["commissioner", "provider"]
    """Who signed."""
    on: Happened
    """The day of the signature."""
    signatory: Annotated[str, Len(1, 200)]
    """Role of the person who signed, not their name."""


@fact
class HoursChanged:
    """New hours during the placement, from a day on (item 62)."""

    hours_per_week: HoursPerWeek
    """Taught hours a week from that day."""
    sessions_per_week: SessionsPerWeek
    """Half-days a week from that day."""
    from_on: date
    """The first day of the new hours."""
    why: Words
    """Why they change."""
    reported_by: Remark = "commissioner"
    """Who asked for it."""
