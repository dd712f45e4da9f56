"""What happens to the keeping of a child's words: asked for, decided, held, erased, given out. The stored names are permanent.

The grounds of these decisions are codes in the clear: they are read when the words are gone. What is written in words beside them is
sealed like any other, and goes with the rest.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.events import Event
from domain.facts.forgetting import (
    AskedBy,
    Categories,
    ErasureGround,
    HoldReason,
    RectificationOutcome,
    RectificationRefusal,
    RefusalGround,
)
from domain.personal import Label, Personal

Said = Annotated[str, Personal("narrative")]


class ErasureRequested(Event, frozen=True, kw_only=True, tag="child.erasure_requested"):
    """Someone asked that words about the child be erased (UK GDPR Art. 17), or the time for keeping them is over."""

    categories: Categories
    ground: ErasureGround
    asked_by: AskedBy
    asked_on: date


class ErasureApproved(Event, frozen=True, kw_only=True, tag="child.erasure_approved"):
    """A second person decided that the words are erased. As soon as this is stored, their keys are destroyed."""

    request: int
    requested_by: str
    categories: Categories
    ground: ErasureGround


class ErasureRefused(Event, frozen=True, kw_only=True, tag="child.erasure_refused"):
    """It was decided that the words are kept, for these reasons."""

    request: int
    requested_by: str
    grounds: tuple[RefusalGround, ...]


class WordsErased(Event, frozen=True, kw_only=True, tag="child.words_erased"):
    """The service carried an approved erasure out: the keys are gone, and what was shown with them was made anew."""

    approval: int
    keys: int
    """How many keys were destroyed."""


class HoldPlaced(Event, frozen=True, kw_only=True, tag="child.hold_placed"):
    """Nothing of these categories may be erased until the hold is lifted."""

    because: HoldReason
    categories: Categories
    review_on: date | None = None
    reference: Said = ""


class HoldLifted(Event, frozen=True, kw_only=True, tag="child.hold_lifted"):
    """The hold is over."""

    hold: int


class RectificationRequested(Event, frozen=True, kw_only=True, tag="child.rectification_requested"):
    """Someone said that what was written down is wrong (UK GDPR Art. 16)."""

    record_id: UUID
    version: int
    """The number of the event that is said to be wrong."""
    fields: tuple[Label, ...]
    asked_by: AskedBy
    asked_on: date
    statement: Said = ""
    """What they say is right. It stays beside the record, whatever is decided."""


class RectificationAnswered(Event, frozen=True, kw_only=True, tag="child.rectification_answered"):
    """What came of it: the correction that was made, or why there is none."""

    request: int
    outcome: RectificationOutcome
    correction: int | None = None
    """The number of the correction in the record that was wrong."""
    refused: tuple[RectificationRefusal, ...] = ()


class SubjectAccessPrepared(Event, frozen=True, kw_only=True, tag="child.subject_access_prepared"):
    """A copy of everything that is kept about the child was prepared for someone who asked for it (UK GDPR Art. 15)."""

    asked_by: AskedBy
    asked_on: date
    identity_checked: bool
