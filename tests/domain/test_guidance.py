"""The numbers of rules: which version holds on a day, what an organisation may ask of itself, and what if."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidence import Mark
from domain.events import Actor, Decision
from domain.guidance import (
    GUIDANCE,
    SHIPPED,
    Guidance,
    NotInForce,
    Parameters,
    Version,
    guidance_id,
    guidance_of,
    shipped,
)
from domain.guidance_events import VersionPublished
from domain.organisation import Organisation
from domain.organisation_events import ParameterTightened
from domain.parameter import Number
from domain.parameters.catalogue import PARAMETERS
from domain.record import Recording
from domain.time_rules import TIME_RULES

DAY = date(2026, 11, 23)
REVIEW = "review_interval_weeks"
FROZEN = Path(__file__).with_name("shipped_parameters.json")
BY = Decision(by=Actor(id="a", name="A"), command="publish_version", correlation_id=uuid4())
RECORDING = Recording(BY, datetime(2026, 11, 23, 9, tzinfo=UTC), DAY)
HERE = UUID(int=7)


def published(*versions: tuple[Number, date | None], name: str = REVIEW) -> dict[str, Guidance]:
    """A parameter with these versions, the first one first."""
    record = Guidance(guidance_id(name)).under(RECORDING)
    for number, (value, first) in enumerate(versions, 1):
        record.remember(
            VersionPublished,
            parameter=name,
            number=number,
            value=value,
            in_force_from=first,
            source="s",
            mark=Mark.DESIGN,
        )
    return guidance_of({record.id: record})


def organisation(*own: tuple[Number | None, date], name: str = REVIEW) -> Organisation:
    """An organisation that has held itself to these values."""
    record = Organisation(HERE).under(RECORDING)
    for value, first in own:
        record.remember(ParameterTightened, parameter=name, value=value, in_force_from=first)
    return record


def test_what_the_service_came_with_holds_where_nothing_is_on_record() -> None:
    assert SHIPPED.of(REVIEW, DAY) == PARAMETERS[REVIEW].value
    assert SHIPPED.version(REVIEW, DAY) == shipped(PARAMETERS[REVIEW])


def test_version_1_of_every_parameter_is_what_it_was_when_it_was_first_shipped() -> None:
    """A new parameter is added to the file by hand; a line of it is never changed."""
    frozen = json.loads(FROZEN.read_text())
    now = {
        name: [p.value, str(p.in_force_from) if p.in_force_from else None] for name, p in PARAMETERS.items()
    }
    assert now == frozen


def test_a_version_holds_from_its_first_day_and_no_day_before() -> None:
    numbers = Parameters(published((26, None), (4, DAY)))
    assert [numbers.of(REVIEW, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == [26, 4, 4]


def test_a_later_version_takes_the_place_of_one_that_was_still_to_come() -> None:
    numbers = Parameters(published((26, None), (4, DAY + timedelta(days=10)), (6, DAY)))
    assert numbers.of(REVIEW, DAY + timedelta(days=20)) == 6


def test_before_its_first_version_a_number_is_not_guessed() -> None:
    with pytest.raises(NotInForce, match="tender_from_pounds was in force on 2025-12-31"):
        SHIPPED.of("tender_from_pounds", date(2025, 12, 31))
    assert SHIPPED.version("tender_from_pounds", date(2025, 12, 31)) is None


def test_a_question_without_a_day_is_asked_for_the_day_of_the_decision_or_not_at_all() -> None:
    assert Parameters({}, day=DAY).of(REVIEW) == 26
    with pytest.raises(ValueError, match="which day"):
        SHIPPED.of(REVIEW)
    with pytest.raises(KeyError):
        SHIPPED.of("shoe_size", DAY)


def test_an_organisation_is_held_to_the_tighter_of_its_own_value_and_the_published_one() -> None:
    here = organisation((6, DAY))
    of = Parameters(published((26, None), (4, DAY + timedelta(days=7))), here).of
    assert [of(REVIEW, DAY + timedelta(days=n)) for n in (-1, 0, 7)] == [26, 6, 4]
    held = Parameters({}, here).version(REVIEW, DAY)
    assert held == Version(1, 6, None, PARAMETERS[REVIEW].source, Mark.DESIGN, own=HERE)
    assert Parameters({}).of(REVIEW, DAY) == 26


def test_an_organisation_may_give_its_own_value_up_again() -> None:
    here = organisation((6, DAY), (None, DAY + timedelta(days=7)))
    of = Parameters({}, here).of
    assert [of(REVIEW, DAY + timedelta(days=n)) for n in (0, 6, 7)] == [6, 6, 26]


@pytest.mark.parametrize(
    ("name", "looser", "tighter"),
    [(REVIEW, 8, 5), ("expiry_warning_days", 10, 60), ("deadline_t13", 1, 5), ("deadline_t24", 10, 20)],
)
def test_which_way_is_tighter_depends_on_the_number(name: str, looser: Number, tighter: Number) -> None:
    parameter = PARAMETERS[name]
    middle = (looser + tighter) / 2
    assert parameter.at_least_as_tight(tighter, middle)
    assert not parameter.at_least_as_tight(looser, middle)
    assert parameter.at_least_as_tight(middle, middle)


@pytest.mark.parametrize("rule", TIME_RULES.values(), ids=lambda rule: rule.id)
def test_a_deadline_as_shipped_is_the_time_rule_itself(rule: object) -> None:
    assert SHIPPED.deadline(rule.id, DAY) == rule  # type: ignore[attr-defined]


def test_a_deadline_counts_with_the_version_of_the_day_and_keeps_its_direction() -> None:
    numbers = Parameters(published((2, None), (3, DAY), name="deadline_t13"))
    before, after = (numbers.deadline("T13", DAY + timedelta(days=n)) for n in (-1, 0))
    assert (before.count, before.version) == (-2, 1)
    assert (after.count, after.version, after.in_force_from, after.source) == (-3, 2, DAY, "s")


def test_what_if_changes_the_numbers_asked_about_and_nothing_else() -> None:
    numbers = Parameters(published((26, None), (4, DAY)), organisation((3, DAY)))
    supposed = numbers.but(review_interval_weeks=5).but(unexplained_sessions_in_a_row=2)
    assert (supposed.of(REVIEW, DAY), supposed.of("unexplained_sessions_in_a_row", DAY)) == (5, 2)
    assert supposed.of("expiry_warning_days", DAY) == numbers.of("expiry_warning_days", DAY)
    assert numbers.of(REVIEW, DAY) == 3
    supposition = supposed.version(REVIEW, DAY)
    assert supposition is not None
    assert (supposition.number, supposition.own) == (0, None)
    with pytest.raises(KeyError):
        numbers.but(shoe_size=4)


def test_what_is_asked_for_is_noted_with_its_version() -> None:
    noted: list[tuple[str, int]] = []
    numbers = Parameters({}, day=DAY, note=lambda name, version: noted.append((name, version.number)))
    numbers.of(REVIEW)
    numbers.deadline("T13")
    numbers.deadline("T16")
    assert noted == [(REVIEW, 1), ("deadline_t13", 1)]


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda parameter: parameter.name)
def test_what_is_shipped_may_be_published(parameter: object) -> None:
    assert parameter.fault_of(parameter.value) == ""  # type: ignore[attr-defined]


def test_a_number_that_rules_refuse_by_was_verified() -> None:
    assert [p.name for p in PARAMETERS.values() if p.hard and p.mark is Mark.UNVERIFIED] == []


@given(days=st.integers(-40, 40), firsts=st.lists(st.tuples(st.integers(1, 26), st.integers(-30, 30))))
def test_the_last_published_of_those_that_have_begun_holds(days: int, firsts: list[tuple[int, int]]) -> None:
    versions = [(26, None), *((value, DAY + timedelta(days=n)) for value, n in firsts)]
    begun = [value for value, first in versions if first is None or first <= DAY + timedelta(days=days)]
    assert Parameters(published(*versions)).of(REVIEW, DAY + timedelta(days=days)) == begun[-1]


def test_each_parameter_has_a_record_of_its_own() -> None:
    assert len(GUIDANCE) == len(PARAMETERS)
