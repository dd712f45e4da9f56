"""The gate from suitability check to contract: the right provider, checked, lawful, with a place."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.placement_events import ProviderTurnedDown, SuitabilityConfirmed
from tests.support.story import Story
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER, SENIOR, THE_SERVICE
from workflows import examples as x

GATE = "confirm_suitability"


def assessed(
    story: Story, proposal: dict[str, Any] | None = None, assessment: dict[str, Any] | None = None
) -> Story:
    """A provider proposed and assessed, with some answers changed."""
    story.given_life_until("complete_needs_assessment")
    story.given(
        "propose_provider", proposal={**x.EXAMPLES["propose_provider"]["proposal"], **(proposal or {})}
    )
    body = {**x.EXAMPLES["assess_suitability"]["assessment"], **(assessment or {})}
    return story.given("assess_suitability", assessment=body)


def check(story: Story, kind: str, **changes: Any) -> Story:
    """A newer check of a kind, with other findings."""
    body = {**x.EXAMPLES["record_check"]["check"], "kind": kind, "checked_on": "2026-11-20", **changes}
    return story.given("record_check", PROVIDER, THE_SERVICE, check=body)


def another_child(story: Story, number: int, hours: float, **status: bool) -> Story:
    """Another child in full or part-time education there, placed by another commissioner."""
    child = uuid5(CHILD, str(number))
    placement = uuid5(PLACEMENT, str(number))
    story.given("register_child", child, THE_SERVICE, identifiers=[])
    if status.get("ehc_plan"):
        story.given("record_ehc_plan", child, THE_SERVICE)
    _place(story, child, placement, hours)
    return story


def _place(story: Story, child: UUID, placement: UUID, hours: float) -> None:
    from tests.support.walk import LIFE

    for name, changes in LIFE:
        body = dict(changes)
        if name == "refer_child":
            body["child_id"] = str(child)
        if name == "propose_provider":
            body["proposal"] = {**x.EXAMPLES[name]["proposal"], "hours_per_week": hours}
        if name == "make_individual_agreement":
            body["agreement"] = {**x.EXAMPLES[name]["agreement"], "hours_per_week": hours}
        story.given(name, placement, **body)
        if name == "complete_contract":
            return


def test_a_provider_that_was_checked_and_assessed_is_confirmed(story: Story) -> None:
    assessed(story).when(GATE).then(SuitabilityConfirmed).then_warned()


def test_without_a_proposal_nothing_is_confirmed(story: Story) -> None:
    story.given_life_until("complete_needs_assessment").when(GATE).then_refused(
        "no_provider_proposed", "suitability_not_assessed"
    )


def test_a_new_proposal_asks_for_a_new_assessment(story: Story) -> None:
    assessed(story).given("propose_provider").when(GATE).then_refused("suitability_not_assessed")


@pytest.mark.parametrize(
    ("assessment", "code"),
    [
        ({"suitable": False}, "found_unsuitable"),
        ({"english_and_maths": False}, "english_or_maths_missing"),
        ({"site_is_separate": False}, "not_a_setting_of_its_own"),
    ],
)
def test_what_the_assessment_found_counts(story: Story, assessment: dict[str, Any], code: str) -> None:
    assessed(story, assessment=assessment).when(GATE).then_refused(code)


@pytest.mark.parametrize(
    ("proposal", "codes"),
    [
        ({"accredited_courses": True}, ["no_proper_awarding_body"]),
        ({"hours_per_week": 18.5}, ["hours_over_offer"]),
        ({"starts_on": "2027-11-22", "ends_on": None}, ["safer_recruitment_expired"]),
    ],
)
def test_what_is_proposed_counts(story: Story, proposal: dict[str, Any], codes: list[str]) -> None:
    assessed(story, proposal=proposal).when(GATE)
    assert set(codes) <= set(story.codes())


def test_a_site_that_the_provider_has_not_is_refused_where_it_is_typed(story: Story) -> None:
    story.given_life_until("complete_needs_assessment")
    proposal = {**x.EXAMPLES["propose_provider"]["proposal"], "sites": ["Mill Lane", "The Barn"]}
    story.when("propose_provider", proposal=proposal).then_refused("site_not_known")
    (reason,) = story.reasons()
    assert (reason.field, "on record are: Mill Lane." in reason.message) == ("proposal.sites", True)
    story.given("close_site", PROVIDER, THE_SERVICE, site_name="Mill Lane")
    story.when("propose_provider").then_refused("site_not_known")
    assert "no site is on record yet" in story.reasons()[0].message


def test_a_site_that_closed_after_it_was_proposed_is_not_known(story: Story) -> None:
    assessed(story).given("close_site", PROVIDER, THE_SERVICE, site_name="Mill Lane")
    story.when(GATE).then_refused("site_not_known")


def test_a_childrens_home_needs_a_reason(story: Story) -> None:
    site = {"name": "Mill Lane", "address": "1 Mill Lane", "postcode": "IN1 1AA", "is_childrens_home": True}
    story.given("add_site", PROVIDER, THE_SERVICE, site=site)
    assessed(story).when(GATE).then_refused("childrens_home_without_reason")
    assessed(Story(), proposal={"in_childrens_home": "The child lives there."}).when(GATE).then(
        SuitabilityConfirmed
    )


@pytest.mark.parametrize(
    "kind", ["insurance", "safeguarding_policy", "health_and_safety_policy", "equality_policy"]
)
def test_a_check_that_has_run_out_or_was_not_passed_stops_the_placement(kind: str) -> None:
    expired = check(Story(), kind, expires_on="2026-11-21")
    assessed(expired).when(GATE).then_refused(f"{kind}_expired")
    failed = check(Story(), kind, passed=False)
    assessed(failed).when(GATE).then_refused(f"{kind}_failed")


def test_a_check_must_hold_on_the_first_day_and_not_only_today(story: Story) -> None:
    check(story, "insurance", expires_on="2026-12-01")
    assessed(story, proposal={"starts_on": "2026-12-02", "ends_on": None}).when(GATE).then_refused(
        "insurance_expired"
    )


def test_good_practice_that_is_missing_is_said_and_does_not_stop(story: Story) -> None:
    for kind in ("first_aid", "staff_qualifications"):
        check(story, kind, passed=False)
    assessed(story).when(GATE).then_warned("first_aid_failed", "staff_qualifications_failed")


def test_an_unverified_rule_is_silent_until_the_organisation_chooses_it(story: Story) -> None:
    check(story, "staff_change_undertaking", passed=False)
    assessed(story).when(GATE).then_warned()
    other = check(Story(), "staff_change_undertaking", passed=False)
    other.given(
        "choose_warnings", AUTHORITY, THE_SERVICE, rules=["the_provider_undertakes_to_report_staff_changes"]
    )
    assessed(other).when(GATE).then_warned("staff_change_undertaking_failed")


def test_a_suspended_provider_is_not_used_and_one_whose_suspension_is_lifted_is(story: Story) -> None:
    assessed(story.given("suspend_provider", PROVIDER, THE_SERVICE)).when(GATE).then_refused(
        "provider_suspended"
    )
    story.given("lift_suspension", PROVIDER, THE_SERVICE).when(GATE).then(SuitabilityConfirmed)


def test_a_provider_that_was_removed_is_not_used(story: Story) -> None:
    assessed(story).given("remove_provider", PROVIDER, THE_SERVICE).when(GATE).then_refused(
        "provider_removed"
    )


def test_a_child_outside_the_providers_ages_is_not_placed_there(story: Story) -> None:
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "age_from": 15}
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)
    assessed(story).when(GATE).then_refused("wrong_age")


@pytest.mark.parametrize(
    ("age_from", "age_to", "fits"),
    [(14, 14, True), (15, 16, False), (11, 13, False), (11, 14, True), (14, 16, True)],
)
def test_the_oldest_and_the_youngest_age_are_taken(age_from: int, age_to: int, fits: bool) -> None:
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "age_from": age_from, "age_to": age_to}
    story = assessed(Story().given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)).when(GATE)
    assert (story.done is not None) == fits


@pytest.mark.parametrize("status", ["registered_school", "further_education"])
def test_a_registered_school_or_college_may_give_accredited_courses(status: str) -> None:
    registration = {
        **x.EXAMPLES["record_registration"]["registration"],
        "status": status,
        "checked_on": "2026-11-04",
    }
    story = Story().given("record_registration", PROVIDER, THE_SERVICE, registration=registration)
    assessed(story, proposal={"accredited_courses": True}).when(GATE).then(SuitabilityConfirmed)


def test_a_need_that_the_offer_does_not_name_is_pointed_out(story: Story) -> None:
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "needs": ["ASD"]}
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)
    assessed(story).when(GATE).then_warned("need_not_in_offer")


def test_a_provider_outside_the_approved_list_is_pointed_out(story: Story) -> None:
    story.given("move_approval", PROVIDER, THE_SERVICE, stage="declined")
    assessed(story).when(GATE).then_warned("not_on_approved_list")


def test_one_looked_after_child_full_time_makes_an_unregistered_setting_unlawful(story: Story) -> None:
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "hours_per_week": 25}
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)
    assessed(story, proposal={"hours_per_week": 18.5}).when(GATE).then(SuitabilityConfirmed)
    other = Story()
    other.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer).given(
        "record_looked_after", CHILD, THE_SERVICE
    )
    other.given("refer_child").given("record_consultation").given("hold_professionals_meeting")
    for name in ("assess_needs", "record_earlier_support", "record_views"):
        other.given(name)
    other.given("record_views", views={"whose": "parent", "phase": "before", "asked_on": "2026-11-11"})
    other.given("complete_needs_assessment")
    other.given(
        "propose_provider", proposal={**x.EXAMPLES["propose_provider"]["proposal"], "hours_per_week": 18.5}
    )
    other.given("assess_suitability")
    other.when(GATE).then_refused("unlawful_unregistered_setting")
    assert not other.reasons()[0].may_be_overridden


def test_the_fifth_child_full_time_makes_an_unregistered_setting_unlawful_over_all_commissioners(
    story: Story,
) -> None:
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "hours_per_week": 25}
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)
    for number in range(4):
        another_child(story, number, hours=20)
    assessed(story, proposal={"hours_per_week": 20}).when(GATE).then_refused("unlawful_unregistered_setting")
    story.given(
        "propose_provider", proposal={**x.EXAMPLES["propose_provider"]["proposal"], "hours_per_week": 18}
    )
    story.given("assess_suitability").when(GATE).then(SuitabilityConfirmed)


def test_a_registered_school_may_take_them(story: Story) -> None:
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "hours_per_week": 25}
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)
    registration = {**x.EXAMPLES["record_registration"]["registration"], "status": "registered_school"}
    story.given(
        "record_registration",
        PROVIDER,
        THE_SERVICE,
        registration={**registration, "checked_on": "2026-11-04"},
    )
    for number in range(4):
        another_child(story, number, hours=20)
    assessed(story, proposal={"hours_per_week": 20}).when(GATE).then(SuitabilityConfirmed)


def test_the_last_place_goes_to_one_child_only(story: Story) -> None:
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "places": 1}
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)
    another_child(story, 1, hours=10)
    assessed(story).when(GATE).then_refused("no_place_free")


def test_a_week_has_ten_half_days_at_school_and_in_all_placements(story: Story) -> None:
    story.given("set_school_sessions", CHILD, THE_SERVICE, sessions_per_week=5)
    assessed(story).when(GATE).then_refused("week_overbooked")
    story.given("set_school_sessions", CHILD, THE_SERVICE, sessions_per_week=4).when(GATE).then(
        SuitabilityConfirmed
    )


def test_turning_a_provider_down_clears_the_proposal(story: Story) -> None:
    assessed(story).when("turn_down_provider").then(ProviderTurnedDown, provider_id=PROVIDER)
    assert story.placement().proposal is None


def test_no_emergency_sets_aside_a_missing_safeguarding_confirmation_or_an_unlawful_setting(
    story: Story,
) -> None:
    assessed(story)
    for rule in ("safeguarding_is_confirmed", "the_setting_is_lawful"):
        story.when("request_override", rules=[rule]).then_refused("not_overridable")


def test_an_emergency_sets_a_policy_aside_for_a_time_and_shows_up_as_what_it_is(story: Story) -> None:
    check(story, "equality_policy", passed=False)
    assessed(story).when(GATE).then_refused("equality_policy_failed")
    story.given("request_override")
    number = story.placement().version
    story.given("approve_override", PLACEMENT, SENIOR, request=number)
    story.when(GATE).then(SuitabilityConfirmed)
    decision = story.history.events[-1].decision
    assert decision.override is not None
    assert decision.override.rules == ("the_policies_are_in_date",)
    assert decision.override.authorised_by == SENIOR.person_id
    assert ("the_policies_are_in_date", "overridden") in {(r.rule, r.verdict) for r in decision.rules}
