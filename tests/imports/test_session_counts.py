"""Termly counts by attendance code: stored as the counts they are, and added up by the rule of the statistics."""

from __future__ import annotations

import pytest

from domain.schooling import TermAtSchool
from service.imports.writing import id_of
from service.plain_error import PlainError
from tests.imports.desk import A_PUPIL, PUPILS, SESSIONS, SOME_SESSIONS, Desk

HERE = id_of("school census", "school", "SCH1")
AUTUMN = TermAtSchool(HERE, "autumn", 2024)


@pytest.fixture
def with_pupils(desk: Desk) -> Desk:
    """A desk at which two pupils were taken in."""
    desk.take("pupils", A_PUPIL, {**A_PUPIL, "pupilonrolltableid": "p2"})
    return desk


def row(number: str, code: str, sessions: str, pupil: str = "p1") -> dict[str, str]:
    """One count."""
    return {
        **SOME_SESSIONS,
        "termlysessiondetailsonrolltableid": number,
        "attendancereason": code,
        "sessions": sessions,
        "pupilonrolltableid": pupil,
    }


def test_the_sample_of_a_real_return_is_taken_but_for_one_row_without_a_number(desk: Desk) -> None:
    desk.take("pupils", PUPILS)
    taken = desk.take("sessions", SESSIONS)
    assert desk.counts(taken) == {"taken": 32, "refused": 1}
    assert desk.said == ["Counted as autumn 2024."]
    (refused,) = [line for line in desk.report if line["outcome"] == "refused"]
    assert (refused["column"], refused["why not"]) == ("sessions", "the cell is empty")


def test_all_rows_of_a_pupil_are_one_record_of_the_term(with_pupils: Desk) -> None:
    before = with_pupils.history.head()
    with_pupils.take("sessions", row("1", "/", "60.0"), row("2", "I", "9.0"), row("3", "O", "1.0"))
    assert with_pupils.history.head() == before + 1
    assert with_pupils.child().session_counts == {AUTUMN: {"/": 60, "I": 9, "O": 1}}


def test_retired_codes_are_kept_and_count_by_the_class_they_had(with_pupils: Desk) -> None:
    with_pupils.take("sessions", row("1", "/", "90"), row("2", "H", "10"), row("3", "Y", "4"))
    child = with_pupils.child()
    assert child.session_counts[AUTUMN] == {"/": 90, "H": 10, "Y": 4}
    totals = child.totals_of(AUTUMN)
    assert (totals.attended, totals.authorised, totals.outside, totals.rate) == (90, 10, 4, 0.9)
    assert (
        with_pupils.report[1]["worth knowing"]
        == "attendance code H is retired, is kept, and counts as authorised"
    )


def test_rows_that_do_not_follow_each_other_are_added_to_those_before(with_pupils: Desk) -> None:
    with_pupils.take("sessions", row("1", "/", "60"), row("2", "I", "3", "p2"), row("3", "O", "2"))
    assert with_pupils.child().session_counts[AUTUMN] == {"/": 60, "O": 2}
    assert with_pupils.child("p2").session_counts[AUTUMN] == {"I": 3}


def test_a_code_that_is_counted_twice_is_refused_the_second_time(with_pupils: Desk) -> None:
    rows = row("1", "I", "9"), row("2", "/", "60"), row("3", "I", "8")
    taken = with_pupils.take("sessions", *rows)
    assert with_pupils.counts(taken) == {"taken": 2, "refused": 1}
    assert (
        with_pupils.report[2]["why not"]
        == "row 2 has the same pupil, school and code and says something else"
    )
    head = with_pupils.history.head()
    with_pupils.take("sessions", *rows)
    assert with_pupils.history.head() == head


def test_the_same_file_again_changes_nothing_and_a_changed_count_updates(desk: Desk) -> None:
    desk.take("pupils", PUPILS)
    desk.take("sessions", SESSIONS)
    head = desk.history.head()
    assert desk.counts(desk.take("sessions", SESSIONS)) == {"already there": 32, "refused": 1}
    assert desk.history.head() == head


def test_a_changed_count_replaces_its_code_and_leaves_the_others(with_pupils: Desk) -> None:
    with_pupils.take("sessions", row("1", "/", "60"), row("2", "I", "9"))
    taken = with_pupils.take("sessions", row("1", "/", "60"), row("2", "I", "10"))
    assert with_pupils.counts(taken) == {"taken": 1, "already there": 1}
    assert with_pupils.child().session_counts[AUTUMN] == {"/": 60, "I": 10}


def test_counts_that_no_term_can_hold_are_taken_with_a_word(with_pupils: Desk) -> None:
    with_pupils.take("sessions", row("1", "I", "150"), row("2", "O", "130"))
    assert with_pupils.report[0]["worth knowing"].startswith(
        "The counts add up to more sessions than a term has"
    )


@pytest.mark.parametrize(
    ("change", "column", "why"),
    [
        ({"attendancereason": "?"}, "attendancereason", "never a code"),
        ({"attendancereason": ""}, "attendancereason", "the cell is empty"),
        ({"sessions": "many"}, "sessions", "not a whole number"),
        ({"sessions": "401"}, "sessions", "in no term"),
        ({"pupilonrolltableid": "p9"}, "pupilonrolltableid", "not known here"),
        ({"NativeId": "SCH9"}, "NativeId", "not known here"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_column(
    with_pupils: Desk, change: dict[str, str], column: str, why: str
) -> None:
    taken = with_pupils.take("sessions", {**SOME_SESSIONS, **change})
    assert with_pupils.counts(taken) == {"refused": 1}
    assert why in with_pupils.report[0]["why not"]
    assert with_pupils.report[0]["column"] == column


def test_the_term_is_named_or_stands_in_the_name_of_the_file(with_pupils: Desk) -> None:
    nameless = with_pupils.file("counts.csv", SOME_SESSIONS)
    with pytest.raises(
        PlainError, match="Say which term is counted, with --term and words such as 'autumn 2024'"
    ):
        with_pupils.take("sessions", nameless)
    with_pupils.take("sessions", nameless, term="Spring 2025")
    assert list(with_pupils.child().session_counts) == [TermAtSchool(HERE, "spring", 2025)]
