"""Every move from every stage: only the pairs that the rule book lists are open."""

from __future__ import annotations

import pytest

from domain.people import Asker
from domain.placement import Placement
from domain.stages import Stage
from tests.support.story import Story
from tests.support.walk import OFFICER, PLACEMENT, SAFEGUARDER, SENIOR, THE_SERVICE
from workflows.catalogue import COMMANDS
from workflows.placement_moves import PLACEMENT as TABLE

REACHED_BY: dict[Stage, str] = {
    Stage.NEEDS_ASSESSMENT: "refer_child",
    Stage.SUITABILITY_CHECK: "complete_needs_assessment",
    Stage.CONTRACT: "confirm_suitability",
    Stage.RISK_ASSESSMENT: "complete_contract",
    Stage.ACTIVE: "start_placement",
    Stage.REVIEW: "call_review",
    Stage.EXIT: "end_placement",
}

RULE_BOOK: dict[str, tuple[set[str], str]] = {
    "complete_needs_assessment": ({"needs_assessment"}, "suitability_check"),
    "confirm_suitability": ({"suitability_check"}, "contract"),
    "complete_contract": ({"contract"}, "risk_assessment"),
    "start_placement": ({"risk_assessment"}, "active"),
    "call_review": ({"active"}, "review"),
    "continue_placement": ({"review"}, "active"),
    "record_breakdown": ({"active", "review"}, "breakdown"),
    "start_contingency": ({"active", "review"}, "breakdown"),
    "report_safeguarding_concern": ({"active", "review", "breakdown"}, "breakdown"),
    "recover_placement": ({"breakdown"}, "active"),
    "replace_placement": ({"review", "breakdown"}, "exit"),
    "end_placement": ({"review", "breakdown"}, "exit"),
    "choose_again": ({"contract", "risk_assessment"}, "suitability_check"),
    "withdraw_referral": ({"needs_assessment", "suitability_check", "contract", "risk_assessment"}, "exit"),
    "reopen_placement": ({"exit"}, "review"),
    "reopen_referral": ({"exit"}, "needs_assessment"),
}
"""The life of a placement, written down apart from the table: from where, to where."""

NOT_OPENING = sorted(name for name, row in TABLE.rows.items() if not row.opens)


def story_in(stage: Stage) -> Story:
    """A placement that has come to a stage."""
    if stage is Stage.BREAKDOWN:
        return Story().given_life_until("start_placement").given("record_breakdown")
    return Story().given_life_until(REACHED_BY[stage])


def who_may(name: str) -> Asker:
    """Someone who may give the command."""
    special = {"approve_override": SENIOR, "decline_override": SENIOR, "reopen_placement": SENIOR}
    special["notice_concern"] = THE_SERVICE
    return SAFEGUARDER if name == "resolve_safeguarding" else special.get(name, OFFICER)


@pytest.fixture(scope="module")
def stories() -> dict[Stage, Story]:
    """A story for each stage. A refused command leaves no trace, so one story serves many questions."""
    return {stage: story_in(stage) for stage in Stage}


def test_the_stages_are_these_eight() -> None:
    assert [s.value for s in Stage] == [
        "needs_assessment",
        "suitability_check",
        "contract",
        "risk_assessment",
        "active",
        "review",
        "breakdown",
        "exit",
    ]


def test_the_moves_between_stages_are_those_of_the_rule_book() -> None:
    moving = {name: row for name, row in TABLE.rows.items() if not row.opens}
    assert {
        name: ({s.value for s in row.source}, row.to.value)
        for name, row in moving.items()
        if row.to is not None
    } == RULE_BOOK


def test_only_a_referral_begins_a_placement() -> None:
    opening = [(name, row.to) for name, row in TABLE.rows.items() if row.opens]
    assert opening == [("refer_child", Stage.NEEDS_ASSESSMENT)]


def test_every_row_has_a_command_and_every_placement_command_a_row() -> None:
    assert {n for n, c in COMMANDS.items() if c.target is Placement} == set(TABLE.rows)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("name", NOT_OPENING)
def test_a_move_leaves_only_from_its_stages(name: str, stage: Stage, stories: dict[Stage, Story]) -> None:
    row = TABLE.rows[name]
    leaves, to = TABLE.destination(name, stage)
    assert leaves == (stage in row.source)
    assert to == (row.to if leaves else None)
    if leaves:
        return
    story = stories[stage].when(name, PLACEMENT, who_may(name))
    assert "wrong_stage" in story.codes()
    message = next(r.message for r in story.reasons() if r.code == "wrong_stage")
    assert all(s.value.replace("_", " ") in message for s in row.source)
    assert len(story.history.events) == story.before
