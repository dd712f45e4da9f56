"""The moment that a reader asks about: how far the history had come, and on which day things were to be true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.concurrency import run_in_threadpool

from api.desk import Desk
from api.problem import MALFORMED, Problem
from api.times import Day
from domain.days_in_words import in_words
from domain.reasons import Reason
from domain.school_days import london_day
from domain.written_times import NotWritten, moment_written
from history.moments import moment_of, position_at
from history.store import History
from projections.reading import Lists

NUMBER = re.compile(r"[+-]?[0-9]{1,40}")
AS_OF = (
    "Show it as it was: when the history had reached a position, such as `1200`, or at a moment with its time zone, such as "
    "`2026-10-25T01:30:00+01:00`, which stands for the last position written down by then. `0` is before anything was."
)
TRUE_ON = "Show what was true on this day, as far as it is known (at `as_of`, if that is given)."


@dataclass(frozen=True)
class LookingBack:
    """A place on both axes of time."""

    position: int
    """What was written down up to here is known; 0 before anything was."""
    true_on: date | None
    """What was true on this day; none for whatever was written down."""
    at: datetime
    """The moment that counts as now: what falls due, what has run out and whose age it is, is as it was then."""

    @cached_property
    def day(self) -> date:
        """That moment's day in London."""
        return london_day(self.at)

    @property
    def asked(self) -> dict[str, Any]:
        """How to ask for exactly this again."""
        day = {"true_on": self.true_on.isoformat()} if self.true_on else {}
        return {"as_of": self.position, **day}


class NoSuchMoment(ValueError):
    """What was given is no moment that can be looked back to. `field` says which parameter; the words are for who asked."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def look_back(history: History, now: datetime, as_of: str | None, true_on: date | None) -> LookingBack:
    """The moment that is meant. Raises NoSuchMoment, and Unavailable."""
    if true_on is not None and true_on > london_day(now):
        raise NoSuchMoment(
            "true_on", f"Nobody knows yet what will be true on {in_words(true_on)}: it lies ahead."
        )
    head = history.head()
    if as_of is None:
        position, at = head, now
    elif NUMBER.fullmatch(as_of):
        position = _position(int(as_of), head)
        at = moment_of(history, max(1, position)) or now
    else:
        at = _moment(as_of, now)
        position = position_at(history, at)
    if true_on is not None:
        at = datetime.combine(true_on, time(12), UTC)
    return LookingBack(position, true_on, at)


def _position(position: int, head: int) -> int:
    if position < 0:
        raise NoSuchMoment("as_of", "Positions begin at 1; 0 is before anything was written down.")
    if position > head:
        raise NoSuchMoment("as_of", f"The history has not reached this position: it is at {head}.")
    return position


def _moment(text: str, now: datetime) -> datetime:
    try:
        moment = moment_written(text)
        # Not every moment at the ends of the calendar has a day in London.
        london_day(moment)
    except NotWritten as problem:
        raise NoSuchMoment("as_of", f"Give a position, such as 1200, or a moment. {problem}") from None
    except OverflowError:
        raise NoSuchMoment("as_of", "The moment lies too far back to be reckoned with.") from None
    if moment > now:
        raise NoSuchMoment("as_of", "The moment lies ahead. Nobody knows yet what will be known then.")
    return moment


def asked_moment(
    desk: Desk, as_of: str | None, true_on: date | None, called: Mapping[str, str] | None = None
) -> LookingBack:
    """The moment that is meant. `called`: the parameters, where this route calls them otherwise. Raises Problem."""
    try:
        return look_back(desk.history, desk.clock(), as_of, true_on)
    except NoSuchMoment as problem:
        field = (called or {}).get(problem.field, problem.field)
        reason = Reason(code="no_such_moment", message=str(problem), field=field)
        raise Problem(MALFORMED, str(problem), [reason]) from None


async def looking_back(
    request: Request,
    as_of: Annotated[str | None, Query(max_length=40, description=AS_OF)] = None,
    true_on: Annotated[Day | None, Query(description=TRUE_ON)] = None,
) -> LookingBack | None:
    """The moment that is asked for in the address; none for now. Raises Problem.

    Every route asks first who it is for: nobody else is told how far the history has come.
    """
    if as_of is None and true_on is None:
        return None
    return await run_in_threadpool(asked_moment, request.app.state.desk, as_of, true_on)


Back = Annotated[LookingBack | None, Depends(looking_back)]


def lists_at(desk: Desk, back: LookingBack | None) -> Lists:
    """The lists as they are, or as they were."""
    if back is None:
        return desk.read_models
    return desk.read_models.as_at(desk.history, back.position, back.true_on)


def day_at(desk: Desk, back: LookingBack | None) -> date:
    """The London day that counts as today."""
    return back.day if back else london_day(desk.clock())
