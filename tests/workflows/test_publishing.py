"""Publishing another number: who may, from when, how much, and what an organisation may ask of itself."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid5

import pytest

from domain.guidance import GUIDANCE, Guidance, guidance_id
from domain.guidance_events import VersionPublished
from domain.organisation_events import ParameterTightened
from domain.parameters.catalogue import PARAMETERS
from domain.people import OrganisationKind, Role
from domain.placement_events import Started
from service.publishing import publish_what_is_shipped
from tests.support.story import Story
from tests.support.walk import AUTHORITY, MONDAY, SCHOOL, THE_SERVICE, person
from workflows.casework import Casework
from workflows.sent import Done

ADMINISTRATOR = person("admin", Role.ADMINISTRATOR)
OF_A_SCHOOL = person("head", Role.ADMINISTRATOR, at=SCHOOL, kind=OrganisationKind.SCHOOL)
REVIEW = guidance_id("review_interval_weeks")
TOMORROW = MONDAY.date() + timedelta(days=1)


@pytest.fixture
def story() -> Story:
    """A service that has been set up."""
    story = Story()
    publish_what_is_shipped(story.casework, story.history)  # type: ignore[arg-type]
    return story


def test_set_up_publishes_what_the_service_came_with_once(story: Story) -> None:
    shipped = [event for event in story.history.events if isinstance(event, VersionPublished)]
    assert {event.parameter: (event.number, event.value) for event in shipped} == {
        name: (1, parameter.value) for name, parameter in PARAMETERS.items()
    }
    assert {(event.decision.by.id, event.decision.by.kind) for event in shipped} == {("setup", "machine")}
    assert publish_what_is_shipped(story.casework, story.history) is False  # type: ignore[arg-type]
    story.given("publish_shipped_versions", uuid5(AUTHORITY, "again"), THE_SERVICE)
    assert sum(isinstance(event, VersionPublished) for event in story.history.events) == len(GUIDANCE)


def test_a_parameter_that_is_new_in_a_release_is_published_beside_the_others(story: Story) -> None:
    story.history.events = [e for e in story.history.events if e.originator_id != REVIEW]
    assert publish_what_is_shipped(story.casework, story.history) is True  # type: ignore[arg-type]
    assert isinstance(story.history.events[-1], VersionPublished)
    assert story.history.events[-1].originator_id == REVIEW


def test_a_published_version_gets_the_next_number_and_changes_none_before(story: Story) -> None:
    before = story.history.stream(REVIEW)
    story.when("publish_version", REVIEW, THE_SERVICE).then(VersionPublished, number=2, value=4)
    assert story.history.stream(REVIEW)[:-1] == before
    story.when("publish_version", REVIEW, THE_SERVICE, value=5).then(VersionPublished, number=3)
    assert [version.value for version in story.record(Guidance, REVIEW).versions] == [26, 4, 5]


@pytest.mark.parametrize("days", [0, -1, -400])
def test_no_version_holds_from_today_or_a_day_gone_by(story: Story, days: int) -> None:
    on = (MONDAY.date() + timedelta(days=days)).isoformat()
    story.when("publish_version", REVIEW, THE_SERVICE, in_force_from=on).then_refused("in_force_too_early")
    story.when("tighten_parameter", AUTHORITY, ADMINISTRATOR, in_force_from=on).then_refused(
        "in_force_too_early"
    )
    assert "today is 23 November 2026." in story.reasons()[0].message


def test_tomorrow_is_soon_enough(story: Story) -> None:
    story.when("publish_version", REVIEW, THE_SERVICE, in_force_from=TOMORROW.isoformat()).then(
        VersionPublished, in_force_from=TOMORROW
    )


@pytest.mark.parametrize(("value", "fits"), [(0, False), (1, True), (26, True), (27, False), (4.5, False)])
def test_what_is_published_lies_in_the_range_of_the_parameter(story: Story, value: float, fits: bool) -> None:
    story.when("publish_version", REVIEW, THE_SERVICE, value=value)
    assert story.codes() == ([] if fits else ["out_of_range"])


def test_a_whole_number_is_kept_as_one_however_it_was_written(story: Story) -> None:
    story.when("publish_version", REVIEW, THE_SERVICE, value=4.0)
    event = story.history.events[-1]
    assert isinstance(event, VersionPublished)
    assert isinstance(event.value, int)


def test_the_same_again_is_no_new_version(story: Story) -> None:
    story.given("publish_version", REVIEW, THE_SERVICE)
    story.when("publish_version", REVIEW, THE_SERVICE).then_refused("says_the_same")


def test_an_unverified_number_never_makes_a_rule_refuse(story: Story) -> None:
    story.when("publish_version", REVIEW, THE_SERVICE, mark="U").then_refused("unverified_never_refuses")
    warns = guidance_id("expiry_warning_days")
    story.when("publish_version", warns, THE_SERVICE, value=40, mark="U").then(VersionPublished)


def test_no_organisation_publishes_for_the_others(story: Story) -> None:
    for who in (ADMINISTRATOR, OF_A_SCHOOL, person("lead", Role.SENIOR_OFFICER)):
        story.when("publish_version", REVIEW, who).then_not_permitted()


def test_an_administrator_tightens_for_their_own_organisation_alone(story: Story) -> None:
    story.when("tighten_parameter", SCHOOL, OF_A_SCHOOL).then(ParameterTightened, value=6)
    story.when("tighten_parameter", AUTHORITY, OF_A_SCHOOL).then_not_permitted()


def test_nobody_excuses_themselves_from_a_rule(story: Story) -> None:
    story.given("publish_version", REVIEW, THE_SERVICE)
    story.when("tighten_parameter", AUTHORITY, ADMINISTRATOR, value=5).then_refused("looser_than_published")
    (reason,) = story.reasons()
    assert reason.message == (
        "For everybody it is 4 weeks. An organisation may ask more of itself, never less: give at most 4."
    )
    assert reason.source == "Inventshire alternative provision policy 2027, paragraph 12"
    story.when("tighten_parameter", AUTHORITY, ADMINISTRATOR, value=4).then(ParameterTightened)
    looser = {"parameter": "deadline_t13", "value": 1}
    story.when("tighten_parameter", AUTHORITY, ADMINISTRATOR, **looser).then_refused("looser_than_published")
    assert "give at least 2" in story.reasons()[0].message


def test_a_name_that_there_is_not_is_refused_by_its_field(story: Story) -> None:
    story.when("tighten_parameter", AUTHORITY, ADMINISTRATOR, parameter="shoe_size").then_refused(
        "no_such_parameter"
    )


def test_only_what_was_tightened_can_be_given_up(story: Story) -> None:
    story.when("tighten_parameter", AUTHORITY, ADMINISTRATOR, value=None).then_refused("nothing_to_give_up")
    story.given("tighten_parameter", AUTHORITY, ADMINISTRATOR)
    story.when("tighten_parameter", AUTHORITY, ADMINISTRATOR, value=None).then(ParameterTightened, value=None)


def _ready(story: Story, on: date) -> Story:
    story.given_life_until("plan_contingency")
    return story.when("start_placement", on=on.isoformat(), first_review_on="2026-12-18")


def test_what_is_published_holds_from_its_first_day_and_not_before(story: Story) -> None:
    story.given(
        "publish_version", REVIEW, THE_SERVICE, value=2, in_force_from=TOMORROW.isoformat()
    ).given_life_until("plan_contingency")
    begins = {"on": "2026-11-25", "first_review_on": "2026-12-18"}
    story.at(MONDAY + timedelta(days=1)).when("start_placement", **begins).then_refused("review_too_late")
    assert "9 December 2026" in story.reasons()[0].message


def test_a_child_may_start_under_the_number_of_the_day(story: Story) -> None:
    story.given("publish_version", REVIEW, THE_SERVICE, value=2, in_force_from=TOMORROW.isoformat())
    _ready(story, MONDAY.date())
    assert isinstance(story.done, Done), story.codes()
    assert any(isinstance(event, Started) for event in story.history.events[story.before :])


def test_a_looser_number_holds_the_next_day_for_who_has_counted_with_the_old_one(story: Story) -> None:
    ahead, later = guidance_id("start_days_ahead"), {"on": "2026-12-04", "first_review_on": "2026-12-18"}
    story.given_life_until("plan_contingency").given(
        "publish_version", ahead, THE_SERVICE, value=14, in_force_from=TOMORROW.isoformat()
    )
    story.when("start_placement", **later).then_refused("start_too_far_ahead")
    story.at(MONDAY + timedelta(days=1)).when("start_placement", **later)
    assert story.codes() == []


def test_the_authority_that_commissions_is_held_to_its_own_number(story: Story) -> None:
    own = {"parameter": "start_days_ahead", "value": 0, "in_force_from": TOMORROW.isoformat()}
    story.given("tighten_parameter", AUTHORITY, ADMINISTRATOR, **own)
    story.at(MONDAY + timedelta(days=1))
    _ready(story, date(2026, 11, 25))
    assert story.codes() == ["start_too_far_ahead"]
    assert "at most 0 days ahead" in story.reasons()[0].message


def test_a_number_that_another_process_published_meanwhile_is_counted_with(story: Story) -> None:
    """Two processes, one clock put back a day: the history refuses what rests on a version that is out of date."""
    story.given_life_until("plan_contingency").at(MONDAY + timedelta(days=1))
    first = Casework(story.history, lambda: story.now)
    assert first.published.on(story.now.date())  # read and kept
    story.now = MONDAY
    ahead = guidance_id("start_days_ahead")
    told = {"value": 0, "in_force_from": TOMORROW.isoformat()}
    story.given("publish_version", ahead, THE_SERVICE, **told)
    story.now, story.walk.casework = MONDAY + timedelta(days=1), first
    story.when("start_placement", on="2026-11-26", first_review_on="2026-12-11")
    assert story.codes() == ["start_too_far_ahead"]
