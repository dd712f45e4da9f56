"""The gate from contract to risk assessment: every term agreed and signed, and the place held."""

from __future__ import annotations

from typing import Any

import pytest

from domain.child import Child
from domain.child_events import WeekFreed, WeekTaken
from domain.facts.terms import APPENDIX_A
from domain.placement_events import ChosenAgain, ContractCompleted
from domain.provider import Places
from domain.provider_events import PlaceFreed, PlaceTaken
from domain.stages import Stage
from tests.support.story import Story
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, PLACEMENT, PROVIDER, PROVIDER_STAFF, THE_SERVICE
from workflows import examples as x

GATE = "complete_contract"
DONE = (ContractCompleted, PlaceTaken, WeekTaken)


def in_contract(story: Story, without: tuple[str, ...] = ()) -> Story:
    """Everything before the gate, with some commands left out."""
    return story.given_life_until("sign_individual_agreement", without).given(
        "sign_individual_agreement",
        signature={"party": "provider", "on": "2026-11-17", "signatory": "Director"},
    )


def test_a_complete_contract_holds_a_place_with_the_provider_and_in_the_childs_week(story: Story) -> None:
    in_contract(story).when(GATE)
    assert {type(e) for e in story.history.events[story.before :]} == set(DONE)
    assert story.placement().stage is Stage.RISK_ASSESSMENT
    places = story.record(Places, Places.id_for(PROVIDER))
    assert [(p.hours_per_week, p.sessions_per_week) for p in places.taken.values()] == [(16, 6)]
    assert story.record(Child, CHILD).weekly_sessions() == 6


def test_all_that_is_missing_is_listed_at_once(story: Story) -> None:
    story.given_life_until("confirm_suitability").when(GATE).then_refused(
        "no_contract_chosen", "plan_missing", "no_individual_agreement"
    )


@pytest.mark.parametrize(("field", "words", "source"), APPENDIX_A)
def test_every_term_of_appendix_a_must_be_there(field: str, words: str, source: str) -> None:
    terms = {k: v for k, v in x.EXAMPLES["write_terms"]["terms"].items() if k != field}
    story = Story().given("write_terms", AGREEMENT, THE_SERVICE, terms=terms)
    for party in ("commissioner", "provider"):
        signature = {"party": party, "on": "2026-09-02", "signatory": "Director"}
        story.given("sign_agreement", AGREEMENT, THE_SERVICE, signature=signature)
    in_contract(story).when(GATE).then_refused("term_missing")
    assert story.reasons()[0].field == field
    assert words in story.reasons()[0].message
    assert source in story.reasons()[0].message


def test_changed_terms_have_to_be_signed_anew(story: Story) -> None:
    story.given("write_terms", AGREEMENT, THE_SERVICE)
    in_contract(story).when(GATE).then_refused("contract_not_signed")


def test_the_contract_covers_the_first_day(story: Story) -> None:
    story.given("end_agreement", AGREEMENT, THE_SERVICE, on="2026-11-20")
    in_contract(story).when(GATE).then_refused("contract_not_in_force")


def test_the_contract_is_between_this_commissioner_and_this_provider(story: Story) -> None:
    other = AGREEMENT.__class__(int=AGREEMENT.int + 100)
    story.given("draft_agreement", other, THE_SERVICE, commissioner_id=x.SCHOOL)
    in_contract(story).given("choose_agreement", agreement_id=str(other)).when(GATE)
    assert "contract_of_others" in story.codes()


@pytest.mark.parametrize("party", ["commissioner", "child", "parent", "provider"])
def test_all_four_agree_to_the_plan(party: str) -> None:
    story = in_contract(Story()).given("write_plan")
    for other in {"commissioner", "child", "parent", "provider"} - {party}:
        story.given("agree_plan", agreed={"party": other, "on": "2026-11-16"})
    story.when(GATE).then_refused("plan_not_agreed")
    assert story.reasons()[0].field == party


def test_a_new_agreement_is_signed_anew_by_both(story: Story) -> None:
    in_contract(story).given("make_individual_agreement").when(GATE).then_refused(
        "individual_agreement_not_signed", "individual_agreement_not_signed"
    )


def test_a_part_time_week_is_accounted_for(story: Story) -> None:
    in_contract(story)
    plan = {**x.EXAMPLES["write_plan"]["plan"], "timetable": []}
    story.given("write_plan", plan=plan)
    for party in ("commissioner", "child", "parent", "provider"):
        story.given("agree_plan", agreed={"party": party, "on": "2026-11-16"})
    story.when(GATE).then_refused("week_not_accounted_for")


def test_a_package_short_of_full_time_is_pointed_out(story: Story) -> None:
    in_contract(story).when(GATE).then_warned("package_not_full_time")


def test_with_school_days_the_week_is_full(story: Story) -> None:
    in_contract(story.given("set_school_sessions", CHILD, THE_SERVICE, sessions_per_week=4)).when(
        GATE
    ).then_warned()


def test_a_price_without_a_judgement_of_value_is_pointed_out(story: Story) -> None:
    other = AGREEMENT.__class__(int=AGREEMENT.int + 100)
    story.given("draft_agreement", other, THE_SERVICE).given("write_terms", other, THE_SERVICE)
    for party in ("commissioner", "provider"):
        signature = {"party": party, "on": "2026-09-02", "signatory": "Director"}
        story.given("sign_agreement", other, THE_SERVICE, signature=signature)
    in_contract(story).given("choose_agreement", agreement_id=str(other)).when(GATE).then_warned(
        "package_not_full_time", "value_not_judged"
    )


def test_the_proposed_limits_warn_only_where_they_are_chosen_and_neither_shape_fits(story: Story) -> None:
    story.given("choose_warnings", AUTHORITY, THE_SERVICE)
    in_contract(story).when(GATE)
    assert story.done is not None
    assert {w.rule for w in story.done.warnings} == {
        "it_keeps_to_the_proposed_limits",
        "the_package_is_full_time",
    }


def test_a_safeguarding_confirmation_that_ran_out_meanwhile_stops_the_contract(story: Story) -> None:
    in_contract(story)
    failed = {**x.EXAMPLES["record_check"]["check"], "checked_on": "2026-11-20", "passed": False}
    story.given("record_check", PROVIDER, THE_SERVICE, check=failed)
    story.when(GATE).then_refused("safer_recruitment_failed")


def test_a_provider_signs_only_for_itself(story: Story) -> None:
    story.given_life_until("make_individual_agreement")
    story.when("sign_individual_agreement", PLACEMENT, PROVIDER_STAFF).then_not_permitted()
    own = {"party": "provider", "on": "2026-11-17", "signatory": "Director"}
    story.when("sign_individual_agreement", PLACEMENT, PROVIDER_STAFF, signature=own)
    assert story.done is not None


def test_a_contract_over_the_procurement_threshold_is_signed_after_a_tender(story: Story) -> None:
    other = AGREEMENT.__class__(int=AGREEMENT.int + 100)
    price: dict[str, Any] = {"amount": 45.0, "per": "session", "lifetime_value": 700_000.0}
    story.given("draft_agreement", other, THE_SERVICE)
    story.when("agree_price", other, THE_SERVICE, price=price).then_warned("tender_needed")
    story.when("sign_agreement", other, THE_SERVICE).then_refused("tender_missing")
    story.given("record_tender", other, THE_SERVICE).when("sign_agreement", other, THE_SERVICE)
    assert story.done is not None


def test_choosing_again_gives_the_held_place_back(story: Story) -> None:
    in_contract(story).given(GATE).when("choose_again")
    assert {type(e) for e in story.history.events[story.before :]} == {ChosenAgain, PlaceFreed, WeekFreed}
    assert not story.record(Places, Places.id_for(PROVIDER)).taken
    assert story.placement().proposal is None
    assert story.placement().plan is not None
    assert "provider" not in story.placement().plan_agreed
