"""Which provider is proposed, and whether it is right for this child."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Gt, Le, Len

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Label, Words

SessionsPerWeek = Annotated[int, Ge(1), Le(10)]
"""Half-days in a week; 10 is a full school week."""
HoursPerWeek = Annotated[float, Gt(0), Le(40)]
"""Taught hours in a week."""


@fact
class Proposal:
    """The place that is proposed (B1; items 23, 31, 56)."""

    provider_id: UUID
    """The provider's record."""
    sites: Annotated[tuple[Label, ...], Len(1, 10)]
    """The names of the provider's sites where the child will be, subcontracted ones included (KCSIE: always know where)."""
    sessions_per_week: SessionsPerWeek
    """Half-days a week at this provider."""
    hours_per_week: HoursPerWeek
    """Taught hours a week at this provider; added up over all commissioners for the registration rule."""
    starts_on: date
    """The intended first day."""
    ends_on: date | None = None
    """The intended last day."""
    accredited_courses: bool = False
    """Whether accredited courses are part of it (item 26; 001 l.59)."""
    in_childrens_home: Words | None = None
    """The reason, if the site is a children's home; never for children who do not live there (item 79; 001 l.84)."""


@fact
class SuitabilityAssessment:
    """The assessment by the local authority officer or school against this child's needs (item 23; B1)."""

    assessed_on: Happened
    """The day of the assessment."""
    assessed_by: Label
    """Role of the person who made it."""
    suitable: bool
    """The verdict: right for this child or not."""
    needs_met: Words
    """How the provider will meet this child's needs, or why not."""
    registration: Words
    """The registration status found, and how it affected the decision (item 24; 004 l.37)."""
    curriculum: Words
    """How the curriculum is broad and planned, with English and maths (item 31; 004 l.39)."""
    english_and_maths: bool
    """Whether English and maths are taught, here or on the child's other days."""
    qualifications: Annotated[tuple[Label, ...], Len(0, 20)] = ()
    """Recognised qualifications on offer."""
    staff: Words
    """How staff are trained, qualified and cleared (item 29; 003 ¶35)."""
    equality: Words
    """How disability, race equality, SEN and children-in-care duties are met (item 30; 003 ¶40)."""
    alternatives: Annotated[tuple[Words, ...], Len(0, 10)] = ()
    """Other providers or programmes considered, natural-setting ones included, and why not (items 80, 85; 003 ¶19, ¶30)."""
    value_for_money: Words
    """Why this is the best service and value (item 13; 003 ¶1, ¶8, ¶30, ¶53)."""
    site_is_separate: bool = True
    """Whether it is a setting of its own: a side room linked to the classroom is not alternative provision (item 86; 001 l.47)."""
