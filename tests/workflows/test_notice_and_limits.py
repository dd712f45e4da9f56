"""The off-site notice: to whom, and by when. Reviews where no calendar is known. Proposed limits where they are chosen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.routes import Route
from tests.support import walk
from tests.support.story import Story
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, THE_SERVICE
from tests.workflows.test_gate_risk import GATE, HEAD, directed, ready
from workflows.examples import EXAMPLES

AGREEMENT = EXAMPLES["make_individual_agreement"]["agreement"]
JANUARY = datetime(2027, 1, 4, 9, tzinfo=UTC)
"""The Monday after the holidays: a bank holiday's week, and an INSET day in the calendar of the examples."""


@pytest.fixture
def without_calendar(monkeypatch: pytest.MonkeyPatch) -> Story:
    """A story in which nobody has set a calendar."""
    monkeypatch.setattr(walk, "SETTING_UP", [step for step in walk.SETTING_UP if step[0] != "set_calendar"])
    return Story()


@pytest.mark.parametrize("to", [["parent"], ["pupil"], ["parent", "local_authority"]])
def test_the_notice_goes_to_the_parent_or_to_the_pupil(to: list[str]) -> None:
    assert directed(Story(), to=to).when(GATE, PLACEMENT, HEAD).done


def test_with_an_ehc_plan_a_notice_to_parent_and_authority_is_enough(story: Story) -> None:
    directed(story, to=["parent", "local_authority"]).given("record_ehc_plan", CHILD, THE_SERVICE)
    assert story.when(GATE, PLACEMENT, HEAD).done


@pytest.mark.parametrize(("served_on", "codes"), [("2026-12-17", []), ("2026-12-18", ["notice_too_late"])])
def test_holidays_and_inset_days_do_not_count_for_the_notice(served_on: str, codes: list[str]) -> None:
    story = directed(Story().at(JANUARY), served_on=served_on)
    story.when(GATE, PLACEMENT, HEAD, on="2027-01-05", first_review_on="2027-01-20")
    assert story.codes() == codes
    assert [reason.field for reason in story.reasons()] == ["on"] * len(codes)


@pytest.mark.parametrize(("served_on", "codes"), [("2026-12-31", []), ("2027-01-01", ["notice_too_late"])])
def test_without_a_calendar_working_days_count_for_the_notice(
    served_on: str, codes: list[str], without_calendar: Story
) -> None:
    story = directed(without_calendar.at(JANUARY), served_on=served_on)
    story.when(GATE, PLACEMENT, HEAD, on="2027-01-05", first_review_on="2027-01-20")
    assert story.codes() == codes


@pytest.mark.parametrize(("review_on", "codes"), [("2027-01-04", []), ("2027-01-05", ["review_too_late"])])
def test_without_a_calendar_a_review_is_held_within_six_weeks(
    review_on: str, codes: list[str], without_calendar: Story
) -> None:
    ready(without_calendar).when(GATE, first_review_on=review_on)
    assert without_calendar.codes() == codes
    assert [reason.field for reason in without_calendar.reasons()] == ["first_review_on"] * len(codes)


def limits_chosen(story: Story, route: str = "section_19_exclusion", **agreement: Any) -> list[str]:
    """The warnings about the proposed limits, for an agreement that differs a little."""
    story.given("choose_warnings", AUTHORITY, THE_SERVICE)
    for name, changes in walk.LIFE[:12]:
        story.given(name, **{**changes, **({"route": route} if name == "refer_child" else {})})
    for party in ("child", "parent", "provider"):
        story.given("agree_plan", agreed={"party": party, "on": "2026-11-16"})
    story.given("make_individual_agreement", agreement={**AGREEMENT, **agreement})
    story.given("sign_individual_agreement")
    provider = {"party": "provider", "on": "2026-11-17", "signatory": "Director"}
    story.given("sign_individual_agreement", signature=provider).when("complete_contract")
    assert story.done, story.codes()
    return [w.code for w in story.done.warnings if w.code.endswith(("12_weeks", "4_sessions"))]


BOTH = ["intensive_placement_at_most_12_weeks", "part_time_placement_at_most_4_sessions"]


@pytest.mark.parametrize(
    ("agreement", "warnings"),
    [
        ({"ends_by": "2027-02-15", "sessions_per_week": 5}, []),
        ({"ends_by": "2027-02-16", "sessions_per_week": 5}, BOTH),
        ({"ends_by": "2027-03-25", "sessions_per_week": 4}, []),
    ],
)
def test_the_proposed_limits_are_twelve_weeks_or_else_four_half_days(
    agreement: dict[str, Any], warnings: list[str], story: Story
) -> None:
    assert limits_chosen(story, **agreement) == warnings


def test_the_proposed_limits_are_not_for_packages_otherwise_than_at_school(story: Story) -> None:
    story.given("record_ehc_plan", CHILD, THE_SERVICE)
    assert limits_chosen(story, route=Route.EOTAS_S61.value, ends_by="2027-03-25") == []
