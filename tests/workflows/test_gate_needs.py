"""The gate from needs assessment to suitability check, and the referral before it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.people import OrganisationKind, Role
from domain.referral_events import NeedsAssessmentCompleted, PassportUpdated, Referred
from domain.stages import Stage
from tests.support.story import Story
from tests.support.walk import CHILD, PLACEMENT, SCHOOL, THE_SERVICE, person
from workflows import examples as x

ANOTHER = UUID(int=PLACEMENT.int + 1)
"""A second referral."""

GATE = "complete_needs_assessment"
SCHOOL_LEAD = person("head", Role.SCHOOL_LEAD, at=SCHOOL, kind=OrganisationKind.SCHOOL)


def known(story: Story, without: tuple[str, ...] = ()) -> Story:
    """All that the gate asks for, some of it left out."""
    return story.given_life_until("record_views", without).given(
        "record_views", views={"whose": "parent", "phase": "before", "asked_on": "2026-11-11"}
    )


def test_a_referral_opens_the_passport_and_stands_in_the_needs_assessment(story: Story) -> None:
    story.when("refer_child").then(Referred, PassportUpdated, stage=Stage.NEEDS_ASSESSMENT)
    assert story.placement().passport is not None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"route": "school_arranged"}, "route_of_another_body"),
        ({"route": "off_site_direction"}, "route_of_another_body"),
        ({"route": "suspension"}, "route_of_another_body"),
        ({"route": "health_referral_by_school"}, "route_of_another_body"),
    ],
)
def test_a_local_authority_does_not_take_a_schools_route(
    story: Story, changes: dict[str, Any], code: str
) -> None:
    story.when("refer_child", **changes).then_refused(code)


@pytest.mark.parametrize(
    "route", ["section_19_exclusion", "section_19_health", "section_19_other", "eotas_s61"]
)
def test_a_school_does_not_take_an_authoritys_route(story: Story, route: str) -> None:
    story.when("refer_child", PLACEMENT, SCHOOL_LEAD, commissioner_id=x.SCHOOL, route=route).then_refused(
        "route_of_another_body"
    )


def test_an_academy_is_told_that_section_29a_is_for_maintained_schools(story: Story) -> None:
    story.when(
        "refer_child", PLACEMENT, SCHOOL_LEAD, commissioner_id=x.SCHOOL, route="off_site_direction"
    ).then_warned("not_a_maintained_school")


@pytest.mark.parametrize("field", ["child_id", "commissioner_id", "home_school_id"])
def test_a_referral_names_records_that_exist(story: Story, field: str) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    changes = {field: unknown}
    story.when("refer_child", PLACEMENT, THE_SERVICE, **changes).then_refused("unknown_reference")
    assert story.reasons()[0].field == field


def test_a_child_on_no_roll_is_pointed_out(story: Story) -> None:
    story.given("change_roll", CHILD, THE_SERVICE, until_on="2026-07-17")
    story.when("refer_child", home_school_id=None, route="section_19_other").then_warned("not_on_a_roll")


def test_a_permanently_excluded_child_need_not_be_on_a_roll(story: Story) -> None:
    story.given("change_roll", CHILD, THE_SERVICE, until_on="2026-07-17")
    story.when("refer_child", home_school_id=None).then_warned()


def test_a_second_referral_of_a_child_names_the_open_one(story: Story) -> None:
    story.given("refer_child")
    story.when("refer_child", ANOTHER).then_warned("referral_open_already")
    [warning] = story.done.warnings if story.done else ()
    assert "at the stage \u201cneeds assessment\u201d" in warning.message
    assert "23 November 2026" in warning.message


def test_of_another_organisations_referral_only_the_day_is_told(story: Story) -> None:
    story.given(
        "refer_child", PLACEMENT, THE_SERVICE, commissioner_id=SCHOOL, route="school_arranged", reason="BHS"
    )
    story.when("refer_child", ANOTHER).then_warned("referral_open_already")
    [warning] = story.done.warnings if story.done else ()
    assert "by another organisation" in warning.message
    assert "school" not in warning.message.lower()


def test_a_referral_that_was_withdrawn_or_a_placement_that_began_is_no_open_referral(story: Story) -> None:
    story.given("refer_child").given("withdraw_referral")
    story.when("refer_child", ANOTHER).then_warned()


def test_with_everything_known_a_provider_can_be_sought(story: Story) -> None:
    known(story).when(GATE).then(NeedsAssessmentCompleted, stage=Stage.SUITABILITY_CHECK)


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        ("assess_needs", "needs_not_assessed"),
        ("record_earlier_support", "earlier_support_missing"),
        ("record_views", "child_not_asked"),
    ],
)
def test_what_was_left_out_is_named(story: Story, left_out: str, code: str) -> None:
    story.given("refer_child").given(
        "record_views", views={"whose": "parent", "phase": "before", "asked_on": "2026-11-11"}
    )
    for name in ("assess_needs", "record_earlier_support", "record_views"):
        if name != left_out:
            story.given(name)
    story.when(GATE).then_refused(code)


def test_a_parent_is_asked_too(story: Story) -> None:
    story.given_life_until("record_views").when(GATE).then_refused("parent_not_asked")


def test_a_parent_who_was_asked_and_did_not_answer_is_enough(story: Story) -> None:
    known(story).when(GATE).then(NeedsAssessmentCompleted)


def test_a_refusal_carries_every_reason_and_not_only_the_first(story: Story) -> None:
    story.given("refer_child").when(GATE).then_refused(
        "needs_not_assessed", "earlier_support_missing", "child_not_asked", "parent_not_asked"
    )
    assert all(reason.source and reason.message and reason.rule for reason in story.reasons())


def test_for_a_looked_after_child_the_virtual_school_is_asked_and_the_professionals_meet(
    story: Story,
) -> None:
    known(story.given("record_looked_after", CHILD, THE_SERVICE)).when(GATE).then_refused(
        "in_school_strategies_not_shown", "virtual_school_not_consulted", "professionals_not_met"
    )
    story.given("record_consultation").given("hold_professionals_meeting")
    story.when(GATE).then(NeedsAssessmentCompleted)


def test_for_a_looked_after_child_the_meeting_confirms_that_school_tried_everything(story: Story) -> None:
    known(story.given("record_looked_after", CHILD, THE_SERVICE)).given("record_consultation")
    meeting = {**x.EXAMPLES["hold_professionals_meeting"]["meeting"], "in_school_strategies_tried": False}
    story.given("hold_professionals_meeting", meeting=meeting)
    story.when(GATE).then_refused("in_school_strategies_not_shown")


def test_for_a_child_with_a_social_worker_they_are_consulted_in_a_meeting(story: Story) -> None:
    known(story.given("record_social_worker", CHILD, THE_SERVICE)).when(GATE).then_refused(
        "social_worker_not_consulted", "professionals_not_met"
    )


def test_a_school_asks_the_local_authority_where_there_is_an_ehc_plan(story: Story) -> None:
    story.given("record_ehc_plan", CHILD, THE_SERVICE)
    story.given("refer_child", PLACEMENT, SCHOOL_LEAD, commissioner_id=x.SCHOOL, route="school_arranged")
    for name in ("assess_needs", "record_earlier_support", "record_views"):
        story.given(name, PLACEMENT, SCHOOL_LEAD)
    parent = {"whose": "parent", "phase": "before", "asked_on": "2026-11-11"}
    story.given("record_views", PLACEMENT, SCHOOL_LEAD, views=parent)
    story.when(GATE, PLACEMENT, SCHOOL_LEAD).then_refused("local_authority_not_consulted")
    consultation = {"with_whom": "local_authority", "on": "2026-11-12", "said": "Agrees."}
    story.given("record_consultation", PLACEMENT, SCHOOL_LEAD, consultation=consultation)
    story.when(GATE, PLACEMENT, SCHOOL_LEAD).then(NeedsAssessmentCompleted)


def test_the_rules_that_were_weighed_stand_in_the_decision(story: Story) -> None:
    known(story).when(GATE)
    decision = story.history.events[-1].decision
    assert decision.command == GATE
    assert {(r.rule, r.verdict) for r in decision.rules} >= {("the_needs_are_assessed", "met")}
    assert all(r.version == 1 for r in decision.rules)
