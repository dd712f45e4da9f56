"""The last value that is still allowed, and the first that is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.child import Child
from domain.provider import Places
from domain.provider_events import PlaceFreed, PlaceTaken
from tests.support.story import Story
from tests.support.walk import CHILD, MONDAY, PLACEMENT, PROVIDER, SENIOR, THE_SERVICE
from workflows.examples import EXAMPLES

TODAY = MONDAY.date()
AGREEMENT_OF_CHILD = EXAMPLES["make_individual_agreement"]["agreement"]
PLAN = EXAMPLES["write_plan"]["plan"]
END_REPORT = EXAMPLES["receive_end_report"]["report"]


def ready_to_start(story: Story, **commission: Any) -> Story:
    """Everything is there for the first day, with an agreement that differs a little."""
    story.given_life_until("agree_plan")
    for party in ("child", "parent", "provider"):
        story.given("agree_plan", agreed={"party": party, "on": "2026-11-16"})
    story.given("make_individual_agreement", agreement={**AGREEMENT_OF_CHILD, **commission})
    story.given("sign_individual_agreement")
    provider = {"party": "provider", "on": "2026-11-17", "signatory": "Director"}
    story.given("sign_individual_agreement", signature=provider).given("complete_contract")
    story.given("assess_risk").given("accept_risk").given("arrange_transport_and_meals")
    return story.given("agree_reporting").given("plan_contingency")


@pytest.mark.parametrize(("days", "code"), [(7, None), (8, "start_too_far_ahead")])
def test_a_start_is_recorded_at_most_a_week_ahead(days: int, code: str | None, story: Story) -> None:
    first = TODAY + timedelta(days=days)
    ready_to_start(story).when("start_placement", on=str(first), first_review_on=str(first))
    assert (code in story.codes()) if code else story.done, story.codes()


@pytest.mark.parametrize(
    ("ends_by", "code"), [("2026-11-23", None), ("2026-11-22", "start_after_maximum_period")]
)
def test_the_first_day_may_be_the_last_of_the_agreement_and_not_after_it(
    ends_by: str, code: str | None, story: Story
) -> None:
    days = {"starts_on": min("2026-11-23", ends_by), "ends_by": ends_by}
    ready_to_start(story, **days).when("start_placement")
    assert story.codes() == ([code] if code else [])


def test_the_next_review_may_be_on_the_first_day_and_not_before_it(story: Story) -> None:
    ready_to_start(story).when("start_placement", first_review_on="2026-11-22")
    story.then_refused("review_in_the_past")
    assert story.reasons()[0].field == "first_review_on"
    story.when("start_placement", first_review_on="2026-11-23")
    assert story.done


@pytest.mark.parametrize(
    ("until", "codes"),
    [("2026-11-23", []), ("2026-11-22", ["already_over"]), ("2026-12-21", []), ("2026-12-22", ["too_long"])],
)
def test_an_override_lasts_from_today_to_28_days(until: str, codes: list[str], story: Story) -> None:
    story.given("refer_child").when("request_override", until=until)
    assert story.codes() == codes
    assert [reason.field for reason in story.reasons()] == ["until"] * len(codes)


def test_an_override_says_until_when_it_can_last_at_most(story: Story) -> None:
    story.given("refer_child").when("request_override", until="2027-01-01").then_refused("too_long")
    assert "21 December 2026" in story.reasons()[0].message


@pytest.mark.parametrize(("sessions", "codes"), [(10, []), (9, ["week_not_accounted_for"])])
def test_only_a_part_time_week_needs_a_timetable(sessions: int, codes: list[str], story: Story) -> None:
    story.given_life_until("choose_agreement").given("write_plan", plan={**PLAN, "timetable": []})
    story.given("make_individual_agreement", agreement={**AGREEMENT_OF_CHILD, "sessions_per_week": sessions})
    story.when("complete_contract")
    assert [code for code in story.codes() if code == "week_not_accounted_for"] == codes


def test_nothing_is_asked_of_a_timetable_before_there_is_a_plan(story: Story) -> None:
    story.given_life_until("choose_agreement").given("make_individual_agreement").when("complete_contract")
    assert "plan_missing" in story.codes()
    assert "week_not_accounted_for" not in story.codes()


def test_the_placements_own_half_days_count_once_in_the_week(story: Story) -> None:
    story.given("set_school_sessions", CHILD, THE_SERVICE, sessions_per_week=4)
    story.given_life_until("sign_individual_agreement")
    provider = {"party": "provider", "on": "2026-11-17", "signatory": "Director"}
    story.given("sign_individual_agreement", signature=provider)
    story.when("complete_contract").then_warned()


@pytest.mark.parametrize(
    ("sent_to", "codes"),
    [
        (["social_worker", "virtual_school"], []),
        (["social_worker", "virtual_school", "parent"], []),
        (["social_worker"], ["end_report_not_sent"]),
        (["virtual_school", "parent"], ["end_report_not_sent"]),
    ],
)
def test_the_end_report_on_a_looked_after_child_goes_to_both(
    sent_to: list[str], codes: list[str], story: Story
) -> None:
    story.given_life_until("record_destination").given("record_looked_after", CHILD, THE_SERVICE)
    story.given("receive_end_report", report={**END_REPORT, "sent_to": sent_to}).when("end_placement")
    assert story.codes() == codes


def test_the_end_report_on_another_child_need_not_go_there(story: Story) -> None:
    story.given_life_until("record_destination")
    story.given("receive_end_report", report={**END_REPORT, "sent_to": ["parent"]}).when("end_placement")
    assert story.done


def test_a_place_that_is_taken_and_freed_says_whose_it_was(story: Story) -> None:
    story.given("record_ehc_plan", CHILD, THE_SERVICE).given_life_until("start_placement")
    placement = story.placement()
    [taken] = [e for e in story.history.events if isinstance(e, PlaceTaken)]
    assert (taken.about, taken.commissioner_id) == (CHILD, placement.commissioner_id)
    assert (taken.ehc_plan, taken.looked_after, taken.hours_per_week) == (True, False, 16)
    assert story.record(Places, Places.id_for(PROVIDER)).taken[PLACEMENT].child_id == CHILD
    assert story.record(Child, CHILD).week[PLACEMENT].hours_per_week == 16
    story.given("record_breakdown").given("replace_placement")
    [freed] = [e for e in story.history.events if isinstance(e, PlaceFreed)]
    assert freed.about == CHILD


def test_the_table_says_where_a_placement_stands_and_who_said_so(story: Story) -> None:
    story.given_life_until("start_placement").when("complete_contract")
    reason = next(r for r in story.reasons() if r.code == "wrong_stage")
    assert "'active'" in reason.message
    assert (reason.source, reason.rule) == ("the life of a placement", "the_move_leaves_from_this_stage")


def test_a_risk_assessment_that_is_not_there_can_not_be_accepted(story: Story) -> None:
    story.given_life_until("complete_contract").when("accept_risk", PLACEMENT, SENIOR)
    story.then_refused("risk_not_assessed")


def test_a_postcode_that_is_none_is_pointed_at_where_it_stands(story: Story) -> None:
    story.when(
        "add_site", PROVIDER, THE_SERVICE, site={**EXAMPLES["add_site"]["site"], "postcode": "NOWHERE"}
    )
    assert [reason.field for reason in story.reasons()] == ["site.postcode"]
