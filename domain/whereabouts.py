"""Where a child is, by one placement, from day to day: taught there, taught elsewhere, or nowhere (003 ¶51-52; T19).

An answer that is said to begin before the fall it answers is a slip: it holds from the next school day after the fall, and another
answer sets it aside, so that the days before that one count again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain import placement_events as before
from domain import placement_life_events as life
from domain.contingency import falls, next_school_day
from domain.duties.story import Story
from domain.events import Event
from domain.placement import Placement
from domain.school_days import SchoolDays
from domain.stages import Stage

Where = Literal["here", "elsewhere", "nowhere", "left"]
"""By one placement: taught here, taught elsewhere for the time being, nowhere, or gone to what comes next."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Since:
    """Where a child is, by one placement, from a day on."""

    day: date
    where: Where
    event: Event
    owner: str = ""
    """The post that answers for a day without education; empty where nobody said anything: then the commissioner does."""


def whereabouts(placement: Placement, days: SchoolDays | None) -> Iterator[Since]:
    """Where the child is by a placement, from day to day, as its events tell it."""
    at: Where = "left"
    told = list(falls(Story(placement).events))
    answered = [n for n, (event, _) in enumerate(told) if isinstance(event, life.TomorrowAnswered)]
    for n, (event, fell) in enumerate(told):
        # The next answer may be about the next fall, and then says nothing about this one.
        again = next((told[m][1] == fell for m in answered if m > n), False)
        for since in _told(event, placement, days, at, fell, again):
            at = since.where
            yield since


def _told(
    event: Event, placement: Placement, days: SchoolDays | None, at: Where, fell: date | None, again: bool
) -> Iterator[Since]:
    """`again`: another answer about the same fall follows."""
    if isinstance(event, life.BrokenDown | life.SafeguardingConcernReported | life.TomorrowAnswered):
        first = next_school_day(days, fell or event.tomorrow.from_on)
        slip = fell is not None and event.tomorrow.from_on < fell
        begins = first if slip else event.tomorrow.from_on
        set_aside = slip and again
        if at == "here" and (set_aside or begins > first):
            yield Since(first, "nowhere", event)
        if not set_aside:
            yield _answer(event, begins)
    elif isinstance(event, before.Started):
        yield Since(event.on, "here", event)
    elif isinstance(event, life.Recovered):
        yield Since(event.recovery.back_on, "here", event)
    else:
        yield from _told_of_the_end(event, placement, at)


def _told_of_the_end(event: Event, placement: Placement, at: Where) -> Iterator[Since]:
    if isinstance(event, life.Replaced) and at == "here":
        # Nobody asked where the child is until the successor begins: at school where it has one, and otherwise nowhere.
        yield Since(event.on + DAY, "elsewhere" if placement.home_school_id else "nowhere", event)
    elif isinstance(event, life.Ended):
        yield Since(event.on + DAY, "left", event)
    elif isinstance(event, before.Withdrawn):
        yield Since(event.on, "nowhere" if event.child_is_at == "no_education" else "elsewhere", event)
    elif isinstance(event, life.Reopened):
        yield Since(event.occurred_on, "here" if event.stage is Stage.REVIEW else "left", event)


def _answer(
    event: life.BrokenDown | life.SafeguardingConcernReported | life.TomorrowAnswered, begins: date
) -> Since:
    tomorrow = event.tomorrow
    where: Where = "nowhere" if tomorrow.where == "no_education" else "elsewhere"
    return Since(begins, where, event, tomorrow.owner)
