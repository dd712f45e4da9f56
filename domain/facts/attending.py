"""What a provider says of one half-day."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Words

Half = Literal["am", "pm"]

SchoolTerm = Literal["autumn", "spring", "summer"]
"""The term of a census return."""


@fact
class SessionReport:
    """One session as the provider saw it. The provider reports; the school sets the code (004 l.56-57)."""

    day: Happened
    """The day."""
    half: Half
    """Morning or afternoon."""
    seen: Literal["present", "late", "absent"]
    """Whether the child was there."""
    reason_given: Words | None = None
    """What the provider was told about an absence."""
    told_commissioner_at: datetime | None = None
    """When the commissioner was told of an absence; the same day (A8; T7)."""
    told_parent_at: datetime | None = None
    """When the parent was told of an absence; the same day (A8; T7)."""
