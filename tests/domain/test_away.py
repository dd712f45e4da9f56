"""After a breakdown the child is not expected at the provider, from the answer's first day until it is back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.away import Away, away
from domain.placement import Placement
from tests.support.story import Story
from tests.support.walk import PLACEMENT
from workflows.examples import EXAMPLES

FELL, NEXT, THIRD = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)


@pytest.fixture
def story() -> Story:
    return Story().given_life_until("start_placement")


def times(story: Story) -> tuple[Away, ...]:
    return away(story.record(Placement, PLACEMENT))


def answer(from_on: date, **changes: Any) -> dict[str, Any]:
    return {**EXAMPLES["record_breakdown"]["tomorrow"], "from_on": str(from_on), **changes}


def broken(story: Story, from_on: date) -> Story:
    breakdown = {**EXAMPLES["record_breakdown"]["breakdown"], "on": str(FELL)}
    return story.given("record_breakdown", breakdown=breakdown, tomorrow=answer(from_on))


def test_a_placement_that_never_fell_expects_the_child_every_day(story: Story) -> None:
    assert times(story) == ()


@pytest.mark.parametrize("from_on", [FELL, NEXT])
def test_it_is_away_from_the_answers_first_day(story: Story, from_on: date) -> None:
    assert times(broken(story, from_on)) == (Away(from_on),)


def test_an_answer_that_begins_later_leaves_no_day_at_the_provider(story: Story) -> None:
    broken(story, NEXT).at(datetime(2026, 11, 25, 9, tzinfo=UTC))
    story.given("answer_tomorrow", tomorrow=answer(THIRD))
    assert times(story) == (Away(NEXT),)


def test_the_day_of_coming_back_ends_it_and_a_second_fall_begins_another(story: Story) -> None:
    broken(story, NEXT).at(datetime(2026, 11, 26, 9, tzinfo=UTC))
    story.given(
        "recover_placement", recovery={**EXAMPLES["recover_placement"]["recovery"], "back_on": str(THIRD)}
    )
    assert times(story) == (Away(NEXT, THIRD),)
    assert [day in times(story)[0] for day in (FELL, NEXT, THIRD)] == [False, True, False]
    story.given("record_breakdown", breakdown={**EXAMPLES["record_breakdown"]["breakdown"], "on": str(THIRD)},
                tomorrow=answer(date(2026, 11, 27)))  # fmt: skip
    assert times(story) == (Away(NEXT, THIRD), Away(date(2026, 11, 27)))
