"""When it goes wrong: what happened, and where the child is tomorrow."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import Len

from domain.fact import fact
from domain.facts.going_live import TomorrowWhere
from domain.happened import Happened
from domain.personal import Remark, SafeguardingWords, Words

BreakdownCause = Literal[
    "attendance",
    "behaviour",
    "needs_not_met",
    "provider_withdrew",
    "provider_closed",
    "provider_suspended",
    "child_withdrew",
    "parent_withdrew",
    "safeguarding",
    "health",
    "contract_not_kept",
    "other",
]
"""Why a placement broke down."""


@fact
class Tomorrow:
    """Where is the child tomorrow? No child is left without an answer (items 69-70; 003 ¶51; T19)."""

    where: TomorrowWhere
    """Where the child is. Back at the home school, in interim provision, or without education, and then each school day is counted."""
    from_on: date
    """The first school day of this answer."""
    what: Words
    """What is arranged; for a day without education, what is being done to end it."""
    owner: Remark
    """The post that answers for it."""
    interim_provider_id: UUID | None = None
    """The provider's record, where it is interim provision by one."""


@fact
class Breakdown:
    """What went wrong (item 70)."""

    cause: BreakdownCause
    """The main cause."""
    on: Happened
    """The day it broke down."""
    what_happened: Words
    """What happened."""
    tried: Words | None = None
    """What was done to hold it together (003 ¶49)."""


@fact
class SafeguardingConcern:
    """A worry about the child's safety: the placement stops until it is resolved (003 ¶41; KCSIE [U]; T17)."""

    on: Happened
    """The day it became known."""
    what: SafeguardingWords
    """What the worry is."""
    told: Annotated[
        tuple[
            Literal["designated_safeguarding_lead", "lado", "social_care", "police", "parent", "home_school"],
            ...,
        ],
        Len(1, 6),
    ]
    """Who was told."""
    about_staff: bool = False
    """Whether it is about an adult; then the local authority designated officer must be told (KCSIE 2026 ¶78 [S])."""


@fact
class Recovery:
    """Why the placement can go on."""

    resolved: Words
    """What was done, and why the cause is gone."""
    agreed_with: Annotated[
        tuple[Literal["child", "parent", "provider", "home_school", "social_worker"], ...], Len(1, 5)
    ]
    """Who agreed that it goes on."""
    back_on: date
    """The first day back."""


@fact
class SafeguardingResolved:
    """The safeguarding lead's decision that the worry is resolved."""

    on: Happened
    """The day of the decision."""
    why: SafeguardingWords
    """Why the child is safe there, with the reasons (KCSIE 2026 ¶74 [S]: decisions and reasons in writing)."""
