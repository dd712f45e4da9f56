"""The school register and a council's list of approved providers: what they say of a provider, and what they leave open."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from domain.provider import Provider
from service.imports.writing import id_of
from tests.imports.desk import APPROVED, REGISTER, Desk

REGISTER_ROWS = list(csv.DictReader(REGISTER.read_text(encoding="utf-8").splitlines()))
OPEN = next(row for row in REGISTER_ROWS if row["URN"] == "100000")
CLOSED = next(row for row in REGISTER_ROWS if row["URN"] == "101077")


def approved(desk: Desk, name: str) -> Provider:
    """A provider of the list as it is now."""
    return desk.history.get(Provider, id_of("approved list", "provider", f"derby city council: {name}"))


def test_the_sample_of_the_real_register_is_taken_but_for_a_school_overseas(desk: Desk) -> None:
    taken = desk.take("providers", REGISTER)
    assert desk.counts(taken) == {"taken": 2, "mended": 1, "refused": 1}
    (refused,) = [line for line in desk.report if line["outcome"] == "refused"]
    assert refused["why not"].startswith("british schools overseas: not a place in England")


def test_an_open_school_is_a_registered_provider_with_its_site(desk: Desk) -> None:
    desk.take("providers", REGISTER)
    school = desk.school_as_provider("100000")
    assert (school.name, school.ukprn, school.local_authority_code) == (
        "The Aldgate School",
        "10079319",
        "201",
    )
    assert school.sites["Main site"].postcode == "EC3A 5DE"
    assert school.sites["Main site"].address == "St James's Passage, Duke's Place, London"
    assert [(r.status, r.since_on) for r in school.registrations] == [("registered_school", date(1900, 1, 1))]
    assert not school.removed


def test_a_closed_school_was_registered_and_is_removed_with_the_registers_reason(desk: Desk) -> None:
    desk.take("providers", REGISTER)
    school = desk.school_as_provider("101077")
    assert (school.closed, school.removed) == (True, "The register says closed on 2022-07-07: closure.")
    before, after = school.registration_on(date(2022, 7, 6)), school.registration_on(date(2022, 7, 8))
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == ("registered_school", "de_registered")
    assert school.registration == after


def test_a_school_that_is_proposed_to_close_is_still_open(desk: Desk) -> None:
    desk.take("providers", REGISTER)
    assert not desk.school_as_provider("126370").removed
    assert "the school is proposed to close: on 31-07-2024" in {line["worth knowing"] for line in desk.report}


def test_the_day_of_the_extract_is_when_the_registration_was_looked_up(desk: Desk) -> None:
    path = desk.file("edubasealldata20240501.csv", OPEN)
    desk.take("providers", path)
    assert [r.checked_on for r in desk.school_as_provider("100000").registrations] == [date(2024, 5, 1)]
    desk.take("providers", path, day="2024-11-01")
    assert [r.checked_on for r in desk.school_as_provider("100000").registrations] == [
        date(2024, 5, 1),
        date(2024, 11, 1),
    ]


def test_the_same_register_again_changes_nothing(desk: Desk) -> None:
    desk.take("providers", REGISTER)
    head = desk.history.head()
    assert desk.counts(desk.take("providers", REGISTER)) == {"already there": 3, "refused": 1}
    assert desk.history.head() == head


def test_a_row_that_changed_renames_moves_corrects_and_closes(desk: Desk) -> None:
    desk.take("providers", OPEN)
    moved = {
        "EstablishmentName": "The New School",
        "Postcode": "EC3A 6AA",
        "UKPRN": "10079999",
        "LA (code)": "202",
    }
    shut = {
        "EstablishmentStatus (code)": "2",
        "CloseDate": "31-08-2025",
        "ReasonEstablishmentClosed (name)": "Closure",
    }
    desk.take("providers", {**OPEN, **moved, **shut})
    school = desk.school_as_provider("100000")
    assert (school.name, school.ukprn, school.local_authority_code) == ("The New School", "10079999", "202")
    assert (school.sites["Main site"].postcode, school.closed) == ("EC3A 6AA", True)
    desk.take("providers", {**OPEN, **moved})
    assert desk.report[0]["worth knowing"].startswith("the register shows the school open again")


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"Postcode": ""}, "no site was recorded"),
        ({"Postcode": "12345"}, "no site was recorded"),
        ({"UKPRN": "123"}, "UKPRN was left out"),
        ({"LA (code)": "0"}, "LA (code) was left out"),
    ],
)
def test_what_a_school_can_do_without_is_left_out_and_said(
    desk: Desk, change: dict[str, str], mend: str
) -> None:
    assert desk.counts(desk.take("providers", {**OPEN, **change})) == {"mended": 1}
    assert mend in desk.report[0]["what was put right"]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"URN": "abc"}, "URN"),
        ({"URN": ""}, "URN"),
        ({"EstablishmentName": ""}, "EstablishmentName"),
        ({"OpenDate": "2012"}, "OpenDate"),
        (
            {"EstablishmentStatus (code)": "2", "OpenDate": "01-09-2020", "CloseDate": "01-09-2019"},
            "CloseDate",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_column(
    desk: Desk, change: dict[str, str], column: str
) -> None:
    assert desk.counts(desk.take("providers", {**OPEN, **change})) == {"refused": 1}
    assert desk.report[0]["column"] == column


def test_a_college_is_no_school_and_an_online_provider_says_nothing_of_itself(desk: Desk) -> None:
    college = {**OPEN, "URN": "130001", "TypeOfEstablishment (code)": "18"}
    online = {**OPEN, "URN": "130002", "TypeOfEstablishment (code)": "49"}
    desk.take("providers", college, online)
    assert [r.status for r in desk.school_as_provider("130001").registrations] == ["further_education"]
    assert desk.school_as_provider("130002").registrations == []


def test_an_approved_list_gives_names_and_little_else(desk: Desk) -> None:
    taken = desk.take("providers", APPROVED)
    assert desk.counts(taken) == {"mended": 9}
    provider = approved(desk, "new leaf")
    assert (provider.name, provider.setting_type, provider.approval) == ("New Leaf", "OTH", "approved")
    assert [r.status for r in provider.registrations] == ["not_registered"]
    assert "setting type became OTH" in desk.report[0]["what was put right"]
    said = [e.decision.words for e in provider.events if e.decision.command == "move_approval"]
    assert said == ["Derby City Council: visited; quality assurance framework sections 1 and 2 completed"]


def test_the_same_list_again_changes_nothing_and_another_stage_is_recorded(desk: Desk) -> None:
    desk.take("providers", APPROVED)
    head = desk.history.head()
    assert desk.counts(desk.take("providers", APPROVED)) == {"already there": 9}
    assert desk.history.head() == head
    row = {
        "name": "New Leaf",
        "registered": "no",
        "approved_by": "Derby City Council",
        "qa_stage": "all sections completed",
    }
    assert desk.counts(desk.take("providers", row)) == {"taken": 1}
    assert desk.history.head() == head + 1


def test_an_answer_that_is_neither_yes_nor_no_is_refused(desk: Desk) -> None:
    row = {"name": "New Leaf", "registered": "perhaps", "approved_by": "Derby City Council", "qa_stage": ""}
    assert desk.counts(desk.take("providers", row)) == {"refused": 1}
    assert desk.report[0]["column"] == "registered"


def test_a_name_that_nobody_can_see_is_refused_in_its_column(desk: Desk) -> None:
    row = next(csv.DictReader(APPROVED.read_text(encoding="utf-8").splitlines()))
    desk.take("providers", {**row, "name": "\u200b\u200b"})
    assert desk.report[-1]["outcome"] == "refused"
    assert desk.report[-1]["column"] == "name"
    assert (
        desk.report[-1]["why not"]
        == "It has only characters that nobody can see. Write it, or leave it empty"
    )
