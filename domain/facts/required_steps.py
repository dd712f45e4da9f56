"""Steps that law and guidance ask for around a child: who was told, what was sent, which meeting was held, and on which day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import Ge, Len

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Label, Words

ReturnKind = Literal["sickness", "attendance", "new_pupil", "deletion"]
"""Returns that a school sends to the local authority (SI 2024/208 reg 13; attendance guidance 2026)."""

ToldOfExclusion = Literal[
    "parent", "governing_body", "local_authority", "social_worker", "virtual_school", "home_authority"
]
"""Whom the head tells of a suspension or permanent exclusion."""

AnnualReviewStepKind = Literal[
    "meeting_held", "report_sent", "decision_told", "amendments_proposed", "representations_received"
]
"""Steps of an annual review, in order; the final plan is recorded as a plan."""

RequestKind = Literal[
    "subject_access", "personal_data_breach", "data_protection_complaint", "educational_record"
]
"""What somebody asked of a controller or school, or reported to it."""


@fact
class OutOfEducation:
    """The child is not being educated, or will not be, for a reason other than an exclusion (s.19; T3, T4, T5)."""

    cause: Literal["health", "other"]
    """Health, or another need under section 19."""
    since_on: date
    """The first school day missed."""
    expected_school_days: Annotated[int, Ge(1)] | None = None
    """How long it is expected to last; 15 school days or more of illness are reported to the authority."""
    what: Words | None = None
    """What is known of the reason."""


@fact
class ReturnSent:
    """A return that a school sent to the local authority (T5, T6, T11, T12)."""

    kind: ReturnKind
    """Which return."""
    sent_on: Happened
    """The day it was sent."""
    about_on: date
    """The day it is about: the registration, the deletion, or the first day of the absence."""
    reference: Label | None = None
    """The authority's reference."""


@fact
class ExclusionTold:
    """Who was told of an exclusion (T30)."""

    excluded_on: date
    """The first day of the exclusion."""
    told: Annotated[tuple[ToldOfExclusion, ...], Len(1, 6)]
    """Who was told."""
    told_on: Happened
    """The day they were told."""


@fact
class GovernorsMeeting:
    """The governing board met about an exclusion (T31)."""

    excluded_on: date
    """The first day of the exclusion."""
    held_on: Happened
    """The day of the meeting."""
    decision: Literal["upheld", "reinstated", "no_power_to_reinstate"]
    """What the governors decided."""


@fact
class PepMeeting:
    """A meeting on the personal education plan of a looked-after child: the first one, or its review (T27, T28)."""

    held_on: Happened
    """The day of the meeting."""
    placement_reflected: bool = True
    """Whether the plan now says what the placement is for."""
    next_on: date | None = None
    """The next meeting, where one is fixed."""


@fact
class AnnualReviewStep:
    """A step of the annual review of an EHC plan (T22, T23, T24, T26)."""

    step: AnnualReviewStepKind
    """Which step."""
    on: Happened
    """The day."""
    decision: Literal["keep", "amend", "cease"] | None = None
    """What the authority decided, when it told."""


@fact
class ProtectionFileSent:
    """The child-protection file went to the child's new school (T33; KCSIE 2026 ¶150)."""

    sent_on: Happened
    """The day it left by secure transit."""
    receipt_on: Happened | None = None
    """The day of the new school's receipt; the duty is not done without it."""
    to_school_id: UUID | None = None
    """The new school's record."""


@fact
class ReviewRequest:
    """Someone asked in writing for a review of an off-site direction (SI 2010/1156; T14)."""

    by: Literal["parent", "local_authority", "child"]
    """Who asked."""
    asked_on: Happened
    """The day the letter came."""


@fact
class OutcomeNotified:
    """The outcome of a review was notified in writing (SI 2010/1156; T15)."""

    notified_on: Happened
    """The day it was sent."""
    to: Annotated[tuple[Literal["parent", "pupil", "local_authority", "provider"], ...], Len(1, 4)]
    """To whom."""


@fact
class NeedsAudit:
    """The yearly audit of needs and analysis of gaps (items 1, 2; 003 ¶11, ¶15; T36)."""

    audited_on: Happened
    """The day it was finished."""
    document: Label
    """The document that holds it."""
    gaps_analysed: bool
    """Whether demand was compared with capacity."""


@fact
class InformationRequest:
    """Something that must be answered within a time: a request for data, a breach, a complaint (T38, T39)."""

    kind: RequestKind
    """What it is."""
    received_on: Happened
    """The day it came, or a breach became known."""
    reference: Label
    """The organisation's own number for it; no name of a child."""
    child_id: UUID | None = None
    """The child's record, where it is about one."""


@fact
class InformationAnswer:
    """The answer, report or acknowledgement that the request asked for."""

    reference: Label
    """The number of the request."""
    answered_on: Happened
    """The day."""
