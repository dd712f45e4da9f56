"""Hours below contract for a fortnight: from which day on, by how much, and what is no failure of the provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from domain.agreed_week import fewest_half_days
from domain.attendance_events import SessionsReported
from domain.guidance import GUIDANCE, guidance_of
from domain.placement import Placement
from domain.working_days import DAY
from tests.support.story import Story
from tests.support.walk import AUTHORITY, PLACEMENT, PROVIDER, PROVIDER_STAFF, THE_SERVICE
from workflows.noticing import NoticeConcern
from workflows.triggers import of_delivered_hours
from workflows.triggers.cause import Happened
from workflows.triggers.trigger import Follows
from workflows.triggers.view import View

FIRST = date(2026, 11, 23)
"""The Monday on which the child of the story starts: six half-days and sixteen hours a week were agreed."""
ELEVENTH = date(2026, 12, 7)
"""By now ten whole school days have gone by."""
WHOLE_DAYS = {0, 1, 2}
"""Monday to Wednesday, morning and afternoon."""

Held = Callable[[date, str], bool]


@pytest.fixture
def story() -> Story:
    """A placement that began on the Monday."""
    return Story().given_life_until("start_placement")


def as_agreed(day: date, half: str) -> bool:
    """Six half-days a week."""
    return day.weekday() in WHOLE_DAYS


def fires_on(story: Story, held: Held, last: date, first: date = FIRST) -> list[date]:
    """The days on whose report the trigger opens a concern, where the provider reports what it held and nothing else."""
    return list(_fired(story, held, first, last))


def _fired(story: Story, held: Held, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        halves = [half for half in ("am", "pm") if held(day, half)]
        if halves:
            story.at(datetime.combine(day, time(16), UTC))
            sessions = [
                {
                    "placement_id": str(PLACEMENT),
                    "session": {"day": str(day), "half": half, "seen": "present"},
                }
                for half in halves
            ]
            story.walk.do("report_day", PROVIDER, PROVIDER_STAFF, sessions=sessions)
            if any(isinstance(follows.command, NoticeConcern) for follows in _follows(story)):
                yield day
        day += DAY


def _follows(story: Story) -> list[Follows]:
    event = story.history.events[-1]
    assert isinstance(event, SessionsReported)
    view = View(story.history, guidance_of(story.history.get_many(dict(GUIDANCE))), story.now.date())
    return list(
        of_delivered_hours.hours_below_contract_open_a_concern.follows(
            Happened(len(story.history.events), event), view
        )
    )


def but_not(*missing: tuple[date, str]) -> Held:
    """As agreed, but for some half-days."""
    return lambda day, half: as_agreed(day, half) and (day, half) not in missing


def test_what_was_agreed_is_never_too_little(story: Story) -> None:
    assert fires_on(story, as_agreed, date(2026, 12, 18)) == []


def test_one_half_day_less_in_a_fortnight_opens_one_concern_when_the_fortnight_is_over(story: Story) -> None:
    assert fires_on(story, but_not((FIRST, "pm")), date(2026, 12, 18)) == [ELEVENTH]


def test_before_ten_whole_days_have_gone_by_nothing_is_said(story: Story) -> None:
    assert fires_on(story, lambda day, half: day.weekday() == 0 and half == "am", ELEVENTH - DAY) == []


def test_the_day_of_the_report_may_not_be_over_and_is_not_counted(story: Story) -> None:
    missing = but_not((ELEVENTH, "pm"))
    assert fires_on(story, missing, ELEVENTH) == []
    assert fires_on(story, missing, date(2026, 12, 18), ELEVENTH + DAY) == [ELEVENTH + DAY]


def test_one_concern_for_one_shortage_and_another_for_another(story: Story) -> None:
    assert fires_on(story, but_not((FIRST, "am"), (ELEVENTH + DAY, "pm")), date(2026, 12, 18)) == [
        ELEVENTH,
        ELEVENTH + 2 * DAY,
    ]


def test_a_training_day_and_a_closure_are_no_shortage(story: Story) -> None:
    closed = FIRST + timedelta(days=7)
    terms = [{"name": "Autumn 2026", "starts_on": "2026-09-02", "ends_on": "2026-12-18",
              "half_term_starts_on": "2026-10-26", "half_term_ends_on": "2026-10-30"}]  # fmt: skip
    story.at(datetime.combine(FIRST, time(9), UTC))
    for organisation in (AUTHORITY, *_home_school(story)):
        story.walk.do(
            "set_calendar",
            organisation,
            THE_SERVICE,
            calendar={"terms": terms, "inset_days": [str(closed)], "closures": []},
        )
    held = but_not((closed, "am"), (closed, "pm"))
    assert fires_on(story, held, date(2026, 12, 18)) == []


def _home_school(story: Story) -> list[UUID]:
    placement = story.history.find(Placement, PLACEMENT)
    return [placement.home_school_id] if placement is not None and placement.home_school_id else []


@pytest.mark.parametrize(
    ("half_days", "days_off", "least"),
    [
        (10, (), 20),
        (6, (), 12),
        (1, (), 2),
        (4, (0,), 6),  # a child of Mondays and Tuesdays loses one of the Mondays
        (10, (0,), 18),
        (3, (0, 7), 2),  # both Mondays: what lies on Mondays cannot be held at all
    ],
)
def test_how_few_half_days_can_lie_on_two_weeks_with_days_off(
    half_days: int, days_off: tuple[int, ...], least: int
) -> None:
    days = [FIRST + timedelta(days=n) for n in range(14) if n not in days_off and n % 7 < 5]
    assert fewest_half_days([(date.min, half_days)], days) == least


def test_where_the_hours_were_altered_the_fewer_count() -> None:
    days = [FIRST + timedelta(days=n) for n in range(14) if n % 7 < 5]
    assert fewest_half_days([(date.min, 4), (days[5], 10)], days) == 8
    assert fewest_half_days([(date.min, 10), (days[5], 2)], days) == 4
    assert fewest_half_days([], days) == 0
