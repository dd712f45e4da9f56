"""A child changes schools, has none, is suspended again and again, is in care: the walk through every day and the product say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.duties.calendars import A_YEAR, LAST, schools
from tests.duties.oracle import School, missed, missing
from tests.duties.oracle_of_rolls import RULES, OnRolls, Stay, asked_of
from tests.duties.writing import found_by_the_product
from tests.duties.writing_rolls import duties_of_rolls

FIRST, UNTIL = date(2026, 9, 2), date(2027, 5, 10)
"""Thirty school days lie after the last day, as long as any count is."""
DAYS = st.dates(FIRST, UNTIL)


@st.composite
def on_rolls(draw: st.DrawFn) -> OnRolls:
    """Up to four schools after one another, with gaps or without, some of which came to the service in the middle of the year."""
    came = {
        number: draw(st.sampled_from([date(2015, 1, 5), date(2026, 10, 5), date(2027, 2, 1)]))
        for number in range(3)
    }
    told = OnRolls(came_on=came, worried=draw(st.booleans()))
    day: date | None = draw(st.sampled_from([date(2020, 9, 7), FIRST, date(2026, 9, 14), date(2026, 9, 15)]))
    for _ in range(draw(st.integers(0, 4))):
        if day is None or day > UNTIL:
            break
        until = draw(st.none() | st.dates(max(day, FIRST), UNTIL))
        told.stays.append(Stay(draw(st.integers(0, 2)), day, until, draw(st.integers(0, 5)) > 0))
        # Two schools may have the child for some days, or none for some weeks.
        day = until and max(day + timedelta(days=1), until + timedelta(days=draw(st.integers(-5, 40))))
    turns = [
        (kind, day)
        for stay in told.stays
        for kind, day in (("new_pupil", stay.from_on), ("deletion", stay.until_on))
        if day
    ]
    told.returns = [
        (kind, max(FIRST, about + timedelta(days=draw(st.integers(-2, 12)))), about)
        for kind, about in turns
        if draw(st.booleans())
    ]
    told.receipts = draw(st.lists(DAYS, max_size=3))
    told.suspended = [
        (on, draw(st.integers(1, 60))) for on in sorted(draw(st.lists(DAYS, max_size=5, unique=True)))
    ]
    since = draw(st.none() | st.dates(date(2026, 9, 1), UNTIL))
    while since is not None and len(told.care) < 3:
        until = draw(st.none() | st.dates(since, UNTIL))
        told.care.append((since, until))
        since = until + timedelta(days=draw(st.integers(2, 60))) if until and draw(st.booleans()) else None
        since = since if since is not None and since <= UNTIL else None
    return told


@settings(max_examples=100)
@given(told=on_rolls(), school=schools(), data=st.data())
def test_whatever_a_change_of_school_asks_for_is_found_on_its_day(
    told: OnRolls, school: School, data: st.DataObject
) -> None:
    counted = duties_of_rolls(told, school, lambda: data.draw(st.integers(0, 9)))
    # A child whose school ends on the last day has none on the day after.
    asked = list(asked_of(told, school, UNTIL + timedelta(days=1)))
    for day in {data.draw(st.dates(FIRST, LAST)), LAST}:
        assert found_by_the_product(counted, day, RULES) == missing(asked, day)
    made_good = found_by_the_product(counted, LAST, RULES, made_good=True)
    assert made_good == missed(asked, date(2026, 9, 1), LAST)


def _missed(told: OnRolls) -> set[tuple[str, date]]:
    counted = duties_of_rolls(told, A_YEAR)
    walked = missed(asked_of(told, A_YEAR, UNTIL), date(2026, 9, 1), LAST)
    assert found_by_the_product(counted, LAST, RULES, made_good=True) == walked
    return {(rule, due) for rule, due, _ in walked}


def _well_kept() -> OnRolls:
    """A child with a social worker and in care changes schools in November with a week between them, and everybody does what they must."""
    left, came = date(2026, 11, 6), date(2026, 11, 16)
    return OnRolls(
        stays=[Stay(0, date(2020, 9, 7), left), Stay(1, came)],
        came_on={0: date(2015, 1, 5), 1: date(2015, 1, 5)},
        returns=[("deletion", left, left), ("new_pupil", date(2026, 11, 23), came)],
        worried=True, receipts=[date(2026, 11, 23)], care=[(date(2026, 9, 21), None)],
        suspended=[(date(2026, 9, 28), 40), (date(2026, 10, 5), 50)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("otherwise", "rule", "due"),
    [
        ({"returns": [("deletion", date(2026, 11, 6), date(2026, 11, 6))]}, "T11", date(2026, 11, 23)),
        ({"returns": [("new_pupil", date(2026, 11, 20), date(2026, 11, 16))]}, "T12", date(2026, 11, 6)),
        ({"receipts": [date(2026, 11, 24)]}, "T33", date(2026, 11, 23)),
        ({"suspended": [(date(2026, 9, 28), 40), (date(2026, 10, 5), 51)]}, "T32", date(2026, 10, 5)),
    ],
)
def test_one_step_less_is_one_finding_more(otherwise: dict[str, object], rule: str, due: date) -> None:
    assert _missed(_well_kept()) == set()
    assert _missed(replace(_well_kept(), **otherwise)) == {(rule, due)}  # type: ignore[arg-type]


def test_a_child_in_care_without_a_school_for_more_than_twenty_school_days_is_a_finding() -> None:
    told = replace(_well_kept(), worried=False, returns=[("deletion", date(2026, 11, 6), date(2026, 11, 6))])
    told.stays = told.stays[:1]
    assert _missed(told) == {("T29", date(2026, 12, 4))}
    assert _missed(replace(told, care=[(date(2026, 9, 21), date(2026, 12, 4))])) == set()
    here_before = Stay(1, date(2026, 11, 2))
    returned = [*told.returns, ("new_pupil", here_before.from_on, here_before.from_on)]
    assert _missed(replace(told, stays=[*told.stays, here_before], returns=returned)) == set()


def test_an_end_that_was_typed_wrong_and_is_typed_again_is_no_deletion_of_its_own() -> None:
    told = _well_kept()
    wrong = replace(told, stays=[replace(told.stays[0], until_on=date(2026, 11, 2)), *told.stays[1:]])
    assert ("T12", date(2026, 11, 2)) in _missed(wrong)
    twice = replace(told, stays=[wrong.stays[0], *told.stays])
    duties = [d for d in duties_of_rolls(twice, A_YEAR) if d.rule == "T12"]
    assert [d.due_on for d in duties] == [date(2026, 11, 6)]
