"""A provider fails: what is wrong with it, since when, and which of its placements it concerns."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from annotated_types import Len

from domain.fact import fact
from domain.facts.breaking_down import BreakdownCause
from domain.happened import Happened
from domain.personal import Label, Prose

FailureKind = Literal[
    "suspended", "removed", "closed", "de_registered", "check_lapsed", "site_wrong", "safeguarding", "other"
]
"""What is wrong with the provider."""
WhichStop = Literal["those_that_must", "all", "none"]
"""Which placements stop: those that a rule no longer allows to go on, all of them, or none (they are marked only)."""

CAUSES: dict[FailureKind, BreakdownCause] = {
    "suspended": "provider_suspended",
    "removed": "provider_withdrew",
    "closed": "provider_closed",
    "safeguarding": "safeguarding",
}
"""What a placement breaks down of, where its provider fails; anything else is `other`."""


@fact
class ProviderFailure:
    """What is wrong with a provider (003 ¶41, ¶52; item 70)."""

    kind: FailureKind
    """What happened."""
    fact: Label
    """The fact that no longer holds: the kind of check, the name of the site, the register. `provider` where it is all of it."""
    since_on: Happened
    """Since when it does not hold."""
    why: Prose
    """What is known, without naming a child."""


@fact
class Turned:
    """A placement that could not be marked or stopped, and why."""

    placement_id: UUID
    """The placement."""
    codes: Annotated[tuple[Label, ...], Len(1, 50)]
    """The codes of the reasons, as a refusal gives them."""
