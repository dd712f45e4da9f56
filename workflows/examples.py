"""One good request for every command: they stand in the API's description, and the tests perform every one of them.

All people, schools and providers are invented. The dates lie around the start of a placement on Monday 23 November 2026.
"""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.agreements import AGREEMENTS
from workflows.example_bodies.children import CHILDREN
from workflows.example_bodies.guidance import GUIDANCE
from workflows.example_bodies.ids import (
    AGREEMENT,
    AUTHORITY,
    CHILD,
    PLACEMENT,
    PROVIDER,
    PROVIDER_OFFICE,
    SCHOOL,
    SUCCESSOR,
)
from workflows.example_bodies.life import FROM_THE_START
from workflows.example_bodies.looks import LOOKS
from workflows.example_bodies.noticing import NOTICING, TRIGGERS
from workflows.example_bodies.organisations import ORGANISATIONS
from workflows.example_bodies.preparation import BEFORE_THE_START
from workflows.example_bodies.providers import PROVIDERS
from workflows.example_bodies.referral import NEEDS_AND_REFERRAL
from workflows.example_bodies.refusals import REFUSALS
from workflows.example_bodies.telling import REACHING, TELLING
from workflows.example_bodies.upkeep import UPKEEP

PLACEMENTS: dict[str, dict[str, Any]] = {
    **NEEDS_AND_REFERRAL,
    **BEFORE_THE_START,
    **FROM_THE_START,
    **NOTICING,
}
EXAMPLES: dict[str, dict[str, Any]] = {
    **ORGANISATIONS,
    **GUIDANCE,
    **CHILDREN,
    **PROVIDERS,
    **AGREEMENTS,
    **PLACEMENTS,
    **REFUSALS,
    **LOOKS,
    **UPKEEP,
    **TELLING,
    **REACHING,
    **TRIGGERS,
}
"""The request of every command, by its name."""

__all__ = [
    "AGREEMENT",
    "AGREEMENTS",
    "AUTHORITY",
    "CHILD",
    "CHILDREN",
    "EXAMPLES",
    "ORGANISATIONS",
    "PLACEMENT",
    "PLACEMENTS",
    "PROVIDER",
    "PROVIDERS",
    "PROVIDER_OFFICE",
    "SCHOOL",
    "SUCCESSOR",
]
