"""The audit of what is missing says what a person finds who walks through every day with the rule book in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.duties.duty import State
from tests.duties.calendars import A_YEAR, FIRST, LAST, schools
from tests.duties.oracle import Life, School, ever_missing, findings
from tests.duties.writing import AUTHORITY, duties, found_by_the_product

RULES = {"T1", "T13", "T16", "T19", "T30", "T31"}


def _day(draw: st.DrawFn, first: date, last: date) -> date:
    return draw(st.dates(first, max(first, last)))


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A child who is excluded, taught, reviewed and lost again, or not, early or late."""
    maybe = st.booleans()
    told = Life()
    if draw(maybe):
        told.excluded_on = _day(draw, date(2026, 9, 10), date(2027, 5, 1))
        told.told_on = _day(draw, told.excluded_on, told.excluded_on + timedelta(9)) if draw(maybe) else None
        if told.told_on and draw(maybe):
            told.governors_on = _day(draw, told.told_on, told.told_on + timedelta(60))
    if draw(st.integers(0, 4)):
        told.started_on = start = _day(draw, date(2026, 9, 14), date(2027, 6, 20))
        told.ended_on = _day(draw, start, LAST) if draw(maybe) else None
        until = told.ended_on or LAST
        told.reviews = sorted({_day(draw, start, until) for _ in range(draw(st.integers(0, 6)))})
        told.typed_on = {held: held + timedelta(draw(st.integers(0, 9))) for held in told.reviews}
        told.notice_on = _day(draw, start - timedelta(9), start) if draw(maybe) else None
        if draw(maybe) and start < until and start < date(2027, 7, 10):
            told.broke_on = _day(draw, start, min(until, date(2027, 7, 10)))
            told.taught_again_on = (
                _day(draw, told.broke_on, told.broke_on + timedelta(30)) if draw(maybe) else None
            )
    return told


def _countable(told: Life, school: School) -> bool:
    """The oracle asks for the nth school day, which the printed calendar must hold; holidays between terms do not start a count."""
    first, last = school.terms[0].first, school.terms[-1].last
    starts = [d for d in (told.excluded_on, told.told_on, told.started_on, told.broke_on) if d]
    return (
        all(first < day and sum(school.meets(day + timedelta(n)) for n in range(90)) > 20 for day in starts)
        and (
            told.started_on is None
            or sum(school.meets(told.started_on - timedelta(n)) for n in range(1, 14)) > 2
        )
        and (told.broke_on is None or told.broke_on < last - timedelta(8))
    )


@settings(max_examples=120)
@given(told=lives(), school=schools(), data=st.data())
def test_every_finding_is_found_on_its_day_and_no_other(
    told: Life, school: School, data: st.DataObject
) -> None:
    if not _countable(told, school):
        return
    counted = duties(told, school)
    for day in {data.draw(st.dates(FIRST, LAST)), LAST}:
        assert found_by_the_product(counted, day, RULES) == findings(told, school, day)
    made_good = found_by_the_product(counted, LAST, RULES, made_good=True)
    assert made_good == ever_missing(told, school, LAST)


@settings(max_examples=40)
@given(school=schools(), data=st.data())
def test_one_review_less_is_one_finding_more(school: School, data: st.DataObject) -> None:
    halves: dict[Any, list[date]] = {}
    day = FIRST
    while day <= LAST:
        if school.meets(day):
            halves.setdefault(school.half_of(day), []).append(day)
        day += timedelta(days=1)
    reviews = [data.draw(st.sampled_from(days)) for days in halves.values()]
    start = next(iter(halves.values()))[0]
    whole = Life(started_on=start, notice_on=start - timedelta(days=7), reviews=reviews)
    missing = data.draw(st.sampled_from(reviews))
    without = replace(whole, reviews=[day for day in reviews if day != missing])

    def ever_missed(told: Life) -> int:
        return sum(duty.was_missed and duty.due_on <= LAST for duty in duties(told, school))

    assert ever_missed(without) == ever_missed(whole) + 1


def test_a_review_on_the_last_school_day_is_in_time_and_one_on_the_monday_after_the_break_is_late() -> None:
    told = Life(started_on=date(2026, 9, 14), reviews=[date(2026, 10, 23)])
    [first] = [d for d in duties(told, A_YEAR) if d.rule == "T16" and d.anchor_on == date(2026, 9, 2)]
    assert first.state(date(2026, 10, 23)) is State.DONE
    late = replace(told, reviews=[date(2026, 11, 2)])
    [first] = [d for d in duties(late, A_YEAR) if d.rule == "T16" and d.anchor_on == date(2026, 9, 2)]
    assert first.state(date(2026, 10, 23)) is State.DUE
    assert first.state(date(2026, 10, 24)) is State.OVERDUE
    assert first.state(date(2026, 11, 2)) is State.DONE_LATE


def test_without_a_calendar_school_days_are_counted_as_working_days_and_the_want_is_a_finding() -> None:
    told = Life(excluded_on=date(2026, 12, 21), started_on=date(2027, 1, 11))
    counted = {d.rule: d for d in duties(told, A_YEAR, calendar_at=None)}
    assert counted["T1"].due_on == date(2026, 12, 30)  # Christmas Day and its Monday are no working days
    assert counted["T1"].counted_by == "working days, for want of a calendar"
    assert "T16" not in counted
    assert counted["T46"].state(date(2027, 1, 12)) is State.OVERDUE


def test_where_the_calendar_ends_under_a_live_placement_that_is_a_duty_too() -> None:
    told = Life(started_on=date(2026, 9, 14), reviews=[date(2026, 10, 1)])
    [gap] = [d for d in duties(told, A_YEAR) if d.rule == "T46"]
    assert (gap.due_on, gap.owner) == (date(2027, 7, 21), "school")
    assert not [d for d in duties(replace(told, ended_on=date(2027, 3, 1)), A_YEAR) if d.rule == "T46"]


def test_the_calendar_of_the_authority_counts_where_the_school_has_none() -> None:
    told = Life(started_on=date(2026, 9, 14))
    by_school, by_authority = duties(told, A_YEAR), duties(told, A_YEAR, calendar_at=AUTHORITY)
    assert [(d.rule, d.due_on) for d in by_school] == [(d.rule, d.due_on) for d in by_authority]


def test_a_duty_keeps_its_id_when_the_calendar_moves_its_day() -> None:
    told = Life(started_on=date(2026, 9, 14))
    snow = replace(A_YEAR, closed=frozenset({date(2026, 12, 17), date(2026, 12, 18)}))
    before = {d.anchor_on: d for d in duties(told, A_YEAR) if d.rule == "T16"}[date(2026, 10, 31)]
    after = {d.anchor_on: d for d in duties(told, snow) if d.rule == "T16"}[date(2026, 10, 31)]
    assert (before.due_on, after.due_on) == (date(2026, 12, 18), date(2026, 12, 16))
    assert (before.rule, before.anchor_on, before.about) == (after.rule, after.anchor_on, after.about)


@pytest.mark.parametrize("rule", ["T15_invite", "T16_first", "T28", "T34_dbs", "T26"])
def test_what_is_unverified_or_proposed_is_off(rule: str) -> None:
    told = Life(started_on=date(2026, 9, 14), reviews=[date(2026, 10, 1)], broke_on=date(2026, 11, 3))
    assert rule not in {d.rule for d in duties(told, A_YEAR)}
