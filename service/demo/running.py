"""Placements of Inventshire that run: quietly, under an override, with a worry, or longer than their review allows."""

from __future__ import annotations

from typing import Any

from service.demo.inventshire import Inventshire
from service.demo.life import QUICK
from service.demo.people import ACADEMY, COMMUNITY, SENIOR
from service.demo.profiles import ANGRY, ANXIOUS, AUTISTIC, READING, UNWELL, Profile
from service.demo.providers import COLLEGE, FARM, MOTORS, SCHOOLHOUSE, TUITION, UNIT, WORKSHOP, Setting

EXCLUDED: dict[str, Any] = {"route": "section_19_exclusion", "pace": QUICK, "sessions": 10}


QUIET: tuple[tuple[int, Setting, Profile, dict[str, Any]], ...] = (
    (38, SCHOOLHOUSE, ANXIOUS, {"looked_after": True, "sessions": 10}),
    (28, SCHOOLHOUSE, AUTISTIC, {"ehc_plan": True, "sessions": 10}),
    (14, COLLEGE, READING, {"sessions": 4}),
    (6, FARM, ANGRY, {"social_worker": True, "sessions": 6}),
)


def tell(here: Inventshire) -> None:
    """All of them."""
    full_unit(here)
    quiet_ones(here)
    two_at_once(here)
    with_something_to_do(here)
    under_an_override(here)
    in_review(here)


def full_unit(here: Inventshire) -> None:
    """Four excluded children, who take all places of the unit."""
    for began in (37, 31, 22, 9):
        life = here.by_council(UNIT, ANGRY, began, looked_after=began == 31, **EXCLUDED)
        life.started()
        life.went_on()


def quiet_ones(here: Inventshire) -> None:
    """Children of the council and of schools for whom it goes well."""
    for began, setting, profile, circumstances in QUIET:
        life = here.by_council(setting, profile, began, **circumstances)
        life.started()
        life.went_on()
    for began, school, setting, profile in (
        (33, COMMUNITY, WORKSHOP, READING),
        (19, ACADEMY, WORKSHOP, ANGRY),
    ):
        life = here.by_school(school, setting, profile, began)
        life.started()
        life.went_on()
    new = here.by_council(TUITION, UNWELL, 1, route="section_19_health", sessions=4)
    new.started()


def two_at_once(here: Inventshire) -> None:
    """One child in two part-time placements and at school."""
    first = here.by_council(FARM, ANXIOUS, 24, sessions=4, at_school=2)
    first.started()
    first.went_on()
    second = here.again(first, TUITION, 23, "second", sessions=4)
    second.started()
    second.went_on()


def with_something_to_do(here: Inventshire) -> None:
    """An overdue review, a problem being worked on, new hours, and a fact put right."""
    overdue = here.by_school(COMMUNITY, WORKSHOP, ANGRY, 26, absences=45)
    overdue.started()
    overdue.progressed(18, "Little to say: too often away.")
    problem = here.by_council(WORKSHOP, READING, 20, absences=35)
    problem.started(first_review=21)
    problem.do(9, "raise_concern", concern={
        "what": "Late or absent on three mornings", "about": "attendance", "cause": "The bus", "action": "A taxi for two weeks",
        "agreed_with": ["child", "parent", "provider"], "look_again_on": str(problem.day(17)),
    })  # fmt: skip
    problem.do(17, "settle_concern", late=lambda placement: {
        "settled": {"concern": placement.concerns[0].number, "outcome": "On time for a week.", "told": ["child", "parent"]},
    })  # fmt: skip
    problem.do(18, "raise_concern", concern={
        "what": "Three absences since Monday", "about": "attendance", "action": "A call at eight every morning",
        "agreed_with": ["parent", "provider"], "look_again_on": str(here.days.ago(-3)),
    })  # fmt: skip
    fewer_hours = here.by_school(ACADEMY, TUITION, ANXIOUS, 16, sessions=6)
    fewer_hours.started(first_review=17)
    fewer_hours.do(10, "change_hours", hours={
        "hours_per_week": 10, "sessions_per_week": 4, "from_on": str(fewer_hours.day(10)), "why": "One more day at school.",
    })  # fmt: skip
    put_right = here.by_council(SCHOOLHOUSE, ANGRY, 12, sessions=10)
    put_right.started()
    put_right.do(4, "correct_record", version=1, changes={"reason": "OTH"},
                 why="The wrong code was chosen; the panel's letter says otherwise.")  # fmt: skip


def under_an_override(here: Inventshire) -> None:
    """A start before the sixth school day, with a policy still missing."""
    life = here.by_council(MOTORS, ANGRY, 7, route="section_19_exclusion", pace=QUICK, sessions=4)
    for step in (life.referred, life.assessed, life.heard, life.needs_completed, life.proposed):
        step()
    until = str(here.days.ago(-6))
    life.do(-3, "request_override", rules=["the_policies_are_in_date"], until=until,
            why="The sixth school day is near; the equality policy comes within two weeks.")  # fmt: skip
    life.do(-3, "approve_override", SENIOR, late=lambda placement: {
        "request": placement.overrides[-1].request, "until": until,
    })  # fmt: skip
    life.assessed_as_suitable()
    for step in (life.planned, life.signed):
        step()
    life.do(-2, "complete_contract")
    life.prepared()
    life.begun()


def in_review(here: Inventshire) -> None:
    """A review that was called, and one that was held without a parent."""
    called = here.by_council(WORKSHOP, AUTISTIC, 17)
    called.started(first_review=18)
    called.review_called(15, kind="requested")
    incomplete = here.by_council(SCHOOLHOUSE, READING, 18, sessions=10)
    incomplete.started(first_review=16)
    incomplete.review_called(13)
    incomplete.review_held(16, ["child", "provider", "commissioner"])
