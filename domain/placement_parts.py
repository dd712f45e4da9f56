"""Parts of a placement that have a state of their own: an override, a concern, a review."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.facts.reviewing import ConcernRaised, ReviewHeld, ReviewOpened


@dataclass(slots=True)
class Override:
    """Rules that someone asked to set aside, and what came of it."""

    request: int
    rules: tuple[str, ...]
    why: str
    requested_by: str
    until: date
    state: str = "requested"
    authorised_by: str = ""


@dataclass(slots=True)
class Concern:
    """A problem during the placement, open until it is settled."""

    number: int
    raised: ConcernRaised
    settled: bool = False


@dataclass(slots=True)
class ReviewMeeting:
    """A review: called, perhaps held, perhaps decided."""

    called: ReviewOpened
    held: list[ReviewHeld] = field(default_factory=list)
    decision: str = ""
