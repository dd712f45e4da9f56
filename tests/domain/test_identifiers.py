"""A child's numbers are checked by shape and check letter; what is only unusual warns and never refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import (
    UPN_LETTERS,
    Identifier,
    IdentifierKind,
    doubts_about,
    is_temporary_upn,
    problem_with,
    tidied,
    upn_check_letter,
)
from domain.local_authorities import FORMER_AUTHORITIES, LOCAL_AUTHORITIES
from domain.reasons import Reason

digits = st.text("0123456789", min_size=12, max_size=12)
temporary = st.builds(
    str.__add__, st.text("0123456789", min_size=11, max_size=11), st.sampled_from(UPN_LETTERS)
)


def code_of(reason: Reason | None) -> str | None:
    return reason.code if reason else None


def upn(rest: str) -> str:
    return upn_check_letter(rest) + rest


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("UPN", "B801200005001", None),
        ("UPN", "b801200005001", None),
        ("UPN", "B8012 0000 5001", None),
        ("UPN", "A801200005001", "upn_check_letter_wrong"),
        ("UPN", "B801200005010", "upn_check_letter_wrong"),
        ("UPN", "B80120000500", "upn_malformed"),
        ("UPN", "B8012000050011", "upn_malformed"),
        ("UPN", "I801200005001", "upn_malformed"),
        ("UPN", "B80120000500S", "upn_malformed"),
        ("UPN", "c2b87d3d-e33", "upn_malformed"),
        ("UPN", "B80120000500１", "upn_malformed"),  # noqa: RUF001 a full-width digit
        ("NHS", "not known", None),
        ("ULN", "anything", None),
        ("LA", "P 00123/x", None),
        ("OTHER", "case 7", None),
    ],
)
def test_a_number_of_the_wrong_shape_or_check_is_a_problem(
    kind: IdentifierKind, value: str, problem: str | None
) -> None:
    assert code_of(problem_with(Identifier(kind=kind, value=value))) == problem


@pytest.mark.parametrize(
    ("kind", "value", "doubt"),
    [
        ("UPN", "B801200005001", None),
        ("UPN", upn("943200005001"), None),
        ("UPN", upn("928200005001"), None),  # an authority that is no more
        ("UPN", upn("999200005001"), "upn_authority_unknown"),
        ("UPN", upn("681200005001"), "upn_authority_unknown"),  # Welsh
        ("UPN", "nonsense", None),  # that is a problem, not a doubt
        ("NHS", "9434765919", None),
        ("NHS", "943 476 5919", None),
        ("NHS", "943-476-5919", None),
        ("NHS", "9434765918", "nhs_number_check_digit_wrong"),
        ("NHS", "943476591", "nhs_number_malformed"),
        ("NHS", "not known", "nhs_number_malformed"),
        ("ULN", "1000000011", "uln_check_digit_wrong"),
        ("ULN", "12345", "uln_malformed"),
        ("LA", "P123", "issuer_not_named"),
        ("OTHER", "case 7", "issuer_not_named"),
    ],
)
def test_a_number_that_is_only_unusual_warns(kind: IdentifierKind, value: str, doubt: str | None) -> None:
    reason = doubts_about(Identifier(kind=kind, value=value))
    assert code_of(reason) == doubt
    assert reason is None or reason.warning


def test_a_number_whose_issuer_is_named_raises_no_doubt() -> None:
    assert doubts_about(Identifier(kind="LA", value="P123", issued_by="Derby City Council")) is None


def test_no_problem_with_a_upn_refuses_for_its_authority() -> None:
    assert problem_with(Identifier(kind="UPN", value=upn("999200005001"))) is None


@given(digits)
def test_a_permanent_upn_with_its_check_letter_is_sound(rest: str) -> None:
    assert problem_with(Identifier(kind="UPN", value=upn(rest))) is None
    assert not is_temporary_upn(upn(rest))


@given(temporary)
def test_a_temporary_upn_with_its_check_letter_is_sound(rest: str) -> None:
    assert problem_with(Identifier(kind="UPN", value=upn(rest))) is None
    assert is_temporary_upn(upn(rest))


@given(digits, st.integers(0, 11), st.integers(1, 9))
def test_one_mistyped_digit_in_a_upn_is_always_found(rest: str, place: int, shift: int) -> None:
    wrong = rest[:place] + str((int(rest[place]) + shift) % 10) + rest[place + 1 :]
    assert upn_check_letter(wrong) != upn_check_letter(rest)


@given(digits, st.integers(0, 10))
def test_two_digits_swapped_in_a_upn_are_always_found(rest: str, place: int) -> None:
    swapped = rest[:place] + rest[place + 1] + rest[place] + rest[place + 2 :]
    if swapped != rest:
        assert upn_check_letter(swapped) != upn_check_letter(rest)


@given(st.integers(100_000_000, 999_999_999))
def test_at_most_one_last_digit_makes_nine_digits_a_sound_nhs_number(nine: int) -> None:
    sound = [d for d in range(10) if doubts_about(Identifier(kind="NHS", value=f"{nine}{d}")) is None]
    assert len(sound) <= 1


@given(st.integers(100_000_000, 999_999_999))
def test_at_most_one_last_digit_makes_nine_digits_a_sound_uln(nine: int) -> None:
    sound = [d for d in range(10) if doubts_about(Identifier(kind="ULN", value=f"{nine}{d}")) is None]
    assert len(sound) <= 1


@pytest.mark.parametrize("value", ["A801200005001", "not known at all"])
def test_a_reason_never_repeats_the_number(value: str) -> None:
    reason = problem_with(Identifier(kind="UPN", value=value))
    assert reason is not None
    assert value not in reason.message


def test_a_number_is_tidied_as_its_issuer_writes_it() -> None:
    assert tidied("NHS", " 943 476 5919 ") == "9434765919"
    assert tidied("OTHER", " case 7 ") == "case 7"


def test_england_has_153_authorities_for_education() -> None:
    assert len(LOCAL_AUTHORITIES) == 153
    assert LOCAL_AUTHORITIES["831"] == "Derby"
    assert not set(LOCAL_AUTHORITIES) & set(FORMER_AUTHORITIES)
