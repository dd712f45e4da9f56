"""The end of a placement: planned, reported, asked, recorded; withdrawn before it began; opened again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from domain.child import Child
from domain.child_events import WeekFreed, WeekTaken
from domain.events import stored_name
from domain.placement_events import Withdrawn
from domain.placement_life_events import Ended, Reopened
from domain.provider import Places
from domain.provider_events import PlaceFreed, PlaceTaken
from domain.stages import Stage
from tests.support.story import Story
from tests.support.walk import CHILD, LIFE, OFFICER, PLACEMENT, PROVIDER, SENIOR, THE_SERVICE
from workflows import examples as x

GATE = "end_placement"


def finished(story: Story, without: str = "", at: int = -1) -> Story:
    """Everything before the end, with one command left out: the nth of its name."""
    seen = 0
    for name, changes in LIFE:
        if name == GATE:
            return story
        if name == without:
            seen += 1
            if at in (-1, seen):
                continue
        story.given(name, **changes)
    return story


def test_a_finished_placement_ends_and_gives_its_place_back(story: Story) -> None:
    finished(story).when(GATE)
    assert {type(e) for e in story.history.events[story.before :]} == {Ended, PlaceFreed, WeekFreed}
    assert story.placement().stage is Stage.EXIT
    assert not story.record(Places, Places.id_for(PROVIDER)).taken
    assert not story.record(Child, CHILD).week


@pytest.mark.parametrize(
    ("left_out", "nth", "codes"),
    [
        ("plan_exit", -1, ["exit_not_planned"]),
        ("receive_end_report", -1, ["end_report_missing"]),
        ("record_destination", -1, ["destination_missing"]),
        ("record_views", 3, ["end_views_missing"]),
        ("record_views", 4, ["end_views_missing"]),
    ],
)
def test_what_is_missing_at_the_end_is_named(left_out: str, nth: int, codes: list[str]) -> None:
    finished(Story(), left_out, nth).when(GATE).then_refused(*codes)


def test_the_report_on_a_looked_after_child_goes_to_social_worker_and_virtual_school(story: Story) -> None:
    finished(story).given("record_looked_after", CHILD, THE_SERVICE)
    report = {**x.EXAMPLES["receive_end_report"]["report"], "sent_to": ["parent"]}
    story.given("receive_end_report", report=report).when(GATE).then_refused("end_report_not_sent")


@pytest.mark.parametrize(
    ("on", "code"), [("2026-11-22", "ends_before_start"), ("2026-11-24", "ends_in_the_future")]
)
def test_the_last_day_lies_between_the_first_day_and_today(on: str, code: str) -> None:
    finished(Story()).when(GATE, on=on).then_refused(code)


def test_from_a_breakdown_a_placement_can_end_too(story: Story) -> None:
    finished(story).given("record_breakdown").when(GATE)
    assert story.placement().outcome == "ended"


@pytest.mark.parametrize(
    "last", ["refer_child", "complete_needs_assessment", "confirm_suitability", "complete_contract"]
)
def test_a_referral_is_withdrawn_before_the_start_and_a_held_place_goes_back(last: str) -> None:
    story = Story().given_life_until(last).when("withdraw_referral")
    kinds = {type(e) for e in story.history.events[story.before :]}
    assert kinds == {Withdrawn} | ({PlaceFreed, WeekFreed} if last == "complete_contract" else set())
    assert story.placement().outcome == "withdrawn"


def test_a_withdrawn_referral_is_taken_up_again_where_it_began(story: Story) -> None:
    story.given("refer_child").given("withdraw_referral")
    story.when("reopen_placement", PLACEMENT, SENIOR)
    assert "never_started" in story.codes()
    story.when("reopen_referral").then(Reopened, stage=Stage.NEEDS_ASSESSMENT)
    assert story.placement().ended_on is None


def test_a_closed_placement_is_reopened_in_review_with_its_place(story: Story) -> None:
    finished(story).given(GATE).when("reopen_referral").then_refused("had_started")
    story.when("reopen_placement", PLACEMENT, SENIOR)
    assert {type(e) for e in story.history.events[story.before :]} == {Reopened, PlaceTaken, WeekTaken}
    assert story.placement().stage is Stage.REVIEW


def test_reopening_is_for_senior_people_and_needs_a_note(story: Story) -> None:
    finished(story).given(GATE).when("reopen_placement", PLACEMENT, OFFICER).then_not_permitted()
    with pytest.raises(ValueError, match="note"):
        story.when("reopen_placement", PLACEMENT, SENIOR, note="")


def test_a_placement_whose_place_is_gone_is_not_reopened(story: Story) -> None:
    finished(story).given(GATE)
    offer = {**x.EXAMPLES["publish_offer"]["offer"], "places": 0}
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer=offer)
    story.when("reopen_placement", PLACEMENT, SENIOR).then_refused("no_place_free")


def test_a_replaced_placement_stays_closed(story: Story) -> None:
    story.given_life_until("start_placement").given("record_breakdown").given("replace_placement")
    story.when("reopen_placement", PLACEMENT, SENIOR).then_refused("was_replaced")


def corrected(story: Story, **body: Any) -> Story:
    """A correction of the first event."""
    return story.given("refer_child").when("correct_record", **body)


def test_a_correction_names_the_wrong_event_and_everyone_reads_the_right_value(story: Story) -> None:
    corrected(story)
    assert story.placement().reason == "OTH"
    wrong, correction = story.history.stream(PLACEMENT)[0], story.history.stream(PLACEMENT)[-1]
    assert wrong.reason == "EXR"  # type: ignore[attr-defined]
    assert (correction.corrects, correction.why[:5]) == (1, "The w")  # type: ignore[attr-defined]


def test_a_correction_of_a_fact_within_a_list_corrects_that_one(story: Story) -> None:
    story.given_life_until("record_earlier_support").given("record_earlier_support")
    number = story.placement().version
    support = {**x.EXAMPLES["record_earlier_support"]["support"], "what": "A different school"}
    story.given("correct_record", version=number, changes={"support": support})
    assert [s.what for s in story.placement().earlier_support] == [
        "Reading recovery and a mentor",
        "A different school",
    ]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"version": 99}, "no_such_event", "version"),
        ({"changes": {"recorded_at": "2026-01-01"}}, "not_correctable", "changes.recorded_at"),
        ({"changes": {"stage": "active"}}, "not_correctable", "changes.stage"),
        ({"changes": {"decision": {}}}, "not_correctable", "changes.decision"),
        ({"changes": {"shoe_size": 4}}, "not_correctable", "changes.shoe_size"),
        ({"changes": {"child_id": x.SCHOOL}}, "held_elsewhere", "changes.child_id"),
        ({"changes": {"route": "by_boat"}}, "does_not_fit", "changes"),
    ],
)
def test_what_a_correction_can_not_change_is_said(body: dict[str, Any], code: str, field: str) -> None:
    story = corrected(Story(), **body).then_refused(code)
    assert story.reasons()[0].field == field


def test_what_others_agreed_to_is_not_corrected_behind_their_backs(story: Story) -> None:
    story.given_life_until("accept_risk")
    agreed = {"placement.risk_assessed", "placement.plan_written", "placement.individual_agreement_made"}
    for event in story.history.stream(PLACEMENT):
        name = stored_name(type(event))
        if name in agreed:
            field = (
                "plan"
                if name == "placement.plan_written"
                else name.split("_")[-1].replace("made", "agreement")
            )
            field = "assessment" if name == "placement.risk_assessed" else field
            story.when("correct_record", version=event.originator_version, changes={field: {}}).then_refused(
                "held_elsewhere"
            )


@pytest.mark.parametrize(
    ("event", "field", "inside", "value", "code"),
    [
        ("placement.provider_proposed", "proposal", "provider_id", x.SCHOOL, "held_elsewhere"),
        ("placement.provider_proposed", "proposal", "sessions_per_week", 1, "held_elsewhere"),
        ("placement.plan_agreed", "agreed", "party", "child", "held_elsewhere"),
        ("placement.plan_agreed", "agreed", "on", "9999-12-31", "in_the_future"),
        ("placement.agreement_chosen", "agreement_id", None, x.SCHOOL, "held_elsewhere"),
        ("placement.referred", "home_school_id", None, x.PROVIDER, "held_elsewhere"),
        ("placement.started", "on", None, "9999-12-31", "in_the_future"),
        ("placement.started", "first_review_on", None, "9999-12-31", "held_elsewhere"),
    ],
)
def test_a_correction_is_no_way_around_a_move(
    story: Story, event: str, field: str, inside: str | None, value: Any, code: str
) -> None:
    story.given_life_until("start_placement")
    wrong = next(e for e in story.history.stream(PLACEMENT) if stored_name(type(e)) == event)
    stated = msgspec.to_builtins(getattr(wrong, field))
    changes = {field: {**stated, inside: value} if inside else value}
    story.when("correct_record", version=wrong.originator_version, changes=changes).then_refused(code)


def test_the_rest_of_what_was_agreed_is_corrected(story: Story) -> None:
    story.given_life_until("start_placement")
    wrong = next(
        e for e in story.history.stream(PLACEMENT) if stored_name(type(e)) == "placement.provider_proposed"
    )
    stated = msgspec.to_builtins(wrong.proposal)  # type: ignore[attr-defined]
    changes = {"proposal": {**stated, "accredited_courses": not stated["accredited_courses"]}}
    story.given("correct_record", version=wrong.originator_version, changes=changes)


def test_a_refused_correction_does_not_repeat_what_was_sent(story: Story) -> None:
    corrected(story, changes={"route": "Robin Sample"}).then_refused("does_not_fit")
    assert "Robin" not in story.reasons()[0].message


def test_a_correction_is_not_corrected_but_the_first_event_is_again(story: Story) -> None:
    corrected(story).given("correct_record", changes={"reason": "BHS"})
    assert story.placement().reason == "BHS"
    story.when("correct_record", version=3).then_refused("no_such_event")
