"""Two officers act at the same moment: what only one can have, only one gets."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.child import Child
from domain.provider import Places, Provider
from history.store import History
from tests.whole.at_once import at_once, done, outcome, refused
from tests.whole.at_the_provider import another_authority, offer, overtaken, ready, ready_for_a_full_week
from tests.whole.town import Around, Town


@pytest.fixture
def neighbour(here: Town, around: Around) -> Around:
    """A second authority that uses the same provider."""
    return another_authority(here, around)


def taken_at(history: History, around: Around) -> set[object]:
    """The placements that hold a place at the provider."""
    return set(history.get(Places, Places.id_for(around.provider)).taken)


def test_the_last_place_goes_to_one_of_two_children_of_two_authorities(
    here: Town, there: Town, around: Around, neighbour: Around, history: History
) -> None:
    mine, theirs = ready(here, around), ready(here, neighbour)
    offer(here, around, 1)
    for taken in range(20):
        mine_came, theirs_came = at_once(
            lambda mine=mine: here.do("complete_contract", mine),  # type: ignore[misc]
            lambda theirs=theirs: there.do("complete_contract", theirs),  # type: ignore[misc]
        )
        assert refused([mine_came, theirs_came]) == [("no_place_free",)]
        assert len(taken_at(history, around)) == taken + 1
        # Who was refused tries for the next place, against someone new.
        offer(here, around, taken + 2)
        if mine_came == ("no_place_free",):
            theirs = ready(here, neighbour)
        else:
            mine = ready(here, around)


def test_who_is_overtaken_to_the_last_place_is_told_that_it_is_gone(
    history: History, there: Town, around: Around, neighbour: Around
) -> None:
    offer(there, around, 1)
    mine, theirs = ready(there, around), ready(there, neighbour)
    me = overtaken(history, lambda: there.do("complete_contract", theirs))
    assert outcome(lambda: me.do("complete_contract", mine)) == ("no_place_free",)
    assert taken_at(history, around) == {theirs.placement}


def test_six_authorities_want_three_places_at_once(
    here: Town, there: Town, around: Around, history: History
) -> None:
    offer(here, around, 3)
    wanting = [ready(here, another_authority(here, around)) for _ in range(6)]
    outcomes = at_once(
        *(
            lambda one=one, town=town: town.do("complete_contract", one)
            for one, town in zip(wanting, [here, there] * 3, strict=True)
        )
    )
    assert refused(outcomes) == [("no_place_free",)] * 3
    assert len(taken_at(history, around)) == 3


def two_placements_of_one_child(here: Town, around: Around) -> tuple[Around, Around]:
    """Six half-days at one provider and six at another."""
    first = here.found(around.but("child", "placement"), "child")
    elsewhere = ("provider", "office", "agreement")
    second = here.found(first.but("placement", *elsewhere), *elsewhere)
    for one in (first, second):
        here.live(one, "sign_individual_agreement")
    return first, second


def test_the_week_of_a_child_is_not_filled_twice(
    here: Town, there: Town, around: Around, history: History
) -> None:
    for _ in range(4):
        first, second = two_placements_of_one_child(here, around)
        outcomes = at_once(
            lambda first=first: here.do("complete_contract", first),  # type: ignore[misc]
            lambda second=second: there.do("complete_contract", second),  # type: ignore[misc]
        )
        assert refused(outcomes) == [("week_overbooked",)]
        assert history.get(Child, first.child).weekly_sessions() == 6


def test_the_school_can_not_take_the_half_days_that_a_placement_is_just_taking(
    history: History, there: Town, around: Around
) -> None:
    mine = ready(there, around)
    me = overtaken(history, lambda: there.do("set_school_sessions", mine, sessions_per_week=5))
    assert outcome(lambda: me.do("complete_contract", mine)) == ("week_overbooked",)
    assert history.get(Child, mine.child).weekly_sessions() == 5


def test_an_unregistered_setting_does_not_become_a_school_by_two_children_at_once(
    here: Town, there: Town, around: Around, neighbour: Around, history: History
) -> None:
    offer(here, around, 12, hours=25)
    waiting = [ready_for_a_full_week(here, where) for where in (around, neighbour, around)]
    mine, theirs = (ready_for_a_full_week(here, where) for where in (around, neighbour))
    for one in waiting:
        here.do("complete_contract", one)
    outcomes = at_once(
        lambda: here.do("complete_contract", mine), lambda: there.do("complete_contract", theirs)
    )
    assert refused(outcomes) == [("unlawful_unregistered_setting",)]
    assert len(taken_at(history, around)) == 4


def test_two_people_begin_the_same_record_and_one_is_told(
    here: Town, there: Town, around: Around, history: History
) -> None:
    mine = around.but(provider=uuid4())
    outcomes = at_once(
        lambda: here.do("register_provider", mine, provider_name="One"),
        lambda: there.do("register_provider", mine, provider_name="Other"),
    )
    assert len(done(outcomes)) == 1
    assert refused(outcomes) == [("id_in_use",)]
    assert history.get(Provider, mine.provider).version == 1
