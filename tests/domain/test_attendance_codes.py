"""Every mark of the register counts in one way, and attendance is added up by the rule of the statistics."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attendance_codes import (
    ATTENDANCE,
    AttendanceMark,
    Totals,
    UnknownAttendanceCode,
    code_of,
    code_when_attended,
    reason_must_be_known_by,
    totals,
    totals_of_counts,
)
from domain.routes import Route
from domain.school_days import SchoolCalendar, SchoolDays, Term

MARKS = get_args(AttendanceMark)


def test_the_register_takes_exactly_the_codes_of_today() -> None:
    assert set(MARKS) == {code.code for code in ATTENDANCE.current}


@pytest.mark.parametrize(
    ("marks", "kind", "attending", "due"),
    [
        ("/ \\ L", "present", True, True),
        ("K B V P W", "approved_off_site", True, True),
        ("D", "not_counted", False, False),
        ("C C1 C2 E I M J1 R S T", "authorised", False, True),
        ("G N O U", "unauthorised", False, True),
        ("Q Y1 Y2 Y3 Y4 Y5 Y6 Y7", "unable", False, False),
        ("X Z #", "administrative", False, False),
    ],
)
def test_a_mark_counts_in_one_way(marks: str, kind: str, attending: bool, due: bool) -> None:
    for mark in marks.split():
        code = code_of(mark)
        assert (code.kind, code.counts_as_attending, code.in_denominator) == (kind, attending, due)


def test_a_week_is_added_up_by_the_rule_of_the_statistics() -> None:
    week = ["/", "\\", "B", "B", "I", "I", "O", "N", "D", "#"]
    assert totals(week) == Totals(possible=8, attended=4, authorised=2, unauthorised=2, outside=2)
    assert totals(week).rate == 0.5


def test_a_part_time_timetable_is_an_authorised_absence() -> None:
    assert totals(["/", "C2"]).rate == 0.5


def test_no_possible_session_has_no_rate() -> None:
    assert totals(["Y4", "Y4", "D"]).rate is None
    assert totals([]) == Totals(possible=0, attended=0, authorised=0, unauthorised=0, outside=0)


def test_counts_by_code_add_up_as_the_marks_do() -> None:
    assert totals_of_counts({"/": 100, "I": 10, "H": 4, "Y": 2, "X": 1}) == Totals(
        possible=114, attended=100, authorised=14, unauthorised=0, outside=3
    )


@given(st.lists(st.sampled_from(MARKS)))
def test_every_session_is_counted_once(marks: list[str]) -> None:
    added = totals(marks)
    assert added.possible + added.outside == len(marks)
    assert added.attended + added.authorised + added.unauthorised == added.possible


@pytest.mark.parametrize("mark", ["", "?", "Y8", "present"])
def test_a_mark_that_was_never_a_code_is_refused(mark: str) -> None:
    with pytest.raises(UnknownAttendanceCode):
        totals([mark])


@pytest.mark.parametrize(("old", "today"), [("J", "J1"), ("i", "I"), ("H", None), ("F", None), ("Y", None)])
def test_an_old_code_becomes_todays_only_where_that_is_certain(old: str, today: str | None) -> None:
    found = ATTENDANCE.today(old)
    assert (found.code if found else None) == today


@pytest.mark.parametrize("old", ["H", "F", "Y"])
def test_an_old_code_that_cannot_be_mended_says_why(old: str) -> None:
    assert "cannot be told" in code_of(old).note


@pytest.mark.parametrize("mark", list("MNCHIGEROSUTXYZ#"))
def test_every_code_of_the_sample_return_is_known(mark: str) -> None:
    assert code_of(mark).label


@pytest.mark.parametrize(
    ("route", "dual_registered", "code"),
    [
        (Route.OFF_SITE_DIRECTION, False, "B"),
        (Route.SUSPENSION, False, "B"),
        (Route.SECTION_19_HEALTH, False, "K"),
        (Route.EOTAS_S61, False, "K"),
        (Route.OFF_SITE_DIRECTION, True, "D"),
        (Route.SECTION_19_EXCLUSION, True, "D"),
    ],
)
def test_who_arranged_the_provision_decides_the_mark_of_a_session_attended(
    route: Route, dual_registered: bool, code: str
) -> None:
    assert code_when_attended(route, dual_registered) == code


def test_a_reason_must_be_known_within_five_school_days() -> None:
    autumn = Term(
        name="Autumn 2026",
        starts_on=date(2026, 9, 2),
        ends_on=date(2026, 12, 18),
        half_term_starts_on=date(2026, 10, 26),
        half_term_ends_on=date(2026, 10, 30),
    )
    days = SchoolDays(SchoolCalendar(terms=(autumn,)))
    assert reason_must_be_known_by(date(2026, 10, 22), days) == date(2026, 11, 5)
