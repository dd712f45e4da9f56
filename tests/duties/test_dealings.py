"""Hours, fixed days, reports, risk and whatever else is agreed of a placement: the walk through every day and the product say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.duties.calendars import A_YEAR, LAST, schools
from tests.duties.oracle import School, missed, missing
from tests.duties.oracle_of_dealings import RULES, Dealing, asked_of
from tests.duties.writing import found_by_the_product
from tests.duties.writing_dealings import duties_of_dealing

EARLY, UNTIL, FAR = date(2026, 9, 14), date(2027, 6, 1), date(2028, 12, 31)


@st.composite
def dealings(draw: st.DrawFn) -> Dealing:
    """Anything is agreed, put off, met or forgotten on any day of the placement."""
    start = draw(st.dates(EARLY, date(2027, 3, 1)))
    days = st.dates(start, UNTIL)
    some = st.lists(days, max_size=4, unique=True).map(sorted)

    def later(day: date, least: int = 1, most: int = 90) -> date:
        return day + timedelta(days=draw(st.integers(least, most)))

    told = Dealing(start, later(start), later(start, 7, 200), draw(st.sampled_from([2, 5, 9, 10])))
    told.ended_on = draw(st.none() | st.dates(later(start, 1, 1), LAST))
    until = told.ended_on or UNTIL
    told.decided = [
        (on, later(on), later(on, 7, 120) if draw(st.booleans()) else None)
        for on in draw(some)
        if start < on < until
    ]
    told.altered = [(on, draw(st.sampled_from([4, 9, 10]))) for on in draw(some) if on > start]
    told.reviews = sorted({*draw(some), *(on for on, _, _ in told.decided if draw(st.booleans()))})
    told.changes = [(on, later(on, 0, 3)) for on in draw(some)]
    told.concerns = [
        (on, later(on, 1, 20), later(on, 0, 30) if draw(st.booleans()) else None) for on in draw(some)
    ]
    told.noticed = frozenset(on for on, _, _ in told.concerns if draw(st.booleans()))
    told.weeks = draw(st.none() | st.integers(1, 13))
    told.reports = draw(some)
    told.risks = [(on, later(on, 1, 150)) for on in draw(some)]
    told.set_aside_until = draw(some)
    return told


@settings(max_examples=100)
@given(told=dealings(), school=schools(), data=st.data())
def test_whatever_was_agreed_and_not_kept_is_found_on_its_day(
    told: Dealing, school: School, data: st.DataObject
) -> None:
    counted = duties_of_dealing(told, school, lambda: data.draw(st.integers(0, 9)))
    asked = list(asked_of(told, school))
    for day in {data.draw(st.dates(EARLY, LAST)), LAST, FAR}:
        assert found_by_the_product(counted, day, RULES) == missing(asked, day)
    assert found_by_the_product(counted, FAR, RULES, made_good=True) == missed(asked, EARLY, FAR)


def _missed(told: Dealing) -> list[str]:
    walked = missed(asked_of(told, A_YEAR), EARLY, LAST)
    assert found_by_the_product(duties_of_dealing(told, A_YEAR), LAST, RULES, made_good=True) == walked
    return sorted(rule for rule, _, _ in walked)


def _well_kept() -> Dealing:
    """A part-time placement for the autumn, in which everybody does what they must."""
    start, review, end = date(2026, 9, 21), date(2026, 10, 12), date(2026, 12, 11)
    return Dealing(
        start, review, date(2026, 10, 23), 5, ended_on=end, decided=[(review, end, end)], reviews=[review],
        changes=[(date(2026, 11, 2), date(2026, 11, 2))],
        concerns=[(date(2026, 10, 1), date(2026, 10, 15), date(2026, 10, 15))],
        weeks=6, reports=[date(2026, 11, 2)], risks=[(start, review), (review, end)], set_aside_until=[end],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("otherwise", "rule"),
    [
        ({"changes": [(date(2026, 11, 2), date(2026, 11, 3))]}, "T21"),
        ({"decided": [(date(2026, 10, 12), date(2026, 12, 11), None)]}, "T37"),
        ({"reviews": [date(2026, 10, 13)], "decided": [(date(2026, 10, 13), date(2026, 12, 11), date(2026, 12, 11))]}, "T41"),
        ({"concerns": [(date(2026, 10, 1), date(2026, 10, 15), None)]}, "T42"),
        (
            {"concerns": [(date(2026, 10, 1), date(2026, 10, 15), None)], "noticed": {date(2026, 10, 1)}},
            "T42",
        ),
        ({"reports": [date(2026, 11, 3)]}, "T43"),
        ({"risks": [(date(2026, 9, 21), date(2026, 10, 12))]}, "T44"),
        ({"set_aside_until": [date(2026, 12, 10)]}, "T45"),
    ],
)  # fmt: skip
def test_one_step_less_is_one_finding_more(otherwise: dict[str, object], rule: str) -> None:
    assert _missed(_well_kept()) == []
    assert _missed(replace(_well_kept(), **otherwise)) == [rule]  # type: ignore[arg-type]


def test_a_placement_that_goes_on_when_the_calendar_ends_is_a_finding() -> None:
    goes_on = replace(
        _well_kept(),
        ended_on=None,
        ends_by=FAR,
        half_days=10,
        decided=[],
        weeks=None,
        risks=[],
        set_aside_until=[],
    )
    assert _missed(goes_on) == ["T46"]


def test_the_review_on_which_a_day_was_fixed_does_not_meet_it_although_it_is_typed_in_later() -> None:
    review, again = date(2026, 10, 12), date(2026, 11, 16)
    told = replace(_well_kept(), decided=[(review, again, date(2026, 12, 11))], reviews=[review])
    late = [d for d in duties_of_dealing(told, A_YEAR, lambda: 5) if d.rule == "T41" and d.was_missed]
    assert [d.due_on for d in late] == [again]


def test_an_older_assessment_that_is_typed_in_last_does_not_stand_for_a_new_one() -> None:
    newer, older = (date(2026, 10, 12), date(2026, 11, 2)), (date(2026, 9, 21), date(2026, 12, 1))
    delays = iter([0, 60])
    told = replace(_well_kept(), altered=[], reviews=[], changes=[], reports=[], risks=[newer, older])
    missed_on = [
        d.due_on
        for d in duties_of_dealing(told, A_YEAR, lambda: next(delays))
        if d.rule == "T44" and d.was_missed
    ]
    assert missed_on == [date(2026, 11, 2)]
