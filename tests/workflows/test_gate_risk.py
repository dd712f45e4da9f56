"""The gate from risk assessment to active: the last things before the first day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.people import OrganisationKind, Role
from domain.placement_events import RiskAccepted, Started
from domain.stages import Stage
from tests.support.story import Story
from tests.support.walk import (
    AGREEMENT,
    LIFE,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    SCHOOL,
    SENIOR,
    THE_SERVICE,
    person,
)
from workflows import examples as x

GATE = "start_placement"
HEAD = person("head", Role.SCHOOL_LEAD, at=SCHOOL, kind=OrganisationKind.SCHOOL)
DEPUTY = person("deputy", Role.SCHOOL_LEAD, at=SCHOOL, kind=OrganisationKind.SCHOOL)


def ready(story: Story, without: tuple[str, ...] = ()) -> Story:
    """Everything before the first day, with some commands left out."""
    return story.given_life_until("plan_contingency", without)


def directed(story: Story, *, told: bool = True, **notice: Any) -> Story:
    """A maintained school's off-site direction, ready but for the notice, which is given with these changes."""
    signature = {"party": "provider", "on": "2026-09-02", "signatory": "Director"}
    agreement = AGREEMENT.__class__(int=AGREEMENT.int + 7)
    story.given("draft_agreement", agreement, THE_SERVICE, commissioner_id=x.SCHOOL)
    terms: list[tuple[str, dict[str, Any]]] = [
        ("write_terms", {}),
        ("agree_price", {}),
        ("judge_value", {}),
        ("sign_agreement", {}),
        ("sign_agreement", {"signature": signature}),
    ]
    for name, changes in terms:
        story.given(name, agreement, THE_SERVICE, **changes)
    for name, changes in LIFE:
        if name == GATE:
            break
        body = dict(changes)
        if name == "refer_child":
            body |= {"commissioner_id": x.SCHOOL, "route": "off_site_direction", "reason": "BHS"}
        if name == "choose_agreement":
            body["agreement_id"] = str(agreement)
        story.given(name, PLACEMENT, DEPUTY if name == "accept_risk" else HEAD, **body)
    if told:
        story.given("inform_local_authority", PLACEMENT, HEAD)
    if notice.get("served_on") != "never":
        story.given(
            "serve_notice", PLACEMENT, HEAD, notice={**x.EXAMPLES["serve_notice"]["notice"], **notice}
        )
    return story


def test_a_prepared_placement_starts_on_its_first_day(story: Story) -> None:
    ready(story).when(GATE).then(Started, stage=Stage.ACTIVE)
    assert story.placement().next_review_on is not None


@pytest.mark.parametrize(
    ("left_out", "codes"),
    [
        (("assess_risk", "accept_risk"), ["risk_not_assessed"]),
        (("accept_risk",), ["risk_not_accepted"]),
        (("arrange_transport_and_meals",), ["transport_and_meals_not_arranged"]),
        (("agree_reporting",), ["reporting_not_agreed"]),
        (("plan_contingency",), ["contingency_not_planned"]),
    ],
)
def test_what_was_left_out_is_named(left_out: tuple[str, ...], codes: list[str]) -> None:
    story = Story()
    for name, changes in LIFE:
        if name == GATE:
            break
        if name not in left_out:
            story.given(name, **changes)
    story.when(GATE).then_refused(*codes)


def test_no_one_accepts_a_risk_assessment_of_their_own(story: Story) -> None:
    ready(story, without=("accept_risk",)).when("accept_risk", PLACEMENT, OFFICER).then_refused("own_work")
    story.when("accept_risk", PLACEMENT, SENIOR).then(RiskAccepted, prepared_by=OFFICER.person_id)


def test_someone_with_the_explicit_right_may_accept_their_own_work(story: Story) -> None:
    alone = person("officer", Role.COMMISSIONER, Role.SELF_APPROVER)
    ready(story, without=("accept_risk",)).when("accept_risk", PLACEMENT, alone).then(RiskAccepted)


def test_a_new_risk_assessment_is_accepted_anew(story: Story) -> None:
    ready(story).given("assess_risk").when(GATE).then_refused("risk_not_accepted")


def test_a_hazard_that_stays_high_stops_the_start(story: Story) -> None:
    assessment = x.EXAMPLES["assess_risk"]["assessment"]
    high = {**assessment["hazards"][0], "residual": "high"}
    ready(story).given("assess_risk", assessment={**assessment, "hazards": [high]})
    story.given("accept_risk", PLACEMENT, SENIOR).when(GATE).then_refused("high_risk_left")


def test_parents_hear_of_an_absence_the_same_day_and_get_plain_information(story: Story) -> None:
    reporting = {**x.EXAMPLES["agree_reporting"]["reporting"], "parent_told_same_day": False}
    arrangement = {
        **x.EXAMPLES["arrange_transport_and_meals"]["arrangement"],
        "information_given_to": ["provider"],
    }
    ready(story).given("agree_reporting", reporting=reporting)
    story.given("arrange_transport_and_meals", arrangement=arrangement)
    story.when(GATE).then_refused("parent_not_told_same_day", "parent_not_informed")


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-11-22", "not_a_school_day"),
        ("2026-11-28", "not_a_school_day"),
        ("2026-12-01", "start_too_far_ahead"),
        ("2027-03-26", "start_after_maximum_period"),
    ],
)
def test_the_first_day_is_near_a_school_day_and_in_the_agreed_period(on: str, code: str) -> None:
    story = ready(Story()).when(GATE, on=on)
    assert code in story.codes()


def test_days_are_told_in_words() -> None:
    story = ready(Story()).when(GATE, on="2026-11-22")
    assert "22 November 2026 is not a school day in the calendar. Choose another first day." in [
        reason.message for reason in story.reasons()
    ]


@pytest.mark.parametrize(
    ("first_review_on", "code"), [("2026-12-19", "review_too_late"), ("2026-11-20", "review_in_the_past")]
)
def test_the_first_review_lies_in_the_half_term(first_review_on: str, code: str) -> None:
    ready(Story()).when(GATE, first_review_on=first_review_on).then_refused(code)


def test_the_last_school_day_of_the_half_term_is_early_enough(story: Story) -> None:
    ready(story).when(GATE, first_review_on="2026-12-18").then(Started)


def test_an_insurance_that_lapses_before_the_first_day_stops_the_start(story: Story) -> None:
    ready(story)
    lapsing = {"kind": "insurance", "checked_on": "2026-11-20", "expires_on": "2026-11-23"}
    story.given("record_check", PROVIDER, THE_SERVICE, check=lapsing)
    story.when(GATE, on="2026-11-24").then_refused("insurance_expired")
    story.when(GATE, on="2026-11-23").then(Started)


def test_a_provider_suspended_since_the_contract_stops_the_start(story: Story) -> None:
    ready(story).given("suspend_provider", PROVIDER, THE_SERVICE).when(GATE).then_refused(
        "provider_suspended"
    )


def test_a_direction_off_site_starts_two_school_days_after_its_notice(story: Story) -> None:
    directed(story, served_on="2026-11-19").when(GATE, PLACEMENT, HEAD).then(Started)


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        ({"served_on": "never"}, "notice_not_served"),
        ({"served_on": "2026-11-20"}, "notice_too_late"),
        ({"to": ["local_authority"]}, "notice_not_given_to_parent"),
    ],
)
def test_a_notice_that_is_late_or_not_given_stops_a_direction(notice: dict[str, Any], code: str) -> None:
    directed(Story(), **notice).when(GATE, PLACEMENT, HEAD).then_refused(code)


def test_the_notice_is_counted_in_school_days_and_not_over_a_weekend() -> None:
    story = directed(Story(), served_on="2026-11-20").at(datetime(2026, 11, 24, 9, tzinfo=UTC))
    story.when(GATE, PLACEMENT, HEAD, on="2026-11-24").then(Started)


def test_with_an_ehc_plan_the_authority_gets_the_notice_too(story: Story) -> None:
    directed(story, to=["parent"]).given("record_ehc_plan", story.placement().child_id, THE_SERVICE)  # type: ignore[arg-type]
    story.when(GATE, PLACEMENT, HEAD).then_refused("notice_not_given_to_authority")


def test_a_school_tells_the_local_authority() -> None:
    directed(Story(), told=False, served_on="2026-11-18").when(GATE, PLACEMENT, HEAD).then_refused(
        "local_authority_not_told"
    )


def test_the_notice_can_not_be_set_aside(story: Story) -> None:
    directed(story, served_on="2026-11-20").when(
        "request_override", PLACEMENT, HEAD, rules=["the_notice_was_served_in_time"]
    ).then_refused("not_overridable")


def test_a_start_before_the_agreed_day_is_asked_about_and_names_both_days(story: Story) -> None:
    later = {"starts_on": "2026-11-30"}
    story.given_life_until("complete_needs_assessment")
    for name, changes in LIFE[6 : [name for name, _ in LIFE].index(GATE)]:
        fact = {"propose_provider": "proposal", "make_individual_agreement": "agreement"}.get(name)
        body = {fact: {**x.EXAMPLES[name][fact], **later}} if fact else changes
        story.given(name, **body)
    story.when(GATE).then_warned("start_before_agreed")
    [warning] = story.done.warnings if story.done else ()
    assert "The proposal and the child's agreement say 30 November 2026" in warning.message
    assert "23 November 2026" in warning.message


def test_a_start_on_the_agreed_day_is_not(story: Story) -> None:
    ready(story).when(GATE)
    assert story.done is not None
    assert "start_before_agreed" not in {warning.code for warning in story.done.warnings}
