"""Every rule of which duties are made is counted a second time by a walk through the days, or it is said here why not."""

from __future__ import annotations

import pytest

from domain.duties.all_duties import NOT_COUNTED, WAYS
from domain.time_rules import TIME_RULES
from tests.duties import (
    oracle_of_dealings,
    oracle_of_organisations,
    oracle_of_rolls,
    oracle_of_transfers,
    test_absence,
    test_courses,
    test_missing_events,
    test_providers,
    test_reporting,
)

WALKED: dict[str, frozenset[str]] = {
    "exclusions, reviews, breakdown": frozenset(test_missing_events.RULES),
    "absence": frozenset(test_absence.RULES),
    "silence": frozenset(test_reporting.RULES),
    "education, reviews, plans, care": frozenset(test_courses.RULES),
    "school rolls": frozenset(oracle_of_rolls.RULES),
    "transfers": frozenset(oracle_of_transfers.RULES),
    "what is agreed in the course of a placement": frozenset(oracle_of_dealings.RULES),
    "providers": frozenset(test_providers.RULES),
    "organisations": frozenset(oracle_of_organisations.RULES),
}
NOT_WALKED: dict[str, str] = {**NOT_COUNTED}
"""Rules of which no duty is made have nothing to be counted a second time."""


def test_every_rule_is_walked_or_says_why_not() -> None:
    walked = frozenset().union(*WALKED.values())
    assert walked | NOT_WALKED.keys() == TIME_RULES.keys()
    assert not walked & NOT_WALKED.keys()
    assert walked == WAYS.keys()


@pytest.mark.parametrize("who", WALKED)
def test_no_rule_is_named_that_does_not_exist(who: str) -> None:
    assert WALKED[who] <= TIME_RULES.keys()
