"""A child's record: identifiers, legal status, roll, exclusions, and the week that adds up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.child import Child
from domain.child_events import (
    ChildRegistered,
    EhcPlanRecorded,
    Excluded,
    IdentifierAdded,
    RollChanged,
    SchoolSessionsSet,
)
from domain.provider import Places
from domain.provider_events import PlaceTaken
from tests.support.story import Story
from tests.support.walk import CHILD, PLACEMENT, PROVIDER, THE_SERVICE
from workflows import examples as x

NEW = CHILD.__class__(int=CHILD.int + 77)


def child(story: Story) -> Child:
    """The child as recorded."""
    return story.record(Child, CHILD)


def test_a_child_is_registered_with_a_date_of_birth_and_identifiers(story: Story) -> None:
    story.when("register_child", NEW, THE_SERVICE).then(ChildRegistered, born_on="2012-03-14")
    assert story.record(Child, NEW).born_on == date(2012, 3, 14)


@pytest.mark.parametrize("value", ["A801200005001", "B80120000500", "BB01200005001"])
def test_a_upn_with_a_wrong_check_letter_or_shape_is_refused_and_points_at_the_field(value: str) -> None:
    story = Story().when("register_child", NEW, THE_SERVICE, identifiers=[{"kind": "UPN", "value": value}])
    assert [r.field for r in story.reasons()] == ["identifiers.0.value"]
    assert value not in story.reasons()[0].message


def test_a_upn_of_an_unknown_authority_only_warns(story: Story) -> None:
    from domain.identifiers import upn_check_letter

    rest = "999200005001"
    upn = upn_check_letter(rest) + rest
    story.when("register_child", NEW, THE_SERVICE, identifiers=[{"kind": "UPN", "value": upn}]).then(
        ChildRegistered
    )
    assert story.done is not None
    assert len(story.done.warnings) == 1


@pytest.mark.parametrize(
    ("born_on", "code"), [("2026-11-24", "date_of_birth_unlikely"), ("1990-01-01", "date_of_birth_unlikely")]
)
def test_a_date_of_birth_that_can_not_be_is_refused(born_on: str, code: str) -> None:
    Story().when("register_child", NEW, THE_SERVICE, born_on=born_on).then_refused(code)


def test_the_same_identifier_is_not_added_twice(story: Story) -> None:
    story.when("add_identifier", CHILD, THE_SERVICE).then(IdentifierAdded)
    story.when("add_identifier", CHILD, THE_SERVICE).then()
    story.given("retire_identifier", CHILD, THE_SERVICE)
    assert [i.kind for i in child(story).identifiers] == ["LA"]
    story.when("retire_identifier", CHILD, THE_SERVICE).then_refused("no_such_identifier")


def test_a_child_on_two_rolls_is_with_the_main_school_and_dual_registered(story: Story) -> None:
    story.when(
        "change_roll", CHILD, THE_SERVICE, school_id=x.AUTHORITY, enrolment="S", from_on="2026-09-07"
    ).then(RollChanged)
    assert str(child(story).school_on(date(2026, 11, 23))) == x.SCHOOL
    assert child(story).dual_registered_on(date(2026, 11, 23))
    assert not child(story).dual_registered_on(date(2026, 9, 6))


def test_a_roll_that_ends_before_it_begins_is_refused(story: Story) -> None:
    story.when("change_roll", CHILD, THE_SERVICE, until_on="2020-01-01").then_refused("dates_reversed")


@pytest.mark.parametrize(
    ("body", "due", "clock"),
    [
        ({"from_on": "2026-11-09"}, date(2026, 11, 16), "T1"),
        ({"from_on": "2026-10-21"}, date(2026, 11, 4), "T1"),
        ({"from_on": "2026-11-09", "exclusion_type": "SUSP", "sessions": 12}, date(2026, 11, 16), "T2"),
        ({"from_on": "2026-11-09", "exclusion_type": "SUSP", "sessions": 10}, None, ""),
        ({"from_on": "2026-11-09", "exclusion_type": "LNCH", "sessions": 1}, None, ""),
    ],
)
def test_education_is_due_from_the_sixth_school_day(
    body: dict[str, Any], due: date | None, clock: str
) -> None:
    story = Story().given("change_roll", CHILD, THE_SERVICE, school_id=x.AUTHORITY)
    story.when("record_exclusion", CHILD, THE_SERVICE, **body).then(
        Excluded, education_due_on=due, clock=clock
    ).then_warned()


def test_half_term_and_weekends_do_not_count_but_without_a_calendar_that_is_said(story: Story) -> None:
    story.when("record_exclusion", CHILD, THE_SERVICE, from_on="2026-08-20").then_warned("no_calendar")
    event = story.history.events[-1]
    assert isinstance(event, Excluded)
    assert event.education_due_on == date(2026, 8, 27)


def test_an_exclusion_to_come_is_not_recorded(story: Story) -> None:
    story.when("record_exclusion", CHILD, THE_SERVICE, from_on="2026-11-24").then_refused("in_the_future")


def test_school_and_placements_share_ten_half_days(story: Story) -> None:
    story.given_life_until("complete_contract")
    story.when("set_school_sessions", CHILD, THE_SERVICE, sessions_per_week=5).then_refused("week_overbooked")
    story.when("set_school_sessions", CHILD, THE_SERVICE, sessions_per_week=4).then(SchoolSessionsSet)
    assert child(story).weekly_sessions() == 10


def test_a_new_ehc_plan_reaches_the_places_on_which_the_registration_rule_counts(story: Story) -> None:
    story.given_life_until("complete_contract")
    story.when("record_ehc_plan", CHILD, THE_SERVICE).then(EhcPlanRecorded, PlaceTaken)
    assert story.record(Places, Places.id_for(PROVIDER)).taken[PLACEMENT].ehc_plan
    story.given("cease_ehc_plan", CHILD, THE_SERVICE)
    assert not story.record(Places, Places.id_for(PROVIDER)).taken[PLACEMENT].ehc_plan


def test_a_wrong_date_of_birth_is_corrected_and_the_wrong_one_stays_in_the_history(story: Story) -> None:
    story.when("correct_child", CHILD, THE_SERVICE)
    assert child(story).born_on == date(2012, 4, 13)
    first = story.history.stream(CHILD)[0]
    assert isinstance(first, ChildRegistered)
    assert first.born_on == "2012-03-14"
    assert story.history.stream(CHILD)[-1].changes[0].category == "identity"  # type: ignore[attr-defined]


def test_a_corrected_first_day_of_exclusion_moves_the_sixth_day_with_it(story: Story) -> None:
    story.given("change_roll", CHILD, THE_SERVICE, school_id=x.AUTHORITY)
    story.given("record_exclusion", CHILD, THE_SERVICE)
    number = child(story).version
    story.given("correct_child", CHILD, THE_SERVICE, version=number, changes={"from_on": "2026-11-10"})
    assert [e.education_due_on for e in child(story).exclusions] == [date(2026, 11, 17)]
    story.when("correct_child", CHILD, THE_SERVICE, version=number, changes={"from_on": "soon"}).then_refused(
        "does_not_fit"
    )
    story.when("correct_child", CHILD, THE_SERVICE, version=number, changes={"clock": "T9"}).then_refused(
        "held_elsewhere"
    )
