"""What is noticed of a placement although nobody decided it: a problem, a duty that was missed, a withdrawal."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Label, Words

EscalatedTo = Literal["named_officer", "manager"]
"""To whom a duty that was missed is taken: the officer of 003 ¶45, then whoever that officer answers to."""


@fact
class ProblemNoticed:
    """A problem that shows in what was recorded. Nobody has looked at it yet, so nobody has agreed to an action (item 69)."""

    about: Literal["attendance", "behaviour", "progress", "quality", "relationship", "health", "other"]
    """What it is about."""
    what: Words
    """What was seen."""
    look_at_by: date
    """By when somebody looks at it."""


@fact
class Escalation:
    """A duty that was missed is taken to somebody above those who missed it (003 ¶45)."""

    to: EscalatedTo
    """To whom."""
    rule: Label
    """The time rule that was missed, such as T16."""
    duty_id: UUID
    """The duty, as it stands in the due list."""
    due_on: date
    """The last day on which it would have been met."""


@fact
class FamilyWithdrawal:
    """A parent or the child says that they do not go on with the placement (item 22; 004 l.53)."""

    by: Literal["parent", "child"]
    """Who."""
    on: Happened
    """The day they said so."""
    last_day: date | None = None
    """The last day on which the child comes, where they said that."""
    why: Words
    """Why, in their own words."""
