"""Watching over a placement: contact, progress, reviews and what providers must tell."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from domain.fact import fact
from domain.facts.needs import Person
from domain.happened import Happened
from domain.personal import Remark, SafeguardingWords, Words

ReviewKind = Literal["scheduled", "requested", "safeguarding", "attendance", "after_breakdown", "reopened"]
"""Why a review is held."""


@fact
class ContactMade:
    """A visit, call or other contact during the placement (item 63; 000 l.16; 004 l.48)."""

    kind: Literal["visit", "telephone", "video", "letter", "meeting"]
    """How."""
    with_whom: Annotated[tuple[Person, ...], Len(1, 9)]
    """With whom."""
    on: Happened
    """The day."""
    notes: Words
    """What was seen and said."""
    child_seen: bool = False
    """Whether the child was seen."""


@fact
class ProgressReport:
    """The provider's report on the child (items 62, 83; 003 ¶52; 000 l.20-25)."""

    on: Happened
    """The day of the report."""
    academic: Words
    """Academic progress against the plan."""
    social: Words
    """Social progress, behaviour, motivation and confidence."""
    attendance_percent: Annotated[float, Ge(0), Le(100)] | None = None
    """Attendance so far, where the provider works it out."""
    accreditation: Words | None = None
    """Units or qualifications entered or gained (A11)."""
    new_needs: Words | None = None
    """Needs the provider has noticed (item 18; 003 ¶36)."""


@fact
class ChangeReported:
    """A change of circumstances that the provider must tell at once (A7; item 38; T21)."""

    kind: Literal["staff", "site", "pupil", "hours", "insurance", "registration", "other"]
    """What changed."""
    on: date
    """Since when."""
    what: Words
    """What changed and what it means for the child."""


@fact
class ReviewOpened:
    """A review is called."""

    kind: ReviewKind
    """Why."""
    requested_by: Person | None = None
    """Who asked for it, where someone did (SI 2010/1156: parent, or local authority with an EHC plan)."""
    meeting_on: date
    """The day planned for the meeting."""
    invited: Annotated[tuple[Person, ...], Len(1, 9)]
    """Who was invited."""


@fact
class ReviewHeld:
    """What the review found (items 61-65; KCSIE: attendance, safety, needs met)."""

    held_on: Happened
    """The day of the review."""
    attended: Annotated[tuple[Person, ...], Len(1, 9)]
    """Who took part."""
    sent_views: Annotated[tuple[Person, ...], Len(0, 9)] = ()
    """Who sent views instead of coming."""
    attendance: Words
    """What was found about attendance."""
    safety: SafeguardingWords
    """What was found about the child's safety."""
    needs_met: Words
    """Whether the child's needs are met."""
    progress: Words
    """Progress against each objective of the plan."""
    plan_changes: Words | None = None
    """Changes to the plan."""


@fact
class ConcernRaised:
    """A problem with the placement: what, why, and what is done (item 69; 003 ¶49)."""

    what: Words
    """The problem."""
    about: Literal["attendance", "behaviour", "progress", "quality", "relationship", "health", "other"]
    """What it is about."""
    cause: Words | None = None
    """The cause, as far as it is known."""
    action: Words
    """What is agreed to be done."""
    agreed_with: Annotated[tuple[Person, ...], Len(1, 9)]
    """Who agreed; child and parent where it is about the child."""
    look_again_on: date
    """When it is looked at again."""


@fact
class ConcernSettled:
    """A problem was looked at again and closed, with feedback from those involved (item 69)."""

    concern: Annotated[int, Ge(1)]
    """The version of the event that raised it."""
    outcome: Words
    """What came of the action."""
    told: Annotated[tuple[Person, ...], Len(1, 9)]
    """Who was told."""
    settled_by: Remark = "commissioner"
    """Post that closed it."""
