"""Placements of Inventshire that broke down, and those that are over."""

from __future__ import annotations

from service.demo.inventshire import Inventshire
from service.demo.life import QUICK
from service.demo.life_there import LifeThere
from service.demo.people import COMMUNITY, NAMED_OFFICER
from service.demo.profiles import ANGRY, ANXIOUS, AUTISTIC, READING
from service.demo.providers import ARTS, COLLEGE, FARM, SCHOOLHOUSE, TUITION, WORKSHOP


def tell(here: Inventshire) -> None:
    """All of them."""
    with_education(here)
    without_education(here)
    worry(here)
    recovered(here)
    returned(here)
    to_college(here)
    replaced(here)
    withdrawn(here)
    reopened(here)


def with_education(here: Inventshire) -> None:
    """The provider was suspended; the child is taught elsewhere meanwhile."""
    life = here.by_council(ARTS, ANGRY, 23)
    life.started()
    life.went_on(18)
    life.broke_down(21, "interim_provision", "Tuition at the library from tomorrow.", "provider_suspended",
                    interim_provider_id=str(TUITION.id))  # fmt: skip


def without_education(here: Inventshire) -> None:
    """A looked-after child who is taught nowhere: every such day counts."""
    life = here.by_council(SCHOOLHOUSE, ANGRY, 21, looked_after=True, sessions=10)
    life.started()
    life.went_on(14)
    life.broke_down(17, "no_education", "Two providers are asked; an answer is promised for Friday.")


def worry(here: Inventshire) -> None:
    """A worry about safety that the safeguarding lead has not settled."""
    life = here.by_council(FARM, ANXIOUS, 10, social_worker=True)
    life.started()
    life.worried_about(8)


def recovered(here: Inventshire) -> None:
    """It broke down for a week, and goes on."""
    life = here.by_council(WORKSHOP, READING, 27)
    life.started()
    life.went_on(16)
    life.broke_down(19, "home_school", "Back in the base at school.")
    life.do(23, "recover_placement", recovery={
        "resolved": "Another mentor; afternoons in the kitchen.", "agreed_with": ["child", "parent", "provider"],
        "back_on": str(life.day(24)),
    }, next_review_on=str(here.days.first_review(life.day(23), 10)))  # fmt: skip
    life.attended_from.append((life.day(24), None))


def returned(here: Inventshire) -> None:
    """Back at the school where the child belongs, with support."""
    life = _ended(
        here.by_school(COMMUNITY, WORKSHOP, READING, 38), 30, "reintegration", "Inventon Community School"
    )
    life.do(33, "support_reintegration", support={
        "on": str(life.day(33)), "support": "A mentor twice a week, a quiet base.", "going_well": True,
    })  # fmt: skip


def to_college(here: Inventshire) -> None:
    """On to a course."""
    _ended(
        here.by_council(COLLEGE, AUTISTIC, 36, sessions=4),
        25,
        "further_education",
        "Fictional College, motor vehicles",
    )


def replaced(here: Inventshire) -> None:
    """It ended because another provider fits better; what is known goes along."""
    life = here.by_council(FARM, AUTISTIC, 30, ehc_plan=True)
    life.started()
    life.went_on(17)
    life.broke_down(20, "home_school", "Back at school until the new place is ready.", "needs_not_met")
    successor = here.again(life, SCHOOLHOUSE, 2, "successor", sessions=10, at_school=0)
    life.do(
        22,
        "replace_placement",
        on=str(life.day(20)),
        why="Needs a specialist teacher.",
        successor_id=str(successor.id),
    )
    here.script.add(life.day(22), life.by, "set_school_sessions", life.pupil.id, {"sessions_per_week": 0})
    successor.pace = {**QUICK, "hear": -5, "needs": -5}
    for step in (successor.heard, successor.needs_completed, successor.matched):
        step()


def withdrawn(here: Inventshire) -> None:
    """The family moved away before the first day."""
    life = here.by_council(WORKSHOP, ANXIOUS, 5)
    for step in (life.referred, life.assessed, life.heard, life.needs_completed, life.matched):
        step()
    life.do(-6, "withdraw_referral", withdrawal={
        "on": str(life.day(-6)), "by_whom": "parent", "why": "Moving away.", "child_is_at": "home_school",
    })  # fmt: skip


def reopened(here: Inventshire) -> None:
    """It was closed by mistake."""
    life = _ended(
        here.by_council(TUITION, READING, 29, sessions=4), 23, "reintegration", "Inventon Community School"
    )
    life.do(26, "reopen_placement", NAMED_OFFICER, note="Closed by mistake: the child is still taught there.")
    life.attended_from.append((life.day(27), None))


def _ended(life: LifeThere, on: int, destination: str, where: str) -> LifeThere:
    life.started()
    life.went_on(on - 9)
    life.review_called(on - 4)
    life.review_held(on - 2)
    life.ended(on, destination, where)
    return life
