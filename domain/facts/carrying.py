"""What a placement that takes over from another begins with: which facts hold on, which have to be asked for again, and why."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Len

from domain.fact import fact
from domain.personal import Label

Carryable = Literal[
    "passport",
    "needs_assessment",
    "earlier_support",
    "childs_views",
    "parents_views",
    "consultation",
    "professionals_meeting",
    "plan",
    "agreement_to_the_plan",
]
"""What may be carried over."""
Because = Literal[
    "it_is_not_too_old",
    "it_does_not_age",
    "it_was_asked_since_the_breakdown",
    "it_is_too_old",
    "it_was_about_the_former_placement",
]
"""Why it holds on, or does not."""


@fact
class Carried:
    """One fact of the former placement, and whether it holds for the new one (item 70; 003 ¶51-52)."""

    what: Carryable
    """Which fact."""
    whom: Label | None = None
    """Who was consulted, where it is a consultation."""
    holds: bool
    """Whether it was carried over; what was not is asked for again."""
    since: date | None = None
    """Since when it has been so."""
    because: Because
    """Why."""
    rules: Annotated[tuple[Label, ...], Len(0, 10)] = ()
    """The rules that ask for it: those that are met by it are not asked twice."""
