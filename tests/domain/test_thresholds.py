"""Numbers with dates: contracts that need competition, compulsory school age, limits only proposed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.guidance import SHIPPED
from domain.procurement import ServiceKind
from domain.thresholds import (
    SESSIONS_A_DAY,
    competition_is_required,
    compulsory_school_age,
    is_of_compulsory_school_age,
    procurement_threshold,
    proposed_limits,
    proposed_limits_passed,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("pounds", "kind", "required"),
    [
        ("663539.99", "light_touch", False),
        ("663540", "light_touch", True),
        ("207719.99", "other_sub_central", False),
        ("207720", "other_sub_central", True),
        ("139893", "light_touch", False),  # the threshold of 2008 is no more
    ],
)
def test_a_contract_that_reaches_its_threshold_needs_competition(
    pounds: str, kind: ServiceKind, required: bool
) -> None:
    assert competition_is_required(Decimal(pounds), TODAY, kind) is required


def test_a_threshold_begins_on_its_day_and_what_came_before_is_not_guessed() -> None:
    first_day = procurement_threshold("light_touch", date(2026, 1, 1))
    assert first_day is not None
    assert first_day.pounds == 663_540
    assert procurement_threshold("light_touch", date(2025, 12, 31)) is None
    assert competition_is_required(Decimal(10_000_000), date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    ("born_on", "first", "last"),
    [
        (
            date(2011, 8, 31),
            date(2016, 8, 31),
            date(2027, 6, 25),
        ),  # five on a prescribed day; youngest of the year
        (date(2011, 9, 1), date(2016, 12, 31), date(2028, 6, 30)),  # a day younger, a school year later
        (date(2011, 1, 1), date(2016, 3, 31), date(2027, 6, 25)),
        (date(2011, 3, 31), date(2016, 3, 31), date(2027, 6, 25)),
        (date(2011, 4, 1), date(2016, 8, 31), date(2027, 6, 25)),
        (date(2010, 12, 31), date(2015, 12, 31), date(2027, 6, 25)),
        (date(2012, 2, 29), date(2017, 3, 31), date(2028, 6, 30)),  # a leap day
        (date(2011, 6, 30), date(2016, 8, 31), date(2027, 6, 25)),  # sixteen after the last Friday of June
    ],
)
def test_compulsory_school_age_begins_and_ends_on_its_days(born_on: date, first: date, last: date) -> None:
    assert compulsory_school_age(born_on) == (first, last)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 8, 30), False),
        (date(2016, 8, 31), True),
        (date(2026, 11, 21), True),
        (date(2027, 6, 25), True),
        (date(2027, 6, 26), False),
    ],
)
def test_a_child_is_of_compulsory_age_from_the_first_day_to_the_last(day: date, expected: bool) -> None:
    assert is_of_compulsory_school_age(date(2011, 8, 31), day) is expected


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_compulsory_age_begins_at_five_and_ends_on_a_friday_in_june_near_sixteen(born_on: date) -> None:
    first, last = compulsory_school_age(born_on)
    assert timedelta(days=5 * 365) <= first - born_on < timedelta(days=5 * 366 + 154)
    assert (last.month, last.weekday()) == (6, 4)
    assert (last + timedelta(days=7)).month == 7
    assert timedelta(days=15 * 365 + 290) < last - born_on < timedelta(days=16 * 365 + 310)


def test_a_full_week_is_ten_sessions() -> None:
    assert SHIPPED.of("sessions_a_week_at_most", TODAY) == 5 * SESSIONS_A_DAY


@pytest.mark.parametrize(
    ("weeks", "sessions", "passed"),
    [(12, 10, 0), (13, 10, 2), (39, 4, 0), (39, 5, 2), (12.5, 4, 0)],
)
def test_a_placement_of_neither_proposed_shape_warns(weeks: float, sessions: int, passed: int) -> None:
    reasons = proposed_limits_passed(weeks, sessions, proposed_limits(SHIPPED, TODAY))
    assert len(reasons) == passed
    assert all(reason.warning and "not law" in reason.message for reason in reasons)


def test_what_is_only_proposed_is_off_by_default() -> None:
    assert not any(limit.on_by_default for limit in proposed_limits(SHIPPED, TODAY))
