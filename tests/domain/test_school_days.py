"""Counting passes over weekends, bank holidays, INSET, closures and breaks, and never leaves the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.school_days import (
    OutsideCalendar,
    SchoolCalendar,
    SchoolDays,
    Term,
    bank_holidays,
    london_day,
    problems_of,
    school_days_of,
    working_days_after,
)

AUTUMN = Term(
    name="Autumn 2026",
    starts_on=date(2026, 9, 2),
    ends_on=date(2026, 12, 18),
    half_term_starts_on=date(2026, 10, 26),
    half_term_ends_on=date(2026, 10, 30),
)
SPRING = Term(
    name="Spring 2027",
    starts_on=date(2027, 1, 4),
    ends_on=date(2027, 3, 26),  # Good Friday, a bank holiday on the edge of term
    half_term_starts_on=date(2027, 2, 15),
    half_term_ends_on=date(2027, 2, 19),
)
SUMMER = Term(
    name="Summer 2027",
    starts_on=date(2027, 4, 12),
    ends_on=date(2027, 7, 21),
    half_term_starts_on=date(2027, 5, 31),
    half_term_ends_on=date(2027, 6, 4),
)
A_WEEK_OF_SNOW = tuple(date(2027, 1, day) for day in range(18, 23))
YEAR = SchoolCalendar(
    terms=(SUMMER, AUTUMN, SPRING),
    inset_days=(date(2026, 9, 2), date(2026, 11, 2)),
    closures=A_WEEK_OF_SNOW,
)
DAYS = SchoolDays(YEAR)

FRIDAY_BEFORE_HALF_TERM = date(2026, 10, 23)
MONDAY_INSET_AFTER_HALF_TERM = date(2026, 11, 2)
TUESDAY_AFTER_HALF_TERM = date(2026, 11, 3)
LAST_DAY_OF_AUTUMN = date(2026, 12, 18)
FIRST_DAY_OF_SPRING = date(2027, 1, 4)


@pytest.mark.parametrize(
    ("day", "school_meets"),
    [
        (date(2026, 9, 2), False),  # INSET on the first day of term
        (date(2026, 9, 3), True),
        (date(2026, 9, 5), False),  # Saturday
        (FRIDAY_BEFORE_HALF_TERM, True),
        (date(2026, 10, 26), False),  # first day of the break
        (date(2026, 10, 30), False),  # last day of the break
        (date(2026, 10, 31), False),  # the Saturday after it, in the second half
        (MONDAY_INSET_AFTER_HALF_TERM, False),
        (TUESDAY_AFTER_HALF_TERM, True),
        (date(2026, 12, 25), False),
        (date(2027, 1, 20), False),  # closed by snow
        (date(2027, 3, 25), True),
        (date(2027, 3, 26), False),  # Good Friday, the last day of term
        (date(2027, 5, 3), False),  # early May bank holiday
        (date(2027, 7, 21), True),
    ],
)
def test_the_school_meets_on_school_days_only(day: date, school_meets: bool) -> None:
    assert DAYS.is_school_day(day) is school_meets


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 9, 2), 1, date(2026, 9, 3)),
        (date(2026, 9, 4), 1, date(2026, 9, 7)),
        (FRIDAY_BEFORE_HALF_TERM, 1, TUESDAY_AFTER_HALF_TERM),
        (date(2026, 10, 28), 1, TUESDAY_AFTER_HALF_TERM),
        (LAST_DAY_OF_AUTUMN, 1, FIRST_DAY_OF_SPRING),
        (date(2027, 1, 15), 1, date(2027, 1, 25)),
        (date(2027, 3, 25), 1, date(2027, 4, 12)),
        (date(2027, 4, 30), 1, date(2027, 5, 4)),
        (TUESDAY_AFTER_HALF_TERM, -1, FRIDAY_BEFORE_HALF_TERM),
        (date(2027, 4, 12), -1, date(2027, 3, 25)),
        (date(2027, 1, 25), -2, date(2027, 1, 14)),
    ],
)
def test_days_are_counted_over_everything_that_is_not_a_school_day(day: date, n: int, expected: date) -> None:
    assert DAYS.after(day, n) == expected


def test_counting_backwards_has_a_name() -> None:
    assert DAYS.before(TUESDAY_AFTER_HALF_TERM, 2) == date(2026, 10, 22)


def test_the_sixth_school_day_passes_over_half_term() -> None:
    first_day_excluded = date(2026, 10, 21)
    assert DAYS.after(first_day_excluded, 5) == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FRIDAY_BEFORE_HALF_TERM, FRIDAY_BEFORE_HALF_TERM),
        (date(2026, 10, 24), TUESDAY_AFTER_HALF_TERM),
        (date(2026, 12, 19), FIRST_DAY_OF_SPRING),
    ],
)
def test_the_school_day_on_or_after_is_the_day_itself_or_the_next(day: date, expected: date) -> None:
    assert DAYS.on_or_after(day) == expected


def test_the_school_day_on_or_before_is_the_day_itself_or_the_last() -> None:
    assert DAYS.on_or_before(date(2026, 11, 2)) == FRIDAY_BEFORE_HALF_TERM
    assert DAYS.on_or_before(date(2026, 11, 3)) == TUESDAY_AFTER_HALF_TERM


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 9, 2), date(2026, 9, 4), 2),
        (date(2026, 9, 7), date(2026, 9, 11), 5),
        (FRIDAY_BEFORE_HALF_TERM, TUESDAY_AFTER_HALF_TERM, 2),
        (date(2026, 10, 26), date(2026, 10, 30), 0),
        (date(2027, 1, 18), date(2027, 1, 22), 0),
        (date(2026, 9, 11), date(2026, 9, 7), 0),
    ],
)
def test_both_ends_are_counted(first: date, last: date, expected: int) -> None:
    assert DAYS.count(first, last) == expected


def test_a_term_with_a_break_has_two_half_terms() -> None:
    assert [half.name for half in DAYS.half_terms()] == [
        "Autumn 2026, first half",
        "Autumn 2026, second half",
        "Spring 2027, first half",
        "Spring 2027, second half",
        "Summer 2027, first half",
        "Summer 2027, second half",
    ]


def test_a_half_term_ends_on_its_last_school_day_not_on_its_last_date() -> None:
    half = DAYS.half_term_of(date(2027, 3, 26))
    assert half is not None
    assert half.ends_on == date(2027, 3, 26)
    assert half.last_school_day == date(2027, 3, 25)


def test_a_half_term_begins_after_the_break_and_its_first_school_day_after_inset() -> None:
    half = DAYS.half_term_of(MONDAY_INSET_AFTER_HALF_TERM)
    assert half is not None
    assert (half.starts_on, half.first_school_day) == (date(2026, 10, 31), TUESDAY_AFTER_HALF_TERM)


@pytest.mark.parametrize(
    "day", [date(2026, 10, 26), date(2026, 10, 30), date(2026, 12, 25), date(2027, 4, 1)]
)
def test_a_break_and_a_holiday_belong_to_no_half_term(day: date) -> None:
    assert DAYS.half_term_of(day) is None


def test_a_term_without_a_break_is_one_half_term() -> None:
    short = SchoolDays(
        SchoolCalendar(terms=(Term(name="T1", starts_on=date(2026, 9, 2), ends_on=date(2026, 10, 23)),))
    )
    assert [half.name for half in short.half_terms()] == ["T1"]


def test_a_half_term_in_which_the_school_never_met_is_left_out() -> None:
    closed = tuple(date(2026, 9, 2) + timedelta(days=n) for n in range(54))
    days = SchoolDays(SchoolCalendar(terms=(AUTUMN,), closures=closed))
    assert [half.name for half in days.half_terms()] == ["Autumn 2026, second half"]


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2027, 7, 22)])
def test_a_day_beyond_the_calendar_has_no_answer(day: date) -> None:
    assert not DAYS.covers(day)
    for ask in (DAYS.is_school_day, DAYS.on_or_after, DAYS.on_or_before, DAYS.half_term_of):
        with pytest.raises(OutsideCalendar, match="2026-09-02 to 2027-07-21"):
            ask(day)
    with pytest.raises(OutsideCalendar):
        DAYS.after(day, 1)
    with pytest.raises(OutsideCalendar):
        DAYS.count(day, date(2026, 9, 3))
    with pytest.raises(OutsideCalendar):
        DAYS.count(date(2026, 9, 3), day)


def test_counting_past_the_last_term_has_no_answer() -> None:
    with pytest.raises(OutsideCalendar) as error:
        DAYS.after(date(2027, 7, 19), 3)
    assert error.value.covers_to == date(2027, 7, 21)


def test_counting_back_past_the_first_term_has_no_answer() -> None:
    with pytest.raises(OutsideCalendar):
        DAYS.before(date(2026, 9, 4), 2)


def test_an_empty_calendar_answers_nothing() -> None:
    with pytest.raises(OutsideCalendar, match="no day at all"):
        SchoolDays(SchoolCalendar(terms=())).is_school_day(date(2026, 9, 3))


def test_no_school_day_is_the_zeroth() -> None:
    with pytest.raises(ValueError, match="at least one"):
        DAYS.after(date(2026, 9, 3), 0)


SCHOOL_DAYS = [date(2026, 9, 2) + timedelta(days=n) for n in range(323)]
school_days = st.sampled_from([day for day in SCHOOL_DAYS if DAYS.is_school_day(day)])
any_days = st.sampled_from(SCHOOL_DAYS)
steps = st.integers(min_value=1, max_value=60)


@given(school_days, steps)
def test_counting_forward_and_back_again_returns_to_the_same_school_day(day: date, n: int) -> None:
    try:
        reached = DAYS.after(day, n)
    except OutsideCalendar:
        return
    assert DAYS.before(reached, n) == day


@given(any_days, steps)
def test_n_school_days_after_a_day_there_are_n_school_days_to_it(day: date, n: int) -> None:
    try:
        reached = DAYS.after(day, n)
    except OutsideCalendar:
        return
    assert DAYS.is_school_day(reached)
    assert DAYS.count(day + timedelta(days=1), reached) == n


@given(any_days, any_days, any_days)
def test_a_count_is_the_sum_of_its_parts(a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    assert DAYS.count(first, last) == DAYS.count(first, middle) + DAYS.count(
        middle, last
    ) - DAYS.is_school_day(middle)


@given(any_days)
def test_every_school_day_lies_in_exactly_one_half_term(day: date) -> None:
    halves = [half for half in DAYS.half_terms() if half.first_school_day <= day <= half.last_school_day]
    assert len(halves) <= 1
    assert not DAYS.is_school_day(day) or halves == [DAYS.half_term_of(day)]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),  # winter time: London is UTC
        (
            datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            date(2026, 3, 29),
        ),  # a minute before the clocks go forward
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),  # summer time: midnight in London
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # last summer night
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # first winter night
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_an_instant_falls_on_a_london_day(instant: datetime, day: date) -> None:
    assert london_day(instant) == day


def test_a_time_without_a_zone_has_no_london_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_day(datetime(2026, 3, 29, 12, 0))  # noqa: DTZ001 the very thing that is refused


def test_england_keeps_its_own_bank_holidays() -> None:
    assert date(2026, 8, 31) in bank_holidays(2026)
    assert date(2026, 11, 30) not in bank_holidays(2026)  # St Andrew's Day is Scotland's


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday, observed on Monday
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 8, 28), 10, date(2026, 9, 14)),
    ],
)
def test_working_days_pass_over_weekends_and_bank_holidays(day: date, n: int, expected: date) -> None:
    assert working_days_after(day, n) == expected


def test_no_working_day_is_the_zeroth() -> None:
    with pytest.raises(ValueError, match="at least one"):
        working_days_after(date(2026, 8, 28), 0)


def test_a_sound_calendar_has_no_problems() -> None:
    assert problems_of(YEAR) == []


def term(
    first: date, last: date, half: date | None = None, half_end: date | None = None, name: str = "T"
) -> Term:
    return Term(
        name=name, starts_on=first, ends_on=last, half_term_starts_on=half, half_term_ends_on=half_end
    )


@pytest.mark.parametrize(
    ("calendar", "codes"),
    [
        (SchoolCalendar(terms=()), ["calendar_without_terms"]),
        (SchoolCalendar(terms=(term(date(2026, 12, 18), date(2026, 9, 2)),)), ["term_ends_before_it_starts"]),
        (
            SchoolCalendar(terms=(term(date(2026, 9, 2), date(2026, 12, 18), date(2026, 10, 26)),)),
            ["half_term_incomplete"],
        ),
        (
            SchoolCalendar(
                terms=(term(date(2026, 9, 2), date(2026, 12, 18), date(2026, 10, 30), date(2026, 10, 26)),)
            ),
            ["half_term_ends_before_it_starts"],
        ),
        (
            SchoolCalendar(
                terms=(term(date(2026, 9, 2), date(2026, 12, 18), date(2026, 12, 14), date(2026, 12, 18)),)
            ),
            ["half_term_outside_term"],
        ),
        (
            SchoolCalendar(
                terms=(
                    term(date(2026, 9, 2), date(2026, 12, 18), name="A"),
                    term(date(2026, 12, 18), date(2027, 3, 25), name="B"),
                )
            ),
            ["terms_overlap"],
        ),
        (SchoolCalendar(terms=(AUTUMN, SUMMER)), ["term_may_be_missing"]),
        (
            SchoolCalendar(terms=(AUTUMN, SPRING, term(SUMMER.starts_on, SUMMER.ends_on, name=AUTUMN.name))),
            ["terms_share_a_name"],
        ),
        (SchoolCalendar(terms=(AUTUMN,), inset_days=(date(2027, 1, 4),)), ["day_outside_terms"]),
    ],
)
def test_a_calendar_that_cannot_be_relied_upon_says_why(calendar: SchoolCalendar, codes: list[str]) -> None:
    assert [problem.code for problem in problems_of(calendar)] == codes


def test_what_only_looks_wrong_is_a_warning() -> None:
    assert [problem.warning for problem in problems_of(SchoolCalendar(terms=(AUTUMN, SUMMER)))] == [True]


def test_a_calendar_is_written_and_read_back_as_it_was() -> None:
    assert msgspec.json.decode(msgspec.json.encode(YEAR), type=SchoolCalendar) == YEAR


def test_the_days_of_an_equal_calendar_are_counted_once() -> None:
    again = msgspec.json.decode(msgspec.json.encode(YEAR), type=SchoolCalendar)
    assert school_days_of(YEAR) is school_days_of(again)
