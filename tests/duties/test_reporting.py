"""A provider that says nothing is noticed: on the first day by which the child must have been there. The walk and the product agree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import attendance_events as a
from domain import placement_events as e
from domain import placement_life_events as life
from domain.attendance import Attendance
from domain.duties.all_duties import duties_of_child
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty, State
from domain.facts.attending import SessionReport
from domain.facts.commission import HoursChanged, IndividualAgreement
from domain.routes import Route
from tests.duties.calendars import A_YEAR, LAST, schools
from tests.duties.oracle import ONE, Life, School, missed, missing
from tests.duties.oracle_of_reporting import Reported, asked_of
from tests.duties.writing import example, found_by_the_product, organisations, records, write

RULES = {"T47"}
START = date(2026, 10, 12)
"""A Monday, two weeks before the break."""


def duties_of_reporting(reported: Reported, school: School) -> list[Duty]:
    """What the product counts."""
    told = Life(started_on=reported.started_on, broke_on=reported.broke_on, ended_on=reported.ended_on)
    child, [placement] = records(told)
    agreed = {"sessions_per_week": reported.half_days, "hours_per_week": 9.0}
    agreement = example(IndividualAgreement, "make_individual_agreement", "agreement", **agreed)
    write(placement, reported.started_on, e.IndividualAgreementMade, agreement=agreement)
    if reported.altered:
        from_on, half_days = reported.altered
        hours = HoursChanged(hours_per_week=9.0, sessions_per_week=half_days, from_on=from_on, why="")
        write(placement, from_on, life.HoursAltered, hours=hours)
    registers: dict[Any, Attendance] = {}
    for day, on in sorted(reported.said.items(), key=lambda said: said[1]):
        half = school.half_of(day)
        if half not in registers:
            register = registers[half] = Attendance(uuid4())
            write(
                register, on, a.AttendanceOpened, placement_id=placement.id, child_id=child.id, half_term=str(half),
                first_on=day, last_on=day, route=Route.OFF_SITE_DIRECTION,
            )  # fmt: skip
        if day.day % 5:
            said = SessionReport(day=day, half="am", seen="absent" if day.day % 3 else "present")
            write(registers[half], on, a.SessionsReported, sessions=(said,))
        else:
            write(registers[half], on, a.SessionCoded, day=day, half="am", code="I")
    file = ChildFile(child, [placement], list(registers.values()), Counting(organisations(school)))
    return [duty for duty in duties_of_child(file) if duty.rule == "T47"]


@st.composite
def reports(draw: st.DrawFn, school: School) -> Reported:
    """Some weeks of a provider that reports at once, late, with holes, or not at all; and a placement that may end meanwhile."""
    start = START + timedelta(days=draw(st.integers(0, 6)))
    reported = Reported(start, draw(st.integers(1, 10)))
    day, care = start, draw(st.integers(0, 9))
    for _ in range(draw(st.integers(0, 30))):
        if school.meets(day) and draw(st.integers(0, 9)) <= care:
            late = draw(st.sampled_from([0, 0, 0, 0, 1, 2, 9]))
            reported.said[day] = day + timedelta(days=late)
        day += ONE
    if draw(st.integers(0, 2)) == 0:
        reported.altered = (start + timedelta(days=draw(st.integers(1, 30))), draw(st.integers(1, 10)))
    if draw(st.integers(0, 4)) == 0:
        reported.broke_on = start + timedelta(days=draw(st.integers(0, 30)))
    if draw(st.integers(0, 4)) == 0:
        least = reported.broke_on or start
        reported.ended_on = least + timedelta(days=draw(st.integers(0, 20)))
    return reported


@settings(max_examples=100)
@given(data=st.data(), school=schools())
def test_every_silence_is_found_on_its_day_and_no_other(data: st.DataObject, school: School) -> None:
    reported = data.draw(reports(school))
    counted = duties_of_reporting(reported, school)
    asked = list(asked_of(reported, school, max(term.last for term in school.terms)))
    for day in {data.draw(st.dates(START, START + timedelta(days=60))), LAST}:
        assert found_by_the_product(counted, day, RULES) == missing(asked, day)
    assert found_by_the_product(counted, LAST, RULES, made_good=True) == missed(asked, START, LAST)


def _well_reported(half_days: int, weekdays: set[int], weeks: int = 12) -> Reported:
    reported = Reported(START, half_days)
    for n in range(weeks * 7):
        day = START + timedelta(days=n)
        if A_YEAR.meets(day) and day.weekday() in weekdays:
            reported.said[day] = day
    return reported


def test_who_reports_each_day_that_the_child_comes_is_never_reminded() -> None:
    for half_days, weekdays in ((10, {0, 1, 2, 3, 4}), (4, {0, 1}), (3, {0, 4}), (2, {0, 3}), (1, {0})):
        counted = duties_of_reporting(_well_reported(half_days, weekdays), A_YEAR)
        assert [
            duty for duty in counted if duty.was_missed and duty.due_on < START + timedelta(weeks=11)
        ] == []


def test_a_hole_of_one_day_in_a_full_week_is_found_and_filled_late() -> None:
    whole = _well_reported(10, {0, 1, 2, 3, 4})
    tuesday = START + timedelta(days=8)
    del whole.said[tuesday]
    [silence] = [d for d in duties_of_reporting(whole, A_YEAR) if d.due_on == tuesday]
    assert silence.state(tuesday) is State.DUE
    assert silence.state(tuesday + ONE) is State.OVERDUE
    whole.said[tuesday] = tuesday + timedelta(days=9)
    [filled] = [d for d in duties_of_reporting(whole, A_YEAR) if d.due_on == tuesday]
    assert (filled.anchor_on, filled.state(LAST)) == (silence.anchor_on, State.DONE_LATE)


def test_a_provider_that_never_says_a_word_is_one_finding_from_the_first_day_on() -> None:
    [silence] = duties_of_reporting(Reported(START, 10), A_YEAR)
    assert (silence.due_on, silence.owner, silence.state(START + ONE)) == (START, "provider", State.OVERDUE)
    # Two days a week: not before Thursday must the child have been there.
    [silence] = duties_of_reporting(Reported(START, 4), A_YEAR)
    assert silence.due_on == START + timedelta(days=3)


def test_nothing_is_asked_of_the_holidays_or_after_the_calendar() -> None:
    whole = _well_reported(10, {0, 1, 2, 3, 4}, weeks=60)
    assert [d for d in duties_of_reporting(whole, A_YEAR) if d.due_on > max(whole.said)] == []
    assert [d for d in duties_of_reporting(whole, A_YEAR) if d.was_missed] == []
