"""Schools, providers and places are known by numbers of a given shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.place_identifiers import (
    doubts_about_authority,
    doubts_about_laestab,
    doubts_about_ukprn,
    doubts_about_urn,
    problem_with_company_number,
    problem_with_laestab,
    problem_with_postcode,
    problem_with_ukprn,
)
from domain.reasons import Reason

Check = Callable[[str], Reason | None]


@pytest.mark.parametrize(
    ("check", "sound"),
    [
        (doubts_about_urn, "100000"),
        (problem_with_ukprn, "10079319"),
        (doubts_about_ukprn, "10079319"),
        (problem_with_company_number, "01234567"),
        (problem_with_company_number, "SC123456"),
        (problem_with_company_number, "ni123456"),
        (problem_with_laestab, "2013614"),
        (problem_with_laestab, "201/3614"),
        (doubts_about_laestab, "2013614"),
        (doubts_about_authority, "831"),
        (doubts_about_authority, "909"),
        (problem_with_postcode, "EC3A 5DE"),
        (problem_with_postcode, "NW5 4LP"),
        (problem_with_postcode, "de12fs"),
        (problem_with_postcode, "M1 1AE"),
        (problem_with_postcode, "W1A 0AX"),
        (problem_with_postcode, "B33 8TH"),
    ],
)
def test_a_sound_number_has_neither_problem_nor_doubt(check: Check, sound: str) -> None:
    assert check(sound) is None


@pytest.mark.parametrize(
    ("check", "wrong", "code"),
    [
        (problem_with_ukprn, "1007931", "ukprn_malformed"),
        (problem_with_company_number, "1234567", "company_number_malformed"),
        (problem_with_company_number, "S1234567", "company_number_malformed"),
        (problem_with_laestab, "831", "laestab_malformed"),
        (problem_with_laestab, "/2013614", "laestab_malformed"),
        (problem_with_postcode, "DE1", "postcode_malformed"),
        (problem_with_postcode, "Derby", "postcode_malformed"),
        (problem_with_postcode, "DE1  2FS", "postcode_malformed"),
    ],
)
def test_a_number_of_the_wrong_shape_is_a_problem_at_its_field(check: Check, wrong: str, code: str) -> None:
    reason = check(wrong)
    assert reason is not None
    assert (reason.code, reason.warning) == (code, False)
    assert reason.field


@pytest.mark.parametrize(
    ("check", "unusual", "code"),
    [
        (doubts_about_urn, "10000", "urn_unusual"),
        (doubts_about_urn, "10000O", "urn_unusual"),
        (doubts_about_ukprn, "20079319", "ukprn_prefix_unusual"),
        (doubts_about_laestab, "9993614", "authority_unknown"),
        (doubts_about_authority, "944", "authority_unknown"),
    ],
)
def test_a_number_that_is_only_unusual_warns(check: Check, unusual: str, code: str) -> None:
    reason = check(unusual)
    assert reason is not None
    assert (reason.code, reason.warning) == (code, True)
