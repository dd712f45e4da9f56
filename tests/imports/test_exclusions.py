"""Suspensions and exclusions: recorded with the child they are about, and each starts the clock that the law gives it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.desk import A_PUPIL, AN_EXCLUSION, EXCLUSIONS, PUPILS, Desk


@pytest.fixture
def with_pupil(desk: Desk) -> Desk:
    """A desk at which one pupil was taken in."""
    desk.take("pupils", A_PUPIL)
    return desk


def test_the_sample_of_a_real_return_is_taken_whole(desk: Desk) -> None:
    desk.take("pupils", PUPILS)
    taken = desk.take("exclusions", EXCLUSIONS)
    assert taken.tally.rows == 40
    assert taken.tally.refusals == {}
    assert taken.tally.mends["sessions were left out: a permanent exclusion has no length"] == 21
    assert taken.tally.notes["the sixth-day clock was started"] == 21


def test_an_exclusion_is_what_the_row_says(with_pupil: Desk) -> None:
    with_pupil.take("exclusions", {**AN_EXCLUSION, "reason2": "VP", "reason3": "BU"})
    (found,) = with_pupil.child().exclusions
    assert (found.exclusion_type, found.from_on, found.sessions) == ("SUSP", date(2024, 11, 11), 4)
    assert found.reasons == ("PP", "VP", "BU")
    assert (found.source_row, found.occurred_on) == ("school census exclusion e1", date(2024, 11, 11))
    assert found.education_due_on is None


@pytest.mark.parametrize(
    ("row", "clock", "due"),
    [
        ({"category": "PERM"}, "T1", date(2024, 11, 18)),
        ({"category": "SUSP", "sessions": "12.0"}, "T2", date(2024, 11, 18)),
        ({"category": "SUSP", "sessions": "10.0"}, "", None),
        ({"category": "LNCH"}, "", None),
    ],
)
def test_a_permanent_exclusion_or_a_long_suspension_starts_the_sixth_day_clock(
    with_pupil: Desk, row: dict[str, str], clock: str, due: date | None
) -> None:
    with_pupil.take("exclusions", {**AN_EXCLUSION, **row})
    (found,) = with_pupil.child().exclusions
    assert (found.clock, found.education_due_on) == (clock, due)
    if due:
        assert f"education due by {due}" in with_pupil.report[0]["worth knowing"]


def test_the_old_name_of_a_suspension_is_mended(with_pupil: Desk) -> None:
    taken = with_pupil.take("exclusions", {**AN_EXCLUSION, "category": "FIXD"})
    assert with_pupil.counts(taken) == {"mended": 1}
    assert with_pupil.report[0]["what was put right"].startswith("category FIXD became SUSP")
    assert with_pupil.child().exclusions[0].exclusion_type == "SUSP"


def test_a_reason_that_nothing_says_today_is_left_out_and_said(with_pupil: Desk) -> None:
    with_pupil.take("exclusions", {**AN_EXCLUSION, "reason1": "OT", "reason2": "PP"})
    assert with_pupil.child().exclusions[0].reasons == ("PP",)
    assert (
        with_pupil.report[0]["what was put right"]
        == "reason OT was left out: No reason of today says the same."
    )


def test_a_gap_between_reasons_is_closed_and_a_double_reason_kept_once(with_pupil: Desk) -> None:
    with_pupil.take("exclusions", {**AN_EXCLUSION, "reason2": "", "reason3": "VP"})
    with_pupil.take("exclusions", {**AN_EXCLUSION, "termlyexclusionsonrolltableid": "e2", "reason2": "PP"})
    assert [found.reasons for found in with_pupil.child().exclusions] == [("PP", "VP"), ("PP",)]


def test_a_pupil_who_is_not_known_is_refused_with_what_to_do_first(desk: Desk) -> None:
    taken = desk.take("exclusions", AN_EXCLUSION)
    assert desk.counts(taken) == {"refused": 1}
    assert desk.report[0]["what would be right"] == "Import the pupils first."
    assert desk.history.head() == 0


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("startdate", "2999-Jan-01 00:00:00", "has not begun"),
        ("startdate", "", "the cell is empty"),
        ("category", "", "the cell is empty"),
        ("category", "EXPL", "not a code for category"),
        ("reason1", "ZZ", "not a code for reason"),
        ("sessions", "10.5", "not a whole number"),
        ("sessions", "-3", "not a whole number"),
        ("sessions", "91", "less than or equal to 90"),
        ("termlyexclusionsonrolltableid", "", "the cell is empty"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_column(
    with_pupil: Desk, column: str, value: str, why: str
) -> None:
    taken = with_pupil.take("exclusions", {**AN_EXCLUSION, column: value})
    assert with_pupil.counts(taken) == {"refused": 1}
    assert (with_pupil.report[0]["column"], why in with_pupil.report[0]["why not"]) == (column, True)


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.take("pupils", PUPILS)
    desk.take("exclusions", EXCLUSIONS)
    head = desk.history.head()
    assert desk.counts(desk.take("exclusions", EXCLUSIONS)) == {"already there": 40}
    assert desk.history.head() == head


def test_a_row_that_changed_corrects_the_exclusion_and_its_clock(with_pupil: Desk) -> None:
    with_pupil.take("exclusions", {**AN_EXCLUSION, "category": "PERM"})
    later = {**AN_EXCLUSION, "category": "PERM", "startdate": "2024-Nov-12 00:00:00", "reason1": "VA"}
    assert with_pupil.counts(with_pupil.take("exclusions", later)) == {"mended": 1}
    (found,) = with_pupil.child().exclusions
    assert (found.from_on, found.reasons, found.education_due_on) == (
        date(2024, 11, 12),
        ("VA",),
        date(2024, 11, 19),
    )
    assert with_pupil.counts(with_pupil.take("exclusions", later)) == {"already there": 1}
    first = {**AN_EXCLUSION, "category": "PERM"}
    with_pupil.take("exclusions", first)
    assert with_pupil.child().exclusions[0].from_on == date(2024, 11, 11)


def test_a_refused_row_does_not_stand_in_the_way_of_the_pupils_other_rows(with_pupil: Desk) -> None:
    rows = [{**AN_EXCLUSION, "termlyexclusionsonrolltableid": f"e{n}"} for n in range(1, 5)]
    rows[1]["sessions"] = "91"
    taken = with_pupil.take("exclusions", *rows)
    assert with_pupil.counts(taken) == {"taken": 3, "refused": 1}
    assert len(with_pupil.child().exclusions) == 3
