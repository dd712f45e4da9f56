"""A day on which a child is not there: who is told the same day, the code, the returns. The walk and the product say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.duties.duty import State
from tests.duties.calendars import A_YEAR, LAST, schools
from tests.duties.oracle import School, missed, missing
from tests.duties.oracle_of_absence import HALVES, Away, Coded, Said, asked_of, london
from tests.duties.writing import found_by_the_product
from tests.duties.writing_absence import duties_of_absence

RULES = {"T5", "T6", "T7", "T8", "T9", "T10"}
START = date(2026, 9, 14)
AUTUMN, SPRING = date(2026, 10, 12), date(2027, 3, 15)
"""From here it is not far to the nights on which the clocks change: 25 October 2026 and 28 March 2027."""
CODES = "INOGBC"


def _told(draw: st.DrawFn, day: date) -> datetime | None:
    """Not at all, or at an hour around one of the two midnights that a day has in summer."""
    hours = draw(st.sampled_from([None, None, 9, 14, 22.5, 23, 23.5, 24, 47.5, 60]))
    return None if hours is None else datetime.combine(day, time(), UTC) + timedelta(hours=hours)


@st.composite
def absences(draw: st.DrawFn, school: School) -> Away:
    """Some weeks at a placement: there, away, ill, away for long; told at once, late, twice, or never."""
    away, day = Away(), draw(st.sampled_from([AUTUMN, SPRING]))
    long = draw(st.sampled_from(["", "I", "O", "N"]))
    for _ in range(draw(st.integers(1, 28))):
        day = school.nth(day + timedelta(days=1), 1)
        late = st.dates(day, day + timedelta(days=9))
        for half in HALVES if draw(st.integers(0, 5)) else HALVES[:1]:
            for on in sorted(draw(st.lists(late, min_size=1, max_size=2)) if draw(st.integers(0, 7)) else []):
                there = draw(st.integers(0, 9)) == 0 if long else draw(st.booleans())
                said = Said(on, day, half, there)
                if not there:
                    reason, told, heard = draw(st.booleans()), _told(draw, day), _told(draw, day)
                    said = replace(said, reason=reason, told_commissioner_at=told, told_parent_at=heard)
                away.said.append(said)
            for on in sorted(draw(st.lists(late, max_size=2))):
                code = long if long and draw(st.integers(0, 9)) else draw(st.sampled_from(CODES))
                away.codes.append(Coded(on, day, half, code))
    somewhere = st.lists(st.dates(AUTUMN, AUTUMN + timedelta(days=60)), max_size=3)
    away.parent_called_on, away.worker_told_on = draw(somewhere), draw(somewhere)
    away.attendance_return_on, away.sickness_return_on = draw(somewhere), draw(somewhere)
    if draw(st.booleans()):
        away.worker_from = AUTUMN + timedelta(days=draw(st.integers(-20, 20)))
        away.worker_until = (
            away.worker_from + timedelta(days=draw(st.integers(0, 20))) if draw(st.booleans()) else None
        )
    if draw(st.booleans()):
        away.foreseen_on = AUTUMN + timedelta(days=draw(st.integers(0, 9)))
        away.ill_since = AUTUMN + timedelta(days=draw(st.integers(0, 9)))
    return away


@settings(max_examples=120)
@given(data=st.data(), school=schools())
def test_every_absence_that_was_not_told_is_found(data: st.DataObject, school: School) -> None:
    away = data.draw(absences(school))
    counted = duties_of_absence(away, school, START)
    asked = list(
        asked_of(away, school, max([START, *(s.day for s in away.said), *(c.day for c in away.codes)]))
    )
    for day in {data.draw(st.dates(AUTUMN, AUTUMN + timedelta(days=70))), LAST}:
        assert found_by_the_product(counted, day, RULES) == missing(asked, day)
    assert found_by_the_product(counted, LAST, RULES, made_good=True) == missed(asked, START, LAST)


def _missed(away: Away, school: School = A_YEAR) -> list[tuple[str, date]]:
    counted = duties_of_absence(away, school, START)
    return sorted((duty.rule, duty.due_on) for duty in counted if duty.rule in RULES and duty.was_missed)


def _well_kept(school: School) -> Away:
    """Twelve days on which a child with a social worker is away in the morning, and everybody does what they must."""
    away, day = Away(worker_from=START), date(2026, 9, 28)
    for _ in range(12):
        day = school.nth(day + timedelta(days=1), 1)
        noon = datetime.combine(day, time(11), UTC)
        away.said.append(Said(day, day, "am", False, False, noon, noon))
        away.said.append(Said(day, day, "pm", True))
        away.codes.append(Coded(day, day, "am", "M"))
        away.worker_told_on.append(day)
    return away


@settings(max_examples=20)
@given(data=st.data(), school=schools())
def test_one_step_less_is_one_finding_more(data: st.DataObject, school: School) -> None:
    whole = _well_kept(school)
    assert _missed(whole, school) == []
    lost = data.draw(st.integers(0, 11))
    day = whole.worker_told_on[lost]
    said = whole.said[2 * lost]

    def without(**changes: object) -> list[tuple[str, date]]:
        return _missed(replace(whole, **changes), school)  # type: ignore[arg-type]

    assert without(worker_told_on=[d for d in whole.worker_told_on if d != day]) == [("T9", day)]
    assert without(codes=[c for c in whole.codes if c.day != day]) == [("T10", school.nth(said.day, 6))]
    untold = replace(said, told_commissioner_at=None)
    assert without(said=[untold if one is said else one for one in whole.said]) == [("T7", day)]
    unheard = replace(said, told_parent_at=None)
    code = [Coded(c.on + timedelta(days=1), c.day, c.half, c.code) for c in whole.codes]
    assert _missed(
        replace(whole, codes=code, said=[unheard if one is said else one for one in whole.said]), school
    ) == [("T7", day), ("T8", day)]


def _told_at(at: datetime, day: date) -> State:
    said = Said(day, day, "am", False, True, at, at)
    [told] = [d for d in duties_of_absence(Away([said]), A_YEAR, START) if d.rule == "T7"]
    return told.state(LAST)


def test_the_same_day_is_a_day_in_london_also_around_the_nights_on_which_the_clocks_change() -> None:
    friday, saturday, sunday = (date(2026, 10, n) for n in (23, 24, 25))
    assert _told_at(datetime(2026, 10, 23, 22, 59, tzinfo=UTC), friday) is State.DONE
    assert _told_at(datetime(2026, 10, 23, 23, 0, tzinfo=UTC), friday) is State.DONE_LATE, (
        "midnight in summer"
    )
    assert london(datetime(2026, 10, 24, 23, 30, tzinfo=UTC)) == sunday != saturday
    assert london(datetime(2026, 10, 25, 23, 30, tzinfo=UTC)) == sunday, "a day of twenty-five hours"
    monday = date(2026, 11, 2)
    assert _told_at(datetime(2026, 11, 2, 23, 59, tzinfo=UTC), monday) is State.DONE
    assert _told_at(datetime(2026, 11, 3, 0, 0, tzinfo=UTC), monday) is State.DONE_LATE
    march = date(2027, 3, 29)
    assert london(datetime(2027, 3, 28, 0, 59, tzinfo=UTC)) == date(2027, 3, 28)
    assert london(datetime(2027, 3, 28, 23, 0, tzinfo=UTC)) == march, "a day of twenty-three hours"


def test_a_reason_that_comes_days_later_makes_the_call_to_the_parent_good_late() -> None:
    monday, thursday = date(2026, 10, 5), date(2026, 10, 8)
    away = Away([Said(monday, monday, "am", False), Said(thursday, monday, "am", False, reason=True)])
    [call] = [d for d in duties_of_absence(away, A_YEAR, START) if d.rule == "T8"]
    assert (call.state(thursday - timedelta(days=1)), call.state(thursday)) == (
        State.OVERDUE,
        State.DONE_LATE,
    )


def test_a_code_that_tells_no_reason_is_no_call_to_the_parent() -> None:
    monday = date(2026, 10, 5)
    away = Away([Said(monday, monday, "am", False)], [Coded(monday, monday, "am", "O")])
    assert ("T8", monday) in _missed(away)
    told = Away(away.said, [Coded(monday, monday, "am", "I")])
    assert ("T8", monday) not in _missed(told)


def test_a_code_that_goes_back_to_n_is_open_again_and_so_is_one_that_only_the_school_wrote() -> None:
    monday, friday = date(2026, 10, 5), date(2026, 10, 9)
    due = A_YEAR.nth(monday, 6)
    back = [Coded(monday, monday, "am", "I"), Coded(friday, monday, "am", "N")]
    assert ("T10", due) in _missed(Away([Said(monday, monday, "am", False, True)], back))
    assert ("T10", due) in _missed(Away(codes=[Coded(monday, monday, "am", "N")]))


def test_a_return_sent_when_a_long_illness_was_foreseen_is_not_asked_for_again() -> None:
    thursday = date(2026, 10, 1)
    away = Away(ill_since=thursday, foreseen_on=thursday, sickness_return_on=[thursday])
    day = thursday
    for _ in range(16):
        day = A_YEAR.nth(day + timedelta(days=1), 1)
        away.codes.append(Coded(day, day, "am", "I"))
    assert [rule for rule, _ in _missed(away)] == []
    assert [rule for rule, _ in _missed(replace(away, sickness_return_on=[]))] == ["T5", "T5"]


@pytest.mark.parametrize(("days", "due"), [(14, []), (15, [15]), (30, [15])])
def test_the_fifteenth_day_of_illness_is_the_day_of_the_return(days: int, due: list[int]) -> None:
    ill = [A_YEAR.nth(date(2026, 9, 21), n) for n in range(1, days + 1)]
    away = Away(codes=[Coded(day, day, half, "I") for day in ill for half in HALVES])
    assert _missed(away) == [("T5", ill[n - 1]) for n in due]
    assert {a[:2] for a in asked_of(away, A_YEAR, ill[-1]) if a[0] == "T5"} == set(_missed(away))
