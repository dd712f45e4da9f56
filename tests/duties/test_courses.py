"""Education, reviews, EHC plans and care over a school year: the walk through every day and the product find the same missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.duties.calendars import A_YEAR, LAST, schools
from tests.duties.oracle import School, missed, missing
from tests.duties.oracle_of_courses import Course, asked_of
from tests.duties.writing import found_by_the_product
from tests.duties.writing_courses import duties_of_course

RULES = {
    "T2", "T3", "T4", "T14", "T15_invite", "T15_outcome", "T16_first", "T17", "T20", "T22",
    "T23_report", "T23_decision", "T23_final", "T26", "T27", "T28", "T40",
}  # fmt: skip
FAR = date(2028, 12, 31)
EARLY, LATE = date(2026, 9, 10), date(2027, 6, 1)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Anything may happen on any day, early, late, twice or never."""
    days = st.dates(EARLY, LATE)
    maybe, few = st.none() | days, st.lists(days, max_size=4, unique=True)

    def after(day: date | None, least: int, most: int) -> date | None:
        if day is None or draw(st.integers(0, 3)) == 0:
            return None
        return day + timedelta(days=draw(st.integers(least, most)))

    course = Course(suspended_on=draw(maybe), sessions=draw(st.sampled_from([9, 10, 11, 12, 13, 25])))
    course.away_since, course.away_for = draw(maybe), draw(st.sampled_from(["health", "other"]))
    course.back_on = after(course.away_since or course.suspended_on, 0, 40)
    course.started_on = start = draw(maybe)
    if start:
        # Not before every calendar that is drawn has begun: no school day can be counted there.
        completed = after(start, -12, 0)
        course.completed_on = completed and max(completed, date(2026, 9, 5))
        course.authority_told_on = after(course.completed_on, -3, 9)
        course.ended_on = after(start, 0, 200)
        course.way_out_planned_on = after(start, 0, 150)
        course.ends_by = draw(st.dates(start, max(start, date(2027, 7, 20))))
        course.review_asked_on = after(start, 0, 150)
        course.reviews = sorted(draw(st.lists(st.dates(start, LAST), max_size=4, unique=True)))
        course.outcome_told_on = draw(few)
        course.called = [
            (max(start, on - timedelta(days=draw(st.integers(0, 9)))), on, draw(st.booleans()))
            for on in [*course.reviews, *(on for on in draw(few) if on >= start)]
        ]
        course.worried_on = after(start, 0, 150)
        course.settled_on = after(course.worried_on, 0, 20)
        course.broke_on = after(start, 0, 150)
    course.plans = [
        (on, draw(st.none() | st.dates(on + timedelta(days=300), on + timedelta(days=400))))
        for on in draw(st.lists(st.dates(date(2024, 1, 1), LATE), max_size=3, unique=True))
    ]
    taken = {on for on, _ in course.plans}
    course.meetings = sorted(set(draw(few)) - taken)
    course.reports, decided = draw(few), draw(few)
    course.decisions = [(on, draw(st.sampled_from(["keep", "amend", "cease"]))) for on in sorted(decided)]
    course.plan_ceased_on = draw(maybe) if course.plans else None
    course.in_care_from = draw(maybe)
    course.in_care_until = after(course.in_care_from, 0, 200)
    course.pep_meetings = draw(few)
    return course


@settings(max_examples=60)
@given(course=courses(), school=schools(), data=st.data())
def test_whatever_is_missing_is_found_on_its_day(course: Course, school: School, data: st.DataObject) -> None:
    counted, asked = duties_of_course(course, school), list(asked_of(course, school))
    for day in {data.draw(st.dates(EARLY, LAST)), LAST, FAR}:
        assert found_by_the_product(counted, day, RULES) == missing(asked, day)
    assert found_by_the_product(counted, FAR, RULES, made_good=True) == missed(asked, date(2024, 1, 1), FAR)


def _missed(course: Course) -> list[str]:
    counted = duties_of_course(course, A_YEAR)
    return sorted(d.rule for d in counted if d.rule in RULES and d.was_missed and d.due_on < LAST)


def _well_kept() -> Course:
    """A child with a plan and in care, placed by its school for the autumn; everybody does what they must."""
    meeting = date(2026, 10, 8)
    return Course(
        suspended_on=date(2026, 9, 9), sessions=14, completed_on=date(2026, 9, 10), authority_told_on=date(2026, 9, 14),
        started_on=date(2026, 9, 15), ends_by=date(2026, 12, 11), way_out_planned_on=date(2026, 9, 15),
        ended_on=date(2026, 12, 11), called=[(date(2026, 9, 21), date(2026, 10, 1), True)],
        reviews=[date(2026, 10, 1)], outcome_told_on=[date(2026, 10, 7)], worried_on=date(2026, 11, 9),
        settled_on=date(2026, 11, 9), broke_on=date(2026, 9, 28), plans=[(date(2025, 11, 3), None), (date(2026, 12, 1), None)],
        meetings=[meeting], reports=[meeting + timedelta(weeks=2)], decisions=[(meeting + timedelta(weeks=4), "amend")],
        in_care_from=date(2026, 9, 21), pep_meetings=[date(2026, 9, 18), date(2026, 10, 5), date(2027, 1, 14), date(2027, 5, 5)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lost", "rule"),
    [
        ({"authority_told_on": None}, "T20"),
        ({"way_out_planned_on": date(2026, 10, 30)}, "T40"),
        ({"outcome_told_on": []}, "T15_outcome"),
        ({"called": [(date(2026, 9, 21), date(2026, 10, 1), False)]}, "T15_invite"),
        ({"settled_on": None}, "T17"),
        ({"reports": []}, "T23_report"),
        ({"decisions": []}, "T23_decision"),
        ({"pep_meetings": [date(2026, 9, 18), date(2026, 10, 5), date(2027, 5, 5)]}, "T28"),
        ({"pep_meetings": [date(2026, 10, 6), date(2027, 1, 14), date(2027, 5, 5)]}, "T27"),
    ],
)
def test_one_step_less_is_one_finding_more(lost: dict[str, object], rule: str) -> None:
    assert _missed(_well_kept()) == []
    assert _missed(replace(_well_kept(), **lost)) == [rule]  # type: ignore[arg-type]


@pytest.mark.parametrize(("held", "missed_on"), [([], [19]), ([20], [19]), ([19], []), ([5], [])])
def test_a_review_that_was_asked_for_is_held_by_the_tenth_working_day(
    held: list[int], missed_on: list[int]
) -> None:
    october = [date(2026, 10, day) for day in held]
    course = Course(started_on=date(2026, 9, 15), review_asked_on=date(2026, 10, 5), reviews=october)
    course = replace(course, ends_by=LAST, called=[(day, day, True) for day in october])
    due = [d.due_on for d in duties_of_course(course, A_YEAR) if d.rule == "T14" and d.was_missed]
    assert due == [date(2026, 10, day) for day in missed_on]
    walked = missed(asked_of(course, A_YEAR), date(2026, 9, 1), LAST)
    assert [day for rule, day, _ in walked if rule == "T14"] == due


def test_a_review_within_the_ten_weeks_before_is_enough() -> None:
    asked = date(2027, 1, 11)
    for weeks, days, owed in ((10, 0, False), (10, 1, True)):
        before = asked - timedelta(weeks=weeks, days=days)
        course = Course(
            started_on=date(2026, 9, 15), ends_by=LAST, review_asked_on=asked, reviews=[before], called=[(before, before, True)]
        )  # fmt: skip
        assert any(d.rule == "T14" for d in duties_of_course(course, A_YEAR)) is owed
        assert any(rule == "T14" for rule, *_ in asked_of(course, A_YEAR)) is owed


def test_a_plan_that_came_after_one_that_ceased_asks_for_an_early_review() -> None:
    course = Course(started_on=date(2026, 9, 15), ends_by=LAST, broke_on=date(2027, 1, 11))
    first_plan, second = (date(2025, 3, 3), None), (date(2026, 10, 5), None)
    ceased = replace(course, plans=[first_plan], plan_ceased_on=date(2026, 3, 2))
    again = replace(ceased, plans=[first_plan, second])
    assert [d.due_on for d in duties_of_course(ceased, A_YEAR) if d.rule == "T26"] == []
    assert [d.due_on for d in duties_of_course(again, A_YEAR) if d.rule == "T26"] == [date(2027, 1, 25)]
