"""What a time rule is: what sets it off, what must be done, by when, by whom, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from domain.confidence import Mark


class Unit(StrEnum):
    """In what a deadline is counted. The units differ, and mixing them up is how deadlines are missed."""

    SCHOOL_DAYS = "SD"
    WORKING_DAYS = "WD"
    CALENDAR_DAYS = "CD"
    HOURS = "hours"
    WEEKS = "weeks"
    MONTHS = "months"
    HALF_TERMS = "half_terms"
    TERMS = "terms"
    AT_ONCE = "at_once"
    FIXED_DATE = "fixed_date"
    AS_AGREED = "as_agreed"
    """No day of its own: people set one for this child and write it down."""


Calendar = Literal["home_school", "england", "none"]
"""Whose calendar counts: the home school's terms, England's bank holidays, or neither."""

Severity = Literal["hard", "should", "local"]
"""Law or contract; guidance; a local choice."""

Owner = Literal[
    "local_authority", "school", "governing_body", "head", "provider", "commissioner", "social_worker",
    "safeguarding_lead", "controller", "parent",
]  # fmt: skip
"""Who must do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """One deadline. A rule is never edited: a change is a new version with its own first day."""

    id: str
    trigger: str
    """What sets it off."""
    obligation: str
    """What must then be done, in words that say it without the trigger: they stand alone in a filter and in a column of a file."""
    unit: Unit
    count: int = 0
    """How many units. Negative counts fall before the anchor."""
    anchor: str
    """The day from which it is counted, as the name of a date."""
    anchor_is_day_one: bool = False
    """Whether the anchor, or the first school day after it, is itself day 1."""
    fixed_date: tuple[int, int] = (1, 1)
    """Month and day, for a rule that names a date of the year."""
    owner: Owner
    source: str
    severity: Severity
    mark: Mark
    version: int = 1
    in_force_from: date | None = None
    proposal: bool = False
    """A suggestion that no law or guidance makes."""
    note: str = ""

    @property
    def on_by_default(self) -> bool:
        """Whether it applies unless an organisation says otherwise: never while unverified or proposed."""
        return self.mark is not Mark.UNVERIFIED and not self.proposal

    @property
    def only_warns(self) -> bool:
        """Whether passing it never stands in the way: all but the hard rules that someone has verified."""
        return self.severity != "hard" or not self.on_by_default

    @property
    def calendar(self) -> Calendar:
        """Whose calendar it is counted by."""
        if self.unit in (Unit.SCHOOL_DAYS, Unit.HALF_TERMS, Unit.TERMS):
            return "home_school"
        return "england" if self.unit is Unit.WORKING_DAYS else "none"
