"""What is known of the child before a place is sought."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Len

from domain.codes import SenType
from domain.fact import fact
from domain.happened import Happened
from domain.personal import HealthRemark, HealthWords, Label, SafeguardingWords, Words

Consulted = Literal[
    "parent",
    "social_worker",
    "virtual_school",
    "local_authority",
    "home_school",
    "health",
    "youth_justice",
    "other",
]
"""Whom one asks before a decision."""
Person = Literal[
    "child",
    "parent",
    "provider",
    "commissioner",
    "home_school",
    "social_worker",
    "virtual_school",
    "health",
    "other",
]
"""Who sits at the table."""


@fact
class Passport:
    """The information passport that travels with the child from the first day (items 14, 15; 003 ¶46, A5)."""

    prior_attainment: Words
    """What the child has achieved so far, with levels or grades."""
    behaviour: Words
    """How the child behaves, what sets it off and what helps."""
    support_needs: Words
    """The support the child needs to learn."""
    physical_health: HealthWords | None = None
    """Physical health as far as staff must know it."""
    mental_health: HealthWords | None = None
    """Mental health as far as staff must know it."""
    safeguarding: SafeguardingWords | None = None
    """What staff must know to keep the child safe."""
    attendance: Words | None = None
    """Attendance in the last year."""
    strengths: Words | None = None
    """What the child is good at and enjoys."""


@fact
class Need:
    """One special educational need, ranked (DfE SEN types)."""

    sen_type: SenType
    """DfE code of the need."""
    rank: Literal[1, 2]
    """1 for the main need, 2 for the second."""
    detail: HealthWords | None = None
    """What it means for this child."""


@fact
class NeedsAssessment:
    """The assessment made once alternative provision is considered (items 16-18, 84; 003 ¶43, ¶46; 001 l.34)."""

    assessed_on: Happened
    """The day of the assessment."""
    assessed_by: Label
    """Role and service of the person who made it."""
    summary: Words
    """What the child needs, in a few sentences."""
    underlying_causes: Words
    """What lies behind the difficulty, an unidentified learning difficulty included (003 ¶46)."""
    needs: Annotated[tuple[Need, ...], Len(0, 2)] = ()
    """Special educational needs: at most two, ranked."""
    learning_difficulty_suspected: bool = False
    """Whether an unidentified learning difficulty is suspected and an assessment was asked for."""
    sen_carried_over: Words | None = None
    """Needs and provision taken from the EHC plan or the former school (003 ¶36)."""
    outcomes: Annotated[tuple[Words, ...], Len(1, 20)]
    """What the placement should achieve for this child (000 l.7-9)."""
    services: Annotated[tuple[HealthRemark, ...], Len(0, 20)] = ()
    """Support services the child has or is referred to (003 ¶18, ¶34, ¶46)."""


@fact
class EarlierSupport:
    """Something that was tried before, in school where possible (items 19, 20; 001 l.34-36; 002 l.17)."""

    what: Words
    """What was done."""
    from_on: Happened
    """When it began."""
    until_on: date | None = None
    """When it ended; empty while it goes on."""
    in_school: bool = True
    """Whether it was done in school."""
    effect: Words
    """What came of it."""


@fact
class Views:
    """What the child or a parent said when asked (items 22, 72; 002 l.34, 36; 004 l.53)."""

    whose: Literal["child", "parent"]
    """Whose views."""
    phase: Literal["before", "during", "end"]
    """Before the placement, during it, or at its end."""
    asked_on: Happened
    """The day they were asked."""
    words: Words | None = None
    """What they said; empty when they were asked and did not answer."""
    agrees: bool | None = None
    """Whether they agree with the placement, where they said so."""
    used_for: Words | None = None
    """How their views changed the plan."""


@fact
class Consultation:
    """Someone who had to be asked was asked (items 20-22; 004 l.53-54)."""

    with_whom: Consulted
    """Who was consulted."""
    on: Happened
    """The day of the conversation or letter."""
    said: Words
    """What they said about the reasons for the placement and its length."""


@fact
class ProfessionalsMeeting:
    """The meeting of professionals before a provider is chosen for a child with a social worker or in care (item 21; 004 l.54)."""

    held_on: Happened
    """The day of the meeting."""
    attended: Annotated[tuple[Consulted, ...], Len(1, 8)]
    """Who took part."""
    in_school_strategies_tried: bool
    """Whether the meeting is satisfied that all strategies in school were tried (item 20; 002 l.17)."""
    concluded: Words
    """What the meeting concluded, and why."""
