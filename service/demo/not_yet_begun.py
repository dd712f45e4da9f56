"""Placements of Inventshire that have not begun: each waits for something else."""

from __future__ import annotations

from typing import Any

from service.demo.inventshire import Inventshire
from service.demo.life import QUICK
from service.demo.people import ACADEMY, COMMUNITY, SPECIAL, VIRTUAL_SCHOOL
from service.demo.profiles import ANGRY, ANXIOUS, AUTISTIC, READING, UNWELL
from service.demo.providers import ARTS, FARM, MOTORS, SCHOOLHOUSE, TUITION, UNIT, WORKSHOP

EXCLUDED: dict[str, Any] = {"route": "section_19_exclusion", "pace": QUICK, "sessions": 10}


def needs_being_assessed(here: Inventshire) -> None:
    """Three in the first stage: a running clock, a missing meeting, a missing consultation."""
    running = here.by_council(SCHOOLHOUSE, ANGRY, -2, **EXCLUDED)
    running.referred()
    running.assessed()
    in_care = here.by_council(SCHOOLHOUSE, ANXIOUS, -9, looked_after=True)
    in_care.referred()
    in_care.assessed()
    in_care.consult(-11, "virtual_school", "Wants to hear the child first.", VIRTUAL_SCHOOL)
    with_plan = here.by_school(ACADEMY, TUITION, AUTISTIC, -8, ehc_plan=True)
    with_plan.referred()
    with_plan.assessed()


def provider_being_chosen(here: Inventshire) -> None:
    """Five in the second stage: late, unlawful, full, turned down, suspended."""
    late = here.by_council(UNIT, ANGRY, 4, **EXCLUDED)
    for step in (late.referred, late.assessed, late.heard, late.needs_completed, late.proposed):
        step()
    unlawful = here.by_council(WORKSHOP, AUTISTIC, -5, ehc_plan=True, sessions=10)
    for step in (unlawful.referred, unlawful.assessed, unlawful.heard, unlawful.needs_completed):
        step()
    unlawful.proposed(hours=22)
    second_choice = here.by_council(FARM, READING, -4)
    for step in (
        second_choice.referred,
        second_choice.assessed,
        second_choice.heard,
        second_choice.needs_completed,
    ):
        step()
    second_choice.proposed()
    second_choice.do(-8, "turn_down_provider", decision={"words": "Too far: an hour each way."})
    second_choice.setting = TUITION
    second_choice.pace = {**second_choice.pace, "match": -7}
    second_choice.proposed()
    asked = here.by_council(MOTORS, ANGRY, -5, sessions=4)
    for step in (asked.referred, asked.assessed, asked.heard, asked.needs_completed, asked.proposed):
        step()
    asked.do(-8, "request_override", rules=["the_policies_are_in_date"], until=str(here.days.later(here.days.today, 8)),
             why="The place is free now; the equality policy is promised for next week.")  # fmt: skip
    closed = here.by_council(ARTS, ANGRY, -5)
    for step in (closed.referred, closed.assessed, closed.heard, closed.needs_completed, closed.proposed):
        step()


def contract_being_made(here: Inventshire) -> None:
    """Three in the third stage, and one that went back from it."""
    not_agreed = here.by_school(COMMUNITY, WORKSHOP, READING, -3)
    for step in (
        not_agreed.referred,
        not_agreed.assessed,
        not_agreed.heard,
        not_agreed.needs_completed,
        not_agreed.matched,
    ):
        step()
    not_agreed.planned(("commissioner", "child"))
    not_signed = here.by_council(SCHOOLHOUSE, AUTISTIC, -2, ehc_plan=True, sessions=10)
    for step in (
        not_signed.referred,
        not_signed.assessed,
        not_signed.heard,
        not_signed.needs_completed,
        not_signed.matched,
    ):
        step()
    not_signed.planned()
    not_signed.signed(("commissioner",))
    again = here.by_council(FARM, ANXIOUS, -2)
    for step in (
        again.referred,
        again.assessed,
        again.heard,
        again.needs_completed,
        again.matched,
        again.planned,
    ):
        step()
    again.do(-4, "choose_again", decision={"words": "The farm cannot collect the child in the morning."})


def risk_being_assessed(here: Inventshire) -> None:
    """Three in the fourth stage, one of them ready to begin tomorrow."""
    not_accepted = here.by_council(WORKSHOP, ANGRY, -1, social_worker=True)
    not_accepted.contracted()
    not_accepted.risk_assessed(accepted=False)
    ready = here.by_school(COMMUNITY, WORKSHOP, READING, -1)
    ready.contracted()
    ready.prepared()
    at_home = here.by_school(SPECIAL, TUITION, UNWELL, -1, sessions=4)
    at_home.contracted()
    at_home.risk_assessed()


def tell(here: Inventshire) -> None:
    """All of them."""
    needs_being_assessed(here)
    provider_being_chosen(here)
    contract_being_made(here)
    risk_being_assessed(here)
