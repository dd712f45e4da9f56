"""What a parameter is: a number that a rule, a deadline or a trigger counts with, and that people may want to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.confidence import Mark

Number = int | float
"""A parameter's value: a whole number, or one with a fraction where the parameter allows that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A row of the catalogue: what the number means, and version 1 of it, which the service came with.

    Version 1 is never edited, for decisions are bound to it. A change is published as a later version: see `domain.guidance`.
    """

    name: str
    meaning: str
    """A sentence with the unit left out: what the number limits or starts."""
    unit: str
    """What is counted, in the plural: `weeks`, `half-days in a row`."""
    value: Number
    """Version 1."""
    least: Number
    most: Number
    """What can be published lies from `least` to `most`: a slip of the keyboard is not a policy."""
    tighter: Literal["lower", "higher"]
    """Which direction asks more of those who must keep to it. An organisation may go that way for itself, and no other."""
    source: str
    mark: Mark
    whole: bool = True
    """Whether it has no fraction."""
    hard: bool = False
    """Whether a rule refuses by it. Then it never rests on a source that no one verified."""
    in_force_from: date | None = None
    """The first day of version 1; none where it holds for every day before the next version."""

    def tighter_of(self, one: Number, other: Number) -> Number:
        """Whichever asks more."""
        return min(one, other) if self.tighter == "lower" else max(one, other)

    def at_least_as_tight(self, value: Number, than: Number) -> bool:
        """Whether a value asks as much as another, or more."""
        return self.tighter_of(value, than) == value

    def fault_of(self, value: Number) -> str:
        """What is wrong with a value, in words; nothing where it may be published."""
        if self.whole and value != int(value):
            return f"It is counted in whole {self.unit}."
        if not self.least <= value <= self.most:
            return f"It must lie from {self.least:,} to {self.most:,} {self.unit}."
        return ""
