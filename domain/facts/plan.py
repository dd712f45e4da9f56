"""The personal learning plan: what the child works towards, and how everyone will know."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from domain.fact import fact
from domain.happened import Happened
from domain.personal import HealthRemark, Remark, Words

Party = Literal["commissioner", "child", "parent", "provider"]
"""Who agrees to the plan (B3)."""


@fact
class Objective:
    """One clear objective with its time and its measure (item 50; 001 l.40-45)."""

    what: Words
    """What the child will do or reach."""
    area: Literal[
        "attendance", "attainment", "behaviour", "social", "emotional", "qualification", "next_step"
    ]
    """The part of life it is about."""
    by: date
    """When it should be reached."""
    measured_by: Words
    """How it will be seen."""


@fact
class TimetabledSession:
    """Where the child is in one half-day of the week (item 56; 003 ¶12, ¶30)."""

    day: Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
    """School day."""
    half: Literal["am", "pm"]
    """Morning or afternoon session."""
    where: Literal["provider", "home_school", "other_provision", "home"]
    """Where the child is taught."""


@fact
class LearningPlan:
    """The plan, made early with child and parent and agreed with the provider (items 49-56; 003 ¶43-44, ¶52)."""

    objectives: Annotated[tuple[Objective, ...], Len(1, 20)]
    """At least one objective."""
    baseline: Words
    """Where the child starts from (item 50)."""
    monitoring: Words
    """How progress is assessed and monitored (item 50)."""
    review_every_weeks: Annotated[int, Ge(1), Le(13)]
    """Weeks between reviews (item 54); at most half a term whatever is written here."""
    review_criteria: Words
    """What a review will judge by (item 54; 003 ¶52; 002 l.22)."""
    provider_contribution: Words
    """What the provider contributes (item 52; 003 ¶44)."""
    linked_plans: Annotated[tuple[HealthRemark, ...], Len(0, 10)] = ()
    """EHC plan, personal education plan and others it is tied to (item 53)."""
    qualifications: Annotated[tuple[Remark, ...], Len(0, 20)] = ()
    """Qualifications the child works towards."""
    next_steps: Words
    """What comes after the placement (item 55)."""
    ready_to_return_when: Words
    """The test for readiness to return to school (item 55; 002 l.23-24)."""
    short_course: bool = False
    """A short course may have a lighter plan (item 51; 003 ¶44)."""
    timetable: Annotated[tuple[TimetabledSession, ...], Len(0, 10)] = ()
    """The week in half-days; needed when the placement is part-time (item 56)."""


@fact
class PlanAgreed:
    """One party agreed to the plan (B3; item 49)."""

    party: Party
    """Who agreed."""
    on: Happened
    """The day they agreed."""
    how: Remark = "in writing"
    """How they agreed: in writing, at a meeting, by telephone."""
