"""Pupils on roll: every row becomes a child, or is refused with what would be right."""

from __future__ import annotations

from datetime import date

import pytest

from domain.organisation import Organisation
from domain.people import OrganisationKind
from service.imports.writing import id_of
from service.opening import now
from service.people import organisations_of
from service.plain_error import PlainError
from tests.imports.desk import A_PUPIL, PUPILS, Desk
from tests.support.walk import THE_SERVICE
from workflows.casework import Casework
from workflows.catalogue import COMMANDS


def test_the_sample_of_a_real_return_is_taken_whole(desk: Desk) -> None:
    taken = desk.take("pupils", PUPILS)
    assert desk.counts(taken) == {"mended": 8}
    mends = taken.tally.mends
    assert mends["upn is not a valid UPN and is kept as another number"] == 8
    assert mends["SEN provision A became K"] == mends["SEN provision P became K"] == 1
    assert mends["SEN provision S became E"] == 2
    assert desk.said == ["Derbyshire was founded as the local authority 830."]


def test_a_child_is_what_the_row_says(desk: Desk) -> None:
    desk.take("pupils", {**A_PUPIL, "middlenames": "Lee"})
    child = desk.child()
    assert (child.given_names, child.family_name, child.sex) == ("Robin Lee", "Sample", "F")
    assert (child.born_on, child.year_group, child.sen_provision) == (date(2012, 3, 14), "9", "K")
    school = desk.history.get(Organisation, child.roll[0].school_id or child.id)
    assert (school.name, school.kind) == ("School SCH1", OrganisationKind.SCHOOL)
    assert (child.roll[0].enrolment, child.roll[0].from_on) == ("C", date(2023, 9, 4))
    assert school.authority_id == child.authority_id == id_of("DfE", "local authority", "830")


def test_a_valid_upn_stays_one_and_another_is_kept_with_a_note(desk: Desk) -> None:
    desk.take("pupils", {**A_PUPIL, "upn": "B801200005001", "formerupn": "c2b87d3d-e33"})
    numbers = {(i.kind, i.value): i.issued_by for i in desk.child().identifiers}
    assert numbers["UPN", "B801200005001"] is None
    assert numbers["OTHER", "c2b87d3d-e33"] == "school census, formerupn: not a valid UPN"
    assert ("OTHER", "p1") in numbers


def test_a_missing_name_is_stood_in_for_and_said(desk: Desk) -> None:
    desk.take("pupils", {**A_PUPIL, "surname": "", "forename": ""})
    child = desk.child()
    assert child.name == "Pupil p1"
    assert (
        "no surname: 'Pupil' and the pupil's number stand in for the name"
        in desk.report[0]["what was put right"]
    )


def test_a_file_without_names_at_all_is_taken(desk: Desk) -> None:
    row = {name: value for name, value in A_PUPIL.items() if name not in ("surname", "forename")}
    desk.take("pupils", row)
    assert desk.child().name == "Pupil p1"


def test_a_blank_year_group_is_said_and_not_guessed(desk: Desk) -> None:
    desk.take("pupils", {**A_PUPIL, "ncyearactual": ""})
    assert desk.child().year_group is None
    assert desk.report[0]["worth knowing"].startswith("the year group is blank")


@pytest.mark.parametrize(
    ("written", "year"), [("E1", "E1"), ("14", "14"), ("M", "M"), ("X", "X"), ("07", "7")]
)
def test_year_groups_are_read_as_returns_write_them(desk: Desk, written: str, year: str) -> None:
    desk.take("pupils", {**A_PUPIL, "ncyearactual": written})
    assert desk.child().year_group == year


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("dob", "", "the cell is empty"),
        ("dob", "14 March", "this is not a date"),
        ("dob", "2012-Feb-30 00:00:00", "this is not a date"),
        ("dob", "2112-03-14", "the date of birth lies in the future"),
        ("dob", "1912-03-14", "more than thirty years back"),
        ("sex", "Q", "this is not a code for sex"),
        ("senprovision", "Z", "this is not a code for SEN provision"),
        ("ncyearactual", "20", "this is not a code for year group"),
        ("entrydate", "soon", "this is not a date"),
        ("pupilonrolltableid", "", "the cell is empty"),
        ("surname", "=cmd|' /C calc'!A0", "the cell begins like a formula"),
        ("forename", "@SUM(1)", "the cell begins like a formula"),
        ("surname", "Sam\x07ple", "the cell holds a control character"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused_with_its_column(
    desk: Desk, column: str, value: str, why: str
) -> None:
    taken = desk.take("pupils", {**A_PUPIL, column: value})
    assert desk.counts(taken) == {"refused": 1}
    assert (desk.report[0]["column"], why in desk.report[0]["why not"]) == (column, True)
    assert desk.history.ids_of("child.registered") == []


def test_refusals_and_reports_never_repeat_a_name_or_a_date_of_birth(desk: Desk) -> None:
    desk.take("pupils", {**A_PUPIL, "surname": "Verysecret", "dob": "31/12/2099"})
    said = " ".join(str(value) for row in desk.report for value in row.values())
    assert "Verysecret" not in said
    assert "2099" not in said


@pytest.mark.parametrize(
    "written", ["2012-03-14", "14/03/2012", "14-03-2012", "2012-Mar-14", "2012-03-14T00:00:00"]
)
def test_dates_are_read_in_the_forms_that_systems_export(desk: Desk, written: str) -> None:
    desk.take("pupils", {**A_PUPIL, "dob": written})
    assert desk.child().born_on == date(2012, 3, 14)


def test_zeros_that_a_formula_keeps_are_kept(desk: Desk) -> None:
    desk.take("pupils", {**A_PUPIL, "uniquelearnernumber": '="0012345678"'})
    assert "0012345678" in {identifier.value for identifier in desk.child().identifiers}
    assert "the text in it was taken" in desk.report[0]["what was put right"]


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.take("pupils", PUPILS)
    head = desk.history.head()
    assert desk.counts(desk.take("pupils", PUPILS)) == {"already there": 8}
    assert desk.history.head() == head


def test_a_row_that_changed_brings_its_record_up_to_date(desk: Desk) -> None:
    desk.take("pupils", A_PUPIL)
    changed = {
        **A_PUPIL,
        "surname": "Specimen",
        "ncyearactual": "10",
        "senprovision": "E",
        "enrolstatus": "M",
    }
    assert desk.counts(desk.take("pupils", changed)) == {"taken": 1}
    child = desk.child()
    assert (child.family_name, child.year_group, child.sen_provision) == ("Specimen", "10", "E")
    assert [entry.enrolment for entry in child.roll] == ["M"]
    head = desk.history.head()
    assert desk.counts(desk.take("pupils", changed)) == {"already there": 1}
    assert desk.history.head() == head


def test_another_first_day_at_the_same_school_corrects_the_first(desk: Desk) -> None:
    desk.take("pupils", A_PUPIL)
    desk.take("pupils", {**A_PUPIL, "entrydate": "2022-Sep-05 00:00:00"})
    assert [entry.from_on for entry in desk.child().roll] == [date(2022, 9, 5)]
    assert desk.counts(desk.take("pupils", {**A_PUPIL, "entrydate": "2022-Sep-05 00:00:00"})) == {
        "already there": 1
    }


def test_what_a_caseworker_changed_is_not_changed_back_by_the_same_old_row(desk: Desk) -> None:
    desk.take("pupils", A_PUPIL)
    caseworker = Casework(desk.history, now)
    caseworker.perform(
        COMMANDS["set_year_group"].model_validate({"year_group": "10"}), THE_SERVICE, desk.child().id
    )
    assert desk.counts(desk.take("pupils", A_PUPIL)) == {"already there": 1}
    assert desk.child().year_group == "10"


def test_everything_is_written_under_the_imports_own_name(desk: Desk) -> None:
    desk.take("pupils", {**A_PUPIL, "senprovision": "A"})
    for event in desk.child().events:
        by = event.decision.by
        assert (by.id, by.kind, event.decision.reason_code) == ("import", "machine", "import pupils")
    assert "SEN provision A became K" in desk.child().events[0].decision.words


def test_an_authority_is_found_by_number_or_id_and_otherwise_asked_for(desk: Desk) -> None:
    with pytest.raises(PlainError, match="No local authority is here yet: name one with --authority"):
        desk.take("pupils", A_PUPIL, authority=None)
    with pytest.raises(PlainError, match="none in England has this number"):
        desk.take("pupils", A_PUPIL, authority="999")
    desk.take("pupils", A_PUPIL, authority="831")
    desk.take("pupils", {**A_PUPIL, "pupilonrolltableid": "p2"}, authority=None)
    assert desk.child("p2").authority_id == desk.child().authority_id
    desk.take("pupils", {**A_PUPIL, "pupilonrolltableid": "p3"}, authority=str(desk.child().authority_id))
    names = [o.name for o in organisations_of(desk.history) if o.kind is OrganisationKind.LOCAL_AUTHORITY]
    assert names == ["Derby"]


def test_a_second_authority_has_to_be_named(desk: Desk) -> None:
    desk.take("pupils", A_PUPIL, authority="830")
    desk.take("pupils", {**A_PUPIL, "pupilonrolltableid": "p2"}, authority="831")
    with pytest.raises(
        PlainError, match=r"Several local authorities are here: .*830 \(Derbyshire\), 831 \(Derby\)"
    ):
        desk.take("pupils", A_PUPIL, authority=None)


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    taken = desk.take("pupils", PUPILS, dry_run=True)
    assert desk.counts(taken) == {"mended": 8}
    assert desk.history.head() == 0
    assert desk.counts(desk.take("pupils", PUPILS)) == {"mended": 8}
