"""What is said to have happened did not happen before the child was born, nor in another age."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.story import Story
from tests.support.walk import CHILD, PROVIDER, THE_SERVICE
from workflows.examples import EXAMPLES

BORN_ON = EXAMPLES["register_child"]["born_on"]
CONTACT = EXAMPLES["log_contact"]["contact"]


def _eve(day: str) -> str:
    """The day before the child's birth, which is no first of a month in the examples."""
    year, month, number = day.split("-")
    return f"{year}-{month}-{int(number) - 1:02}"


@pytest.fixture
def story() -> Story:
    """A placement that has started."""
    return Story().given_life_until("start_placement")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"decision": {"occurred_on": "0001-01-01"}}, "decision.occurred_on"),
        ({"decision": {"occurred_on": _eve(BORN_ON)}}, "decision.occurred_on"),
        ({"decision": {"occurred_at": f"{_eve(BORN_ON)}T12:00:00+00:00"}}, "decision.occurred_at"),
        ({"contact": {**CONTACT, "on": _eve(BORN_ON)}}, "contact.on"),
    ],
)
def test_nothing_happened_to_a_child_before_its_birth(story: Story, body: dict[str, Any], field: str) -> None:
    told = story.when("log_contact", **body).then_refused("too_early")

    [reason] = told.reasons()
    assert reason.field == field
    assert BORN_ON not in reason.message


def test_the_day_of_its_birth_is_the_first(story: Story) -> None:
    story.when("log_contact", decision={"occurred_on": BORN_ON})
    assert story.codes() == []


def test_every_day_that_is_too_early_is_named(story: Story) -> None:
    contact = {**CONTACT, "on": "1066-10-14"}
    told = story.when("log_contact", contact=contact, decision={"occurred_on": "1066-10-14"})

    assert {reason.field for reason in told.reasons()} == {"contact.on", "decision.occurred_on"}


def test_a_childs_own_record_knows_its_birth_too(story: Story) -> None:
    story.when("record_exclusion", CHILD, THE_SERVICE, from_on=_eve(BORN_ON)).then_refused("too_early")


def test_a_correction_is_no_way_around_it(story: Story) -> None:
    story.given("log_contact")
    version = story.history.events[-1].originator_version
    wrong = {"contact": {**CONTACT, "on": _eve(BORN_ON)}}
    told = story.when("correct_record", version=version, changes=wrong).then_refused("too_early")

    assert [reason.field for reason in told.reasons()] == ["changes.contact.on"]


def test_a_provider_was_not_checked_in_another_age(story: Story) -> None:
    check = {**EXAMPLES["record_check"]["check"], "checked_on": "1899-12-31"}
    story.when("record_check", PROVIDER, THE_SERVICE, check=check).then_refused("too_early")


def test_a_school_may_be_older_than_that(story: Story) -> None:
    registration = {**EXAMPLES["record_registration"]["registration"], "since_on": "1552-04-23"}
    story.when("record_registration", PROVIDER, THE_SERVICE, registration=registration)
    assert story.codes() == []


def test_a_child_is_not_referred_before_it_was_born() -> None:
    story = Story()
    story.when("refer_child", decision={"occurred_on": _eve(BORN_ON)}).then_refused("too_early")
