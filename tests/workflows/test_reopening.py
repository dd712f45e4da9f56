"""A closed placement is opened again only where a child could be placed today."""

from __future__ import annotations

from typing import Any

import pytest

from domain.child_events import WeekTaken
from domain.people import Asker
from domain.placement_life_events import Reopened
from domain.provider_events import PlaceTaken
from tests.support.story import Story
from tests.support.walk import CHILD, LIFE, PLACEMENT, PROVIDER, SAFEGUARDER, SENIOR, THE_SERVICE
from workflows.examples import EXAMPLES

CHECK = EXAMPLES["record_check"]["check"]
OFFER = EXAMPLES["publish_offer"]["offer"]
LEAVING = LIFE[[name for name, _ in LIFE].index("call_review") :]


def closed(story: Story) -> Story:
    """The child had started, and the placement ended."""
    return story.given_life_until("end_placement")


def test_it_takes_its_place_and_its_part_of_the_week_again(story: Story) -> None:
    closed(story).when("reopen_placement", PLACEMENT, SENIOR).then(Reopened, WeekTaken, PlaceTaken)


@pytest.mark.parametrize(
    ("name", "record", "asker", "changes", "code"),
    [
        ("suspend_provider", PROVIDER, SENIOR, {}, "provider_suspended"),
        ("remove_provider", PROVIDER, SENIOR, {}, "provider_removed"),
        (
            "record_check",
            PROVIDER,
            THE_SERVICE,
            {"check": {**CHECK, "passed": False}},
            "safer_recruitment_failed",
        ),
        ("publish_offer", PROVIDER, THE_SERVICE, {"offer": {**OFFER, "places": 0}}, "no_place_free"),
        ("set_school_sessions", CHILD, THE_SERVICE, {"sessions_per_week": 5}, "week_overbooked"),
    ],
)
def test_it_stays_closed_where_the_child_could_not_be_placed_today(
    name: str, record: Any, asker: Asker, changes: dict[str, Any], code: str, story: Story
) -> None:
    closed(story).given(name, record, asker, **changes)
    story.when("reopen_placement", PLACEMENT, SENIOR).then_refused(code)


def test_it_stays_closed_where_the_setting_has_become_unlawful_for_the_child(story: Story) -> None:
    story.given_life_until("start_placement")
    story.given("publish_offer", PROVIDER, THE_SERVICE, offer={**OFFER, "hours_per_week": 25})
    hours = {**EXAMPLES["change_hours"]["hours"], "hours_per_week": 20, "sessions_per_week": 8}
    story.given("change_hours", hours=hours)
    for name, changes in LEAVING:
        story.given(name, **changes)
    story.given("record_ehc_plan", CHILD, THE_SERVICE)
    story.when("reopen_placement", PLACEMENT, SENIOR).then_refused("unlawful_unregistered_setting")


def test_it_stays_closed_until_a_safeguarding_concern_is_resolved(story: Story) -> None:
    story.given_life_until("record_destination").given("report_safeguarding_concern").given("end_placement")
    story.when("reopen_placement", PLACEMENT, SENIOR).then_refused("safeguarding_concern_open")
    story.given("resolve_safeguarding", PLACEMENT, SAFEGUARDER)
    story.when("reopen_placement", PLACEMENT, SENIOR).then(Reopened, WeekTaken, PlaceTaken)
