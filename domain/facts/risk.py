"""The risk assessment for this child at this provider."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from domain.fact import fact
from domain.happened import Happened
from domain.personal import HealthWords, Label, SafeguardingWords

Grade = Annotated[int, Ge(1), Le(5)]
"""1 is lowest, 5 highest."""


@fact
class Hazard:
    """One thing that could go wrong, and what is done about it."""

    what: SafeguardingWords
    """What could happen, and to whom."""
    likelihood: Grade
    """How likely, before the control."""
    severity: Grade
    """How bad, before the control."""
    control: SafeguardingWords
    """What is done so that it does not happen."""
    residual: Literal["low", "medium", "high"]
    """What is left of the risk."""


@fact
class RiskAssessment:
    """Made for the child, the site and the journey before the placement starts (item 57; B5)."""

    assessed_on: Happened
    """The day of the assessment."""
    assessed_by: Label
    """Role of the person who made it."""
    hazards: Annotated[tuple[Hazard, ...], Len(1, 30)]
    """At least one hazard was considered."""
    journey: SafeguardingWords
    """How the child gets there and back safely."""
    medical: HealthWords | None = None
    """Medicines, allergies and what to do."""
    review_on: date
    """When it is looked at again."""
