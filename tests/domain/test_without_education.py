"""The clock of days without education, against somebody who walks through every day and looks where the child is."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain import placement_events as before
from domain import placement_life_events as life
from domain import referral_events as referral
from domain.child import Child
from domain.child_events import ChildRegistered
from domain.child_step_events import BackInEducation
from domain.events import Actor, Decision
from domain.facts.breaking_down import Breakdown, Recovery, Tomorrow
from domain.placement import Placement
from domain.record import Record, Recording
from domain.routes import Route
from domain.school_calendar import SchoolCalendar, Term
from domain.school_days import SchoolDays
from domain.stages import Stage
from domain.without_education import clock_of

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 18)
BREAK = (date(2026, 10, 26), date(2026, 10, 30))
INSET, SNOW = date(2026, 9, 14), date(2026, 11, 16)
CALENDAR = SchoolDays(
    SchoolCalendar(
        terms=(
            Term(
                name="Autumn",
                starts_on=FIRST,
                ends_on=LAST,
                half_term_starts_on=BREAK[0],
                half_term_ends_on=BREAK[1],
            ),
        ),
        inset_days=(INSET,),
        closures=(SNOW,),
    )
)
FAMILY = UUID("5b0f6a52-6f0e-4d8e-9d54-0000000000c1")
DAY = timedelta(days=1)


def write(record: Record, kind: type[Any], told_on: date, /, **facts: Any) -> None:
    """One more event."""
    decision = Decision(by=Actor(id="o", name="O"), command="c", correlation_id=UUID(int=1))
    record.under(Recording(decision, datetime.combine(told_on, time(9), UTC), told_on)).remember(
        kind, **facts
    )


def a_child() -> Child:
    child = Child(FAMILY)
    write(
        child,
        ChildRegistered,
        FIRST,
        given_names="Robin",
        family_name="Sample",
        born_on="2012-03-14",
        sex="U",
        authority_id=FAMILY,
    )
    return child


def begun(n: int, on: date) -> Placement:
    """A placement that starts."""
    placement = Placement(uuid5(FAMILY, str(n)))
    write(
        placement, referral.Referred, on, stage=Stage.NEEDS_ASSESSMENT, child_id=FAMILY, commissioner_id=uuid5(FAMILY, "la"),
        route=Route.SECTION_19_OTHER, reason="OTH", why="x", referral_path="x",
    )  # fmt: skip
    write(placement, before.Started, on, stage=Stage.ACTIVE, on=on, first_review_on=on)
    return placement


def answer(where: str, from_on: date, owner: str = "Inclusion lead") -> Tomorrow:
    return Tomorrow(where=where, from_on=from_on, what="x", owner=owner)  # type: ignore[arg-type]


def break_down(placement: Placement, on: date, tomorrow: Tomorrow) -> None:
    fell = Breakdown(cause="behaviour", on=on, what_happened="x")
    write(placement, life.BrokenDown, on, stage=Stage.BREAKDOWN, breakdown=fell, tomorrow=tomorrow)


def is_school_day(day: date) -> bool:
    """By hand: weekdays of term, without the break, the INSET day and the snow."""
    return (
        FIRST <= day <= LAST
        and day.weekday() < 5
        and not BREAK[0] <= day <= BREAK[1]
        and day not in (INSET, SNOW)
    )


def count(child: Child, placements: list[Placement], on: date) -> int:
    return clock_of(child, placements, on, lambda placement: CALENDAR).days


def test_a_day_at_school_or_in_interim_provision_is_not_counted() -> None:
    for where in ("home_school", "interim_provision"):
        placement = begun(1, date(2026, 9, 7))
        break_down(placement, date(2026, 9, 21), answer(where, date(2026, 9, 22)))
        assert count(a_child(), [placement], date(2026, 10, 20)) == 0


def test_it_runs_over_a_break_an_inset_day_and_the_replacement_until_the_successor_begins() -> None:
    old = begun(1, date(2026, 9, 7))
    break_down(old, date(2026, 10, 22), answer("no_education", date(2026, 10, 23)))
    write(
        old,
        life.Replaced,
        date(2026, 11, 2),
        stage=Stage.EXIT,
        on=date(2026, 11, 2),
        successor_id=uuid5(FAMILY, "2"),
        why="x",
    )
    new = begun(2, date(2026, 11, 18))
    clock = clock_of(a_child(), [old, new], date(2026, 12, 1), lambda placement: CALENDAR)
    (stretch,) = clock.stretches
    assert (stretch.from_on, stretch.until_on) == (date(2026, 10, 23), date(2026, 11, 18))
    assert stretch.stopped_by is not None
    assert (stretch.stopped_by.originator_id, stretch.owner) == (new.id, "Inclusion lead")
    # 23 October, two whole weeks after the break, and 17 November: the school was closed on the 16th.
    assert (clock.days, clock.running) == (1 + 10 + 1, ())


def test_days_for_which_nobody_answered_are_counted_as_the_commissioners() -> None:
    placement = begun(1, date(2026, 9, 7))
    break_down(placement, date(2026, 9, 21), answer("interim_provision", date(2026, 9, 28)))
    (stretch,) = clock_of(a_child(), [placement], date(2026, 10, 1), lambda placement: CALENDAR).stretches
    assert (len(stretch.days), stretch.owner) == (4, "")


def test_who_owned_each_day_is_told_when_another_takes_it_over() -> None:
    placement = begun(1, date(2026, 9, 7))
    break_down(placement, date(2026, 9, 21), answer("no_education", date(2026, 9, 22), "Inclusion lead"))
    write(
        placement,
        life.TomorrowAnswered,
        date(2026, 9, 24),
        tomorrow=answer("no_education", date(2026, 9, 25), "Head"),
    )
    clock = clock_of(a_child(), [placement], date(2026, 9, 29), lambda placement: CALENDAR)
    assert [(s.owner, len(s.days)) for s in clock.stretches] == [("Inclusion lead", 3), ("Head", 3)]
    assert (clock.days, clock.days_of_this_time) == (6, 6)


def test_an_answer_mistyped_into_last_year_wipes_no_day_once_the_right_one_is_given() -> None:
    placement = begun(1, date(2026, 9, 7))
    break_down(placement, date(2026, 11, 17), answer("no_education", date(2026, 11, 18)))
    for told_on, from_on in (
        (date(2026, 11, 19), date(2025, 11, 23)),
        (date(2026, 11, 20), date(2026, 11, 23)),
    ):
        write(placement, life.TomorrowAnswered, told_on, tomorrow=answer("interim_provision", from_on))
    clock = clock_of(a_child(), [placement], date(2026, 12, 1), lambda placement: CALENDAR)
    (stretch,) = clock.stretches
    assert (stretch.from_on, stretch.until_on) == (date(2026, 11, 18), date(2026, 11, 23))
    assert (clock.days, stretch.owner) == (3, "Inclusion lead")


def test_an_answer_dated_before_the_fall_holds_from_the_next_school_day_while_it_is_the_only_one() -> None:
    placement = begun(1, date(2026, 9, 7))
    break_down(placement, date(2026, 10, 23), answer("no_education", date(2025, 10, 24)))
    clock = clock_of(a_child(), [placement], date(2026, 11, 3), lambda placement: CALENDAR)
    (stretch,) = clock.stretches
    assert (stretch.from_on, clock.days) == (date(2026, 11, 2), 2)


def test_a_move_from_one_interim_provision_to_another_gives_back_no_day() -> None:
    placement = begun(1, date(2026, 9, 7))
    break_down(placement, date(2026, 9, 21), answer("interim_provision", date(2026, 9, 22)))
    moved = answer("interim_provision", date(2026, 9, 28))
    write(placement, life.TomorrowAnswered, date(2026, 9, 25), tomorrow=moved)
    assert count(a_child(), [placement], date(2026, 10, 1)) == 0


class Told:
    """A story in which one thing happens after another, and somebody notes each day where the child is."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a story, not a secret
        self.child, self.placements = a_child(), list[Placement]()
        self.nowhere: dict[date, bool] = {}
        self.now: Placement | None = None
        self.taught = False

    def stands(self, from_on: date, nowhere: bool) -> None:
        """From this day on, until something else is said."""
        for n in range((LAST - from_on).days + 1):
            self.nowhere[from_on + n * DAY] = nowhere

    def next(self, day: date) -> None:
        """Something happens."""
        if self.now is None:
            self.begin(day)
        elif self.taught:
            self.fall(self.now, day)
        else:
            self.dice.choice([self.answer, self.recover, self.replace, self.back])(self.now, day)

    def begin(self, day: date) -> None:
        self.now, self.taught = begun(len(self.placements) + 1, day), True
        self.placements.append(self.now)
        self.stands(day, False)

    def where(self) -> str:
        return self.dice.choice(["home_school", "interim_provision", "no_education"])

    def fall(self, placement: Placement, day: date) -> None:
        where, self.taught = self.where(), False
        break_down(placement, day, answer(where, day + DAY))
        self.stands(day + DAY, where == "no_education")

    def answer(self, placement: Placement, day: date) -> None:
        where = self.where()
        if self.dice.random() < 0.3:
            # A slip in the year, put right by the answer that follows: nobody was anywhere else because of it.
            slip = answer(self.where(), day.replace(year=2025))
            write(placement, life.TomorrowAnswered, day, tomorrow=slip)
        write(placement, life.TomorrowAnswered, day, tomorrow=answer(where, day))
        self.stands(day, where == "no_education")

    def recover(self, placement: Placement, day: date) -> None:
        recovery = Recovery(resolved="x", agreed_with=("child",), back_on=day)
        write(placement, life.Recovered, day, stage=Stage.ACTIVE, recovery=recovery, next_review_on=day)
        self.stands(day, False)
        self.taught = True

    def replace(self, placement: Placement, day: date) -> None:
        successor = uuid5(FAMILY, str(len(self.placements) + 1))
        write(placement, life.Replaced, day, stage=Stage.EXIT, on=day, successor_id=successor, why="x")
        self.now = None

    def back(self, placement: Placement, day: date) -> None:
        write(self.child, BackInEducation, day, on=day)
        self.stands(day, False)


@pytest.mark.parametrize("seed", range(60))
def test_it_counts_what_a_walk_through_every_day_counts(seed: int) -> None:
    told = Told(seed)
    day = FIRST + told.dice.randint(0, 10) * DAY
    while day < LAST - 12 * DAY:
        told.next(day)
        day += told.dice.randint(2, 12) * DAY
    for asked in (FIRST, date(2026, 10, 9), date(2026, 11, 17), LAST):
        expected = sum(is_school_day(d) for d, nowhere in told.nowhere.items() if nowhere and d <= asked)
        assert count(told.child, told.placements, asked) == expected, asked
