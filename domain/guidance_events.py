"""What can happen to a parameter of the rules: a version of it is published. The stored name is permanent."""

from __future__ import annotations

from datetime import date

from domain.confidence import Mark
from domain.events import Event
from domain.parameter import Number
from domain.personal import Label, Prose


class VersionPublished(Event, frozen=True, kw_only=True, tag="guidance.version_published"):
    """A number that rules count with has this value from a day on (design: guidance is versioned data). It is never edited."""

    parameter: Label
    number: int
    """1 is what the service came with."""
    value: Number
    in_force_from: date | None = None
    """The first day; none, for version 1 alone, where it holds for every day before the next version."""
    source: Label
    mark: Mark
    why: Prose = ""
