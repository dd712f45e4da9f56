"""A last day never lies before its first day, whoever writes them down and wherever they stand."""

from __future__ import annotations

from datetime import date
from typing import get_args, get_type_hints

import pytest

from domain.days_in_order import PAIRS, kinds_within
from tests.support.story import Story
from tests.support.walk import CHILD, PLACEMENT, THE_SERVICE
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES

PROPOSED = EXAMPLES["propose_provider"]["proposal"]
LASTS = ("ends", "until", "last", "leaves", "receipt", "expires")
"""How the names of days begin on which something is over."""
WITHOUT_A_FIRST = {
    # What is checked may be found out of date on the very day.
    ("Check", "expires_on"),
    # The family may say today that last Friday was the last day.
    ("FamilyWithdrawal", "last_day"),
    # The first day is on the placement's record, and the rules of the end ask for it.
    ("ExitPlan", "leaves_on"),
    # A new maximum period of what began long ago; the first day is on the placement's record.
    ("ContinuePlacement", "ends_by"),
    # Refused where it lies in the past, which is when it begins.
    ("RequestOverride", "until"),
    ("ApproveOverride", "until"),
    # Begins when it is granted.
    ("GrantRole", "until"),
}
"""Last days beside which no first day stands, and why."""


def _days(kind: type) -> set[str]:
    hints = get_type_hints(kind)
    return {name for name, hint in hints.items() if date in {hint, *get_args(hint)}}


def test_every_last_day_that_anybody_writes_has_its_first_day_or_says_why_not() -> None:
    found, paired = set(), 0
    for kind in {kind for command in COMMANDS.values() for kind in kinds_within(command)}:
        days = _days(kind)
        lasts = {pair.last for pair in PAIRS if {pair.first, pair.last} <= days}
        paired += len(lasts)
        found |= {(kind.__name__, name) for name in days - lasts if name.startswith(LASTS)}
    assert found == WITHOUT_A_FIRST
    assert paired >= 6


@pytest.mark.parametrize(
    ("command", "fact", "said", "field"),
    [
        ("propose_provider", "proposal", {"starts_on": "2026-12-01", "ends_on": "2026-11-01"}, "ends_on"),
        ("make_individual_agreement", "agreement", {"ends_by": "2026-11-01"}, "ends_by"),
        ("record_earlier_support", "support", {"until_on": "2020-01-01"}, "until_on"),
        ("support_reintegration", "support", {"until_on": "2020-01-01"}, "until_on"),
    ],
)
def test_a_last_day_before_the_first_is_refused_where_it_is_typed(
    command: str, fact: str, said: dict[str, str], field: str
) -> None:
    story = Story().given_life_until(BEFORE[command])
    told = story.when(command, **{fact: {**EXAMPLES[command][fact], **said}}).then_refused("dates_reversed")

    [reason] = told.reasons()
    assert reason.field == f"{fact}.{field}"
    assert not reason.rule


BEFORE = {
    "propose_provider": "complete_needs_assessment",
    "make_individual_agreement": "confirm_suitability",
    "record_earlier_support": "refer_child",
    "support_reintegration": "start_placement",
}


def test_both_days_are_named() -> None:
    story = Story().given_life_until("complete_needs_assessment")
    proposal = {**PROPOSED, "starts_on": "2026-12-01", "ends_on": "2026-11-01"}
    [reason] = story.when("propose_provider", proposal=proposal).reasons()
    assert "1 November 2026" in reason.message
    assert "1 December 2026" in reason.message


def test_one_day_alone_is_the_first_and_the_last() -> None:
    story = Story().given_life_until("complete_needs_assessment")
    one = date(2026, 12, 1).isoformat()
    story.when("propose_provider", proposal={**PROPOSED, "starts_on": one, "ends_on": one})
    assert story.codes() == []


def test_a_correction_is_no_way_around_it() -> None:
    story = Story().given_life_until("propose_provider")
    version = next(
        e.originator_version
        for e in story.history.events
        if type(e).__name__ == "ProviderProposed" and e.originator_id == PLACEMENT
    )
    wrong = {"proposal": {**PROPOSED, "starts_on": "2026-12-01", "ends_on": "2026-11-01"}}
    told = story.when("correct_record", version=version, changes=wrong).then_refused("dates_reversed")
    assert [reason.field for reason in told.reasons()] == ["changes.proposal.ends_on"]


def test_nor_is_one_that_changes_only_one_of_two_days() -> None:
    story = Story()
    story.given("change_roll", CHILD, THE_SERVICE, from_on="2026-09-01")
    version = max(e.originator_version for e in story.history.events if e.originator_id == CHILD)
    told = story.when(
        "correct_child", CHILD, THE_SERVICE, version=version, changes={"until_on": "2026-08-01"}
    ).then_refused("dates_reversed")
    assert [reason.field for reason in told.reasons()] == ["changes.until_on"]
