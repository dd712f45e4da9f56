"""Active, review, breakdown and back: with everyone, with a decision, and never while a child may be unsafe."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.attendance_events import SessionCoded
from domain.carrying_events import CarriedOver
from domain.child import Child
from domain.people import OrganisationKind, Role
from domain.placement import Placement
from domain.placement_life_events import (
    BrokenDown,
    ConcernClosed,
    Continued,
    HomeSchoolChanged,
    PutAtRisk,
    Recovered,
    Replaced,
    ReviewCalled,
    ReviewRecorded,
    SafeguardingConcernReported,
    SafeguardingSettled,
    TomorrowAnswered,
)
from domain.provider import Places
from domain.reasons import NotFound
from domain.referral_events import Referred
from domain.stages import Stage
from tests.support.story import Story
from tests.support.walk import (
    CHILD,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    PROVIDER_STAFF,
    SAFEGUARDER,
    THE_SERVICE,
    person,
)
from workflows import examples as x

OTHER = PLACEMENT.__class__(int=PLACEMENT.int + 300)


def active(story: Story) -> Story:
    """A placement that runs."""
    return story.given_life_until("start_placement")


def held(**changes: Any) -> dict[str, Any]:
    """The findings of a review, with changes."""
    return {**x.EXAMPLES["record_review"]["held"], **changes}


def test_a_review_is_called_held_and_decided(story: Story) -> None:
    active(story).when("call_review").then(ReviewCalled, stage=Stage.REVIEW)
    story.when("record_review").then(ReviewRecorded)
    story.when("continue_placement").then(Continued, stage=Stage.ACTIVE)
    assert story.placement().reviews[-1].decision
    assert str(story.placement().next_review_on) == "2026-12-11"


def test_without_findings_nothing_is_decided(story: Story) -> None:
    active(story).given("call_review").when("continue_placement").then_refused("review_not_held")


@pytest.mark.parametrize("missing", ["child", "parent", "provider", "commissioner"])
def test_everyone_takes_part_in_a_review_or_sends_their_views(missing: str) -> None:
    others = [p for p in ("child", "parent", "provider", "commissioner") if p != missing]
    story = active(Story()).given("call_review").given("record_review", held=held(attended=others))
    story.when("continue_placement").then_refused("reviewers_missing")
    assert missing in story.reasons()[0].message
    story.given("record_review", held=held(attended=others, sent_views=[missing]))
    story.when("continue_placement").then(Continued)


def test_after_a_review_in_this_half_term_the_next_may_wait_for_the_next_half_term(story: Story) -> None:
    active(story).given("call_review").given("record_review")
    story.when("continue_placement", next_review_on="2027-02-13").then_refused("review_too_late")
    story.when("continue_placement", next_review_on="2027-02-12").then(Continued)


def test_a_review_can_move_the_end_of_the_maximum_period(story: Story) -> None:
    active(story).given("call_review").given("record_review")
    story.given("continue_placement", ends_by="2027-07-21")
    assert str(story.placement().ends_by) == "2027-07-21"


def test_a_lapsed_safeguarding_confirmation_stops_a_placement_from_going_on(story: Story) -> None:
    active(story).given("call_review").given("record_review")
    failed = {**x.EXAMPLES["record_check"]["check"], "checked_on": "2026-11-20", "passed": False}
    story.given("record_check", PROVIDER, THE_SERVICE, check=failed)
    story.when("continue_placement").then_refused("safer_recruitment_failed")


def test_a_breakdown_answers_where_the_child_is_tomorrow_in_the_same_decision(story: Story) -> None:
    active(story).when("record_breakdown").then(BrokenDown, stage=Stage.BREAKDOWN)
    assert story.placement().tomorrow is not None
    assert len({e.decision.correlation_id for e in story.history.events[story.before :]}) == 1


def test_a_child_on_no_roll_can_not_go_back_to_a_home_school(story: Story) -> None:
    story.given("change_roll", CHILD, THE_SERVICE, until_on="2026-07-17")
    story.given("refer_child", home_school_id=None)
    for name, changes in _rest("refer_child", "start_placement"):
        story.given(name, **changes)
    story.when("record_breakdown").then_refused("no_home_school")
    nowhere = {**x.EXAMPLES["record_breakdown"]["tomorrow"], "where": "no_education"}
    story.when("record_breakdown", tomorrow=nowhere).then(BrokenDown)
    story.when("answer_tomorrow").then_refused("no_home_school")
    interim = {**nowhere, "where": "interim_provision"}
    story.when("answer_tomorrow", tomorrow=interim).then(TomorrowAnswered)


def _rest(after: str, until: str) -> list[tuple[str, dict[str, Any]]]:
    from tests.support.walk import LIFE

    names = [name for name, _ in LIFE]
    return LIFE[names.index(after) + 1 : names.index(until) + 1]


def test_a_child_whose_roll_has_ended_can_not_go_back_to_that_school(story: Story) -> None:
    active(story).given("change_roll", CHILD, THE_SERVICE, until_on="2026-11-20")
    story.when("record_breakdown").then_refused("no_home_school")


def test_another_home_school_may_look_after_its_child_from_then_on(story: Story) -> None:
    registrar = person("registrar", Role.ATTENDANCE_OFFICER, at=OTHER, kind=OrganisationKind.SCHOOL)
    founded = {"organisation_name": "Another School", "kind": "school", "authority_id": x.AUTHORITY}
    story.given("found_organisation", OTHER, THE_SERVICE, **founded)
    active(story).given("report_day", PROVIDER, PROVIDER_STAFF)
    with pytest.raises(NotFound):
        story.when("code_session", PLACEMENT, registrar)
    story.when("change_home_school", home_school_id=str(OTHER)).then(HomeSchoolChanged)
    story.when("code_session", PLACEMENT, registrar).then(SessionCoded)
    story.when("change_home_school", home_school_id=x.CHILD).then_refused("unknown_reference")


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        (
            "record_review",
            {"held": {**x.EXAMPLES["record_review"]["held"], "held_on": "2026-11-24"}},
            "held.held_on",
        ),
        ("agree_plan", {"agreed": {"party": "child", "on": "2030-01-01"}}, "agreed.on"),
        (
            "log_contact",
            {"contact": {**x.EXAMPLES["log_contact"]["contact"], "on": "2026-11-24"}},
            "contact.on",
        ),
    ],
)
def test_what_happened_did_not_happen_on_a_day_to_come(name: str, body: dict[str, Any], field: str) -> None:
    story = active(Story()).given("call_review").when(name, **body).then_refused("in_the_future")
    assert story.reasons()[0].field == field


def test_a_safeguarding_concern_stops_the_placement_at_once_whoever_reports_it(story: Story) -> None:
    active(story).when("report_safeguarding_concern", PLACEMENT, PROVIDER_STAFF).then(
        SafeguardingConcernReported, stage=Stage.BREAKDOWN
    )
    assert story.placement().safeguarding_open


def test_a_concern_about_staff_goes_to_the_designated_officer(story: Story) -> None:
    concern = {**x.EXAMPLES["report_safeguarding_concern"]["concern"], "told": ["parent"]}
    active(story).when("report_safeguarding_concern", concern=concern).then_refused("lado_not_told")


def test_the_child_goes_back_only_when_the_safeguarding_lead_has_decided(story: Story) -> None:
    active(story).given("report_safeguarding_concern")
    story.when("recover_placement").then_refused("safeguarding_concern_open")
    story.when("resolve_safeguarding", PLACEMENT, OFFICER).then_not_permitted()
    story.when("resolve_safeguarding", PLACEMENT, SAFEGUARDER).then(SafeguardingSettled)
    story.when("recover_placement")
    assert type(story.history.events[story.before]) is Recovered
    assert story.placement().tomorrow is None


def test_an_open_safeguarding_concern_is_no_emergency_to_set_aside(story: Story) -> None:
    active(story).given("report_safeguarding_concern")
    story.when("request_override", rules=["no_safeguarding_concern_is_open"]).then_refused("not_overridable")


def test_a_placement_does_not_recover_with_a_provider_that_is_suspended(story: Story) -> None:
    active(story).given("record_breakdown").given("suspend_provider", PROVIDER, THE_SERVICE)
    story.when("recover_placement").then_refused("provider_suspended")


def test_a_successor_begins_with_passport_needs_plan_and_all_that_was_asked(story: Story) -> None:
    active(story).given("record_breakdown").when("replace_placement")
    old = story.placement()
    new = story.record(Placement, old.successor_id)  # type: ignore[arg-type]
    assert type(story.history.stream(new.id)[0]) is Referred
    assert (old.stage, old.outcome, new.stage) == (Stage.EXIT, "replaced", Stage.NEEDS_ASSESSMENT)
    assert (new.passport, new.needs, new.plan) == (old.passport, old.needs, old.plan)
    assert (new.views, new.earlier_support) == ([], old.earlier_support)
    assert new.predecessor_id == old.id
    assert not new.plan_agreed
    assert type(story.history.stream(old.id)[-1]) is Replaced
    assert not story.record(Places, Places.id_for(PROVIDER)).taken
    assert story.record(Child, CHILD).weekly_sessions() == 0


def test_a_successor_is_asked_for_the_views_on_it_and_for_nothing_that_still_holds(story: Story) -> None:
    active(story).given("record_breakdown").given("replace_placement")
    successor = story.placement().successor_id
    assert successor is not None
    story.when("complete_needs_assessment", successor).then_refused("child_not_asked", "parent_not_asked")
    carried = {(one.what, one.holds): one.because for one in story.record(Placement, successor).carried}
    assert carried["needs_assessment", True] == carried["passport", True] == "it_is_not_too_old"
    assert carried["childs_views", False] == "it_was_about_the_former_placement"
    assert carried["agreement_to_the_plan", False] == "it_was_about_the_former_placement"
    event = next(e for e in story.history.stream(successor) if isinstance(e, CarriedOver))
    assert (event.decision.command, event.predecessor_id) == ("replace_placement", PLACEMENT)


def test_what_child_and_parent_said_since_it_broke_down_is_not_asked_again(story: Story) -> None:
    active(story).given("record_breakdown")
    for whose in ("child", "parent"):
        said = {"whose": whose, "phase": "during", "asked_on": "2026-11-23", "words": "Somewhere smaller."}
        story.given("record_views", views=said)
    story.given("replace_placement")
    successor = story.placement().successor_id
    assert successor is not None
    story.when("complete_needs_assessment", successor)
    assert story.done is not None


def test_an_assessment_that_is_too_old_is_not_carried_and_is_asked_for_again(story: Story) -> None:
    active(story).given("record_breakdown")
    story.at(datetime(2027, 7, 1, 9, tzinfo=UTC)).given("replace_placement", on="2027-07-01")
    successor = story.placement().successor_id
    assert successor is not None
    record = story.record(Placement, successor)
    assert (record.needs, record.passport) == (None, None)
    assert {one.because for one in record.carried if one.what in ("needs_assessment", "passport")} == {
        "it_is_too_old"
    }
    story.when("complete_needs_assessment", successor).then_refused(
        "child_not_asked", "parent_not_asked", "needs_not_assessed", "passport_missing"
    )


def test_a_successor_does_not_take_an_id_that_is_in_use(story: Story) -> None:
    active(story).given("record_breakdown").when(
        "replace_placement", successor_id=str(PLACEMENT)
    ).then_refused("id_in_use")


def test_a_concern_is_raised_settled_once_and_never_settled_twice(story: Story) -> None:
    active(story).given("raise_concern")
    number = story.placement().concerns[0].number
    settled = {**x.EXAMPLES["settle_concern"]["settled"], "concern": number}
    story.when("settle_concern", settled=settled).then(ConcernClosed)
    story.when("settle_concern", settled=settled).then_refused("no_such_concern")


def test_changed_hours_change_the_providers_places_and_the_childs_week(story: Story) -> None:
    active(story).given("change_hours")
    place = story.record(Places, Places.id_for(PROVIDER)).taken[PLACEMENT]
    assert (place.hours_per_week, place.sessions_per_week) == (12, 4)
    assert story.record(Child, CHILD).weekly_sessions() == 4


def test_hours_beyond_the_offer_or_the_week_are_refused(story: Story) -> None:
    active(story).given("set_school_sessions", CHILD, THE_SERVICE, sessions_per_week=4)
    hours = {**x.EXAMPLES["change_hours"]["hours"], "hours_per_week": 19, "sessions_per_week": 8}
    story.when("change_hours", hours=hours).then_refused("hours_over_offer", "week_overbooked")


def test_a_late_entry_keeps_the_day_it_was_true_and_the_day_it_was_written(story: Story) -> None:
    active(story).given("call_review").at(datetime(2026, 11, 30, 9, tzinfo=UTC))
    story.when("record_review", decision={"occurred_on": "2026-11-27"}).then(ReviewRecorded)
    event = story.history.events[-1]
    assert (str(event.occurred_on), event.recorded_at.day) == ("2026-11-27", 30)


def test_nothing_is_recorded_as_true_on_a_day_to_come(story: Story) -> None:
    active(story).when("call_review", decision={"occurred_on": "2026-11-24"}).then_refused("in_the_future")
    story.when("call_review", decision={"occurred_at": "2026-11-23T23:00:00+00:00"}).then_refused(
        "in_the_future"
    )
    story.when("call_review", decision={"occurred_at": "2026-11-23T08:00:00"}).then_refused(
        "time_zone_missing"
    )


def test_tomorrow_is_answered_by_a_day_that_comes_and_by_a_provider_that_may_be_used(story: Story) -> None:
    active(story)
    tomorrow = x.EXAMPLES["record_breakdown"]["tomorrow"]
    story.when("record_breakdown", tomorrow={**tomorrow, "from_on": "2026-11-25"}).then_refused(
        "tomorrow_not_answered"
    )
    assert "24 November 2026 on, the next school day" in story.reasons()[0].message
    there = {**tomorrow, "where": "interim_provision", "interim_provider_id": str(PROVIDER)}
    story.when("record_breakdown", tomorrow=there).then_refused("broke_down_there")
    school = {**tomorrow, "interim_provider_id": str(PROVIDER)}
    story.when("record_breakdown", tomorrow=school).then_refused("not_interim_provision")
    story.when("record_breakdown", tomorrow={**there, "interim_provider_id": str(CHILD)}).then_refused(
        "unknown_reference"
    )


def test_tomorrow_is_never_answered_from_a_day_before_what_it_answers(story: Story) -> None:
    active(story)
    mistyped = {**x.EXAMPLES["record_breakdown"]["tomorrow"], "from_on": "2025-11-24"}
    for command in ("record_breakdown", "start_contingency", "report_safeguarding_concern"):
        story.when(command, tomorrow=mistyped).then_refused("before_the_breakdown")
    story.given("record_breakdown").when("answer_tomorrow", tomorrow=mistyped).then_refused(
        "before_the_breakdown"
    )
    (reason,) = story.reasons()
    assert (reason.field, "23 November 2026 or later; look at the year" in reason.message) == (
        "tomorrow.from_on",
        True,
    )
    same_day = {**mistyped, "from_on": "2026-11-23"}
    story.when("answer_tomorrow", tomorrow=same_day).then(TomorrowAnswered)


def test_an_answer_typed_late_may_begin_before_a_worry_that_came_in_meanwhile(story: Story) -> None:
    active(story).given("record_breakdown").at(datetime(2026, 11, 26, 9, tzinfo=UTC))
    worry = {**x.EXAMPLES["report_safeguarding_concern"]["concern"], "on": "2026-11-26"}
    tomorrow = {**x.EXAMPLES["record_breakdown"]["tomorrow"], "from_on": "2026-11-27"}
    story.given("report_safeguarding_concern", concern=worry, tomorrow=tomorrow)
    story.when("answer_tomorrow", tomorrow={**tomorrow, "from_on": "2026-11-24"}).then(TomorrowAnswered)
    story.when("answer_tomorrow", tomorrow={**tomorrow, "from_on": "2026-11-20"}).then_refused(
        "before_the_breakdown"
    )


def test_contingency_without_an_answer_goes_by_the_roll_and_the_plan(story: Story) -> None:
    active(story).when("start_contingency").then(BrokenDown)
    tomorrow = story.placement().tomorrow
    assert tomorrow is not None
    assert (tomorrow.where, str(tomorrow.from_on)) == ("home_school", "2026-11-24")


def test_a_placement_at_risk_stops_when_a_rule_no_longer_lets_it_go_on_and_otherwise_only_if_told(
    story: Story,
) -> None:
    active(story).when("mark_at_risk", stop="those_that_must").then(PutAtRisk, must_stop=False)
    story.given("clear_risk").given("suspend_provider", PROVIDER, THE_SERVICE)
    assert story.placement().at_risk == []
    story.when("mark_at_risk", stop="none").then(PutAtRisk, must_stop=True)
    story.when("mark_at_risk", stop="those_that_must").then(PutAtRisk, BrokenDown)
    said = {rule.rule: rule.verdict for rule in story.history.events[-1].decision.rules}
    assert said["the_provider_may_be_used"] == "refused"
    story.when("mark_at_risk", provider_id=str(CHILD)).then_refused("not_with_this_provider")
