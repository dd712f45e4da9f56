"""Emergencies: one asks, another decides, it runs out by itself, and it never reaches what must hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.people import Role
from domain.placement_events import OverrideApproved, OverrideDeclined, OverrideRequested
from tests.support.story import Story
from tests.support.walk import OFFICER, PLACEMENT, SENIOR, person


def requested(story: Story, **body: Any) -> Story:
    """Someone asked."""
    return story.given("refer_child").given("request_override", **body)


def test_a_request_names_rules_reason_and_last_day(story: Story) -> None:
    story.given("refer_child").when("request_override").then(
        OverrideRequested, rules=("the_policies_are_in_date",)
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"rules": ["no_such_rule"]}, "not_overridable"),
        ({"rules": ["safeguarding_is_confirmed"]}, "not_overridable"),
        ({"rules": ["the_setting_is_lawful"]}, "not_overridable"),
        ({"rules": ["the_provider_has_a_place"]}, "not_overridable"),
        ({"rules": ["the_provider_is_on_the_approved_list"]}, "not_overridable"),
        ({"until": "2026-11-22"}, "already_over"),
        ({"until": "2026-12-22"}, "too_long"),
    ],
)
def test_a_request_that_can_not_be_granted_is_refused_at_once(body: dict[str, Any], code: str) -> None:
    Story().given("refer_child").when("request_override", **body).then_refused(code)


def test_only_a_senior_officer_decides(story: Story) -> None:
    requested(story).when("approve_override", PLACEMENT, OFFICER, request=3).then_not_permitted()
    story.when("approve_override", PLACEMENT, SENIOR, request=3).then(OverrideApproved, self_approved=False)


def test_no_one_decides_on_their_own_request(story: Story) -> None:
    story.given("refer_child").given("request_override", PLACEMENT, SENIOR)
    story.when("approve_override", PLACEMENT, SENIOR, request=3).then_refused("own_work")


def test_the_right_to_approve_ones_own_work_is_explicit_and_shows(story: Story) -> None:
    alone = person("senior", Role.SENIOR_OFFICER, Role.SELF_APPROVER)
    story.given("refer_child").given("request_override", PLACEMENT, alone)
    story.when("approve_override", PLACEMENT, alone, request=3).then(OverrideApproved, self_approved=True)


def test_it_is_granted_for_no_longer_than_was_asked(story: Story) -> None:
    requested(story).when("approve_override", PLACEMENT, SENIOR, request=3, until="2026-11-30").then_refused(
        "longer_than_asked"
    )
    assert story.reasons()[0].message == "It was asked for until 27 November 2026."


def test_a_request_is_decided_once(story: Story) -> None:
    requested(story).when("decline_override", PLACEMENT, SENIOR, request=3).then(OverrideDeclined)
    story.when("approve_override", PLACEMENT, SENIOR, request=3).then_refused("no_such_request")


def test_it_sets_aside_the_named_rule_and_no_other(story: Story) -> None:
    story.given("refer_child").given("request_override", rules=["the_needs_are_assessed"])
    story.given("approve_override", PLACEMENT, SENIOR, request=3)
    story.when("complete_needs_assessment").then_refused(
        "earlier_support_missing", "child_not_asked", "parent_not_asked"
    )


def test_it_runs_out_by_itself_the_day_after_its_last_day(story: Story) -> None:
    story.given("refer_child").given("request_override", rules=["the_needs_are_assessed"])
    story.given("approve_override", PLACEMENT, SENIOR, request=3)
    story.at(datetime(2026, 11, 27, 23, 59, tzinfo=UTC)).when("complete_needs_assessment")
    assert "needs_not_assessed" not in story.codes()
    story.at(datetime(2026, 11, 28, 0, 1, tzinfo=UTC)).when("complete_needs_assessment")
    assert "needs_not_assessed" in story.codes()
