"""Codes say what they mean, one set at a time, and old ones are put right only where that is certain."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from domain import codes
from domain.codes import (
    AP_REASON,
    CODE_SETS,
    DESTINATION,
    EXCLUSION_REASON,
    EXCLUSION_TYPE,
    SEN_PROVISION,
    SEN_TYPE,
    Code,
    CodeSet,
    Destination,
    key_stage_of,
)
from domain.confidence import Mark

FIELD_TYPES: dict[str, Any] = {
    "sen_type": codes.SenType,
    "sen_provision": codes.SenProvision,
    "setting_type": codes.SettingType,
    "placement_reason": codes.PlacementReason,
    "attendance_pattern": codes.AttendancePattern,
    "exclusion_type": codes.ExclusionType,
    "exclusion_reason": codes.ExclusionReason,
    "enrolment": codes.Enrolment,
    "sex": codes.Sex,
    "year_group": codes.YearGroup,
}


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_a_field_takes_exactly_the_codes_that_may_be_written_today(name: str) -> None:
    assert set(get_args(FIELD_TYPES[name])) == {code.code for code in CODE_SETS[name].current}


@pytest.mark.parametrize("name", CODE_SETS)
def test_no_set_has_a_code_twice(name: str) -> None:
    written = [code.code for code in CODE_SETS[name]]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("name", CODE_SETS)
def test_every_code_has_words_and_its_set_a_source(name: str) -> None:
    assert CODE_SETS[name].source
    assert all(code.label for code in CODE_SETS[name])


@pytest.mark.parametrize("name", CODE_SETS)
def test_a_retired_code_becomes_one_that_may_be_written_today_or_nothing(name: str) -> None:
    current = {code.code for code in CODE_SETS[name].current}
    assert all(code.becomes in current for code in CODE_SETS[name] if code.becomes)
    assert all(not code.becomes for code in CODE_SETS[name].current)


def test_the_same_letters_mean_two_things_in_two_sets() -> None:
    assert SEN_TYPE.label("DS") == "Down syndrome"
    assert EXCLUSION_REASON.label("DS") == "Abuse relating to disability"
    assert SEN_TYPE.full_name("DS") == "sen_type.DS"


def test_there_are_twenty_nine_reasons_for_an_exclusion() -> None:
    assert len(EXCLUSION_REASON.current) == 29


@pytest.mark.parametrize(
    ("code_set", "written", "today"),
    [
        (EXCLUSION_TYPE, "FIXD", "SUSP"),
        (EXCLUSION_TYPE, " fixd ", "SUSP"),
        (EXCLUSION_TYPE, "PERM", "PERM"),
        (SEN_PROVISION, "A", "K"),
        (SEN_PROVISION, "P", "K"),
        (SEN_PROVISION, "S", "E"),
        (SEN_PROVISION, "K", "K"),
    ],
)
def test_an_old_code_is_put_right_where_that_is_certain(
    code_set: CodeSet[Code], written: str, today: str
) -> None:
    found = code_set.today(written)
    assert found is not None
    assert found.code == today


def test_a_statement_is_put_right_with_a_warning_to_check_the_plan() -> None:
    statement = SEN_PROVISION.find("S")
    assert statement is not None
    assert "check that this child has a plan" in statement.note


def test_an_old_code_that_nothing_replaces_is_known_but_not_put_right() -> None:
    other = EXCLUSION_REASON.find("OT")
    assert other is not None
    assert other.retired
    assert EXCLUSION_REASON.today("OT") is None


@pytest.mark.parametrize("written", ["", "ZZ", "SUSPENSION"])
def test_a_code_of_no_set_is_not_known(written: str) -> None:
    assert EXCLUSION_TYPE.find(written) is None
    assert EXCLUSION_TYPE.today(written) is None
    assert EXCLUSION_TYPE.label(written) == written


def test_a_code_may_be_less_sure_than_its_set() -> None:
    assert EXCLUSION_REASON.mark_of("PP") == Mark.SECONDARY
    assert EXCLUSION_REASON.mark_of("DB") == Mark.UNVERIFIED
    assert AP_REASON.mark_of("PEX") == Mark.UNVERIFIED


def test_every_destination_has_words() -> None:
    assert {code.code for code in DESTINATION} == set(Destination)
    assert DESTINATION.label(Destination.REINTEGRATION) == "Back at the home school"


@pytest.mark.parametrize(
    ("year", "stage"),
    [("E1", "EYFS"), ("N2", "EYFS"), ("R", "EYFS"), ("1", "KS1"), ("2", "KS1"), ("3", "KS2"),
     ("6", "KS2"), ("7", "KS3"), ("9", "KS3"), ("10", "KS4"), ("11", "KS4"), ("12", "KS5"), ("14", "KS5"),
     ("M", None), ("X", None)],
)  # fmt: skip
def test_a_year_group_is_taught_in_its_key_stage(year: str, stage: str | None) -> None:
    assert key_stage_of(year) == stage
