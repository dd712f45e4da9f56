"""Moments of the past: named in an address, chosen in a form, and walked from event to event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode

from fastapi.routing import APIRoute
from starlette.datastructures import QueryParams
from starlette.routing import Match
from starlette.types import Scope

from api.pages.words import LONDON, day, moment, typed_today
from domain.written_times import NotWritten, moment_written

IN_THE_ADDRESS = ("as_of", "true_on")
END_OF_DAY = time(23, 59, 59, 999_999)
CLOCK = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p")


class OfThePast(APIRoute):
    """A route for an address that names a moment. The same address without one is the page of now, and another route's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Only with a moment in it."""
        matched = super().matches(scope)
        return matched if matched[0] is Match.NONE or moment_asked(scope) else (Match.NONE, {})


def moment_asked(scope: Scope) -> dict[str, str]:
    """The moment of the past that an address names; nothing for now. A box that was left empty names none, and of several the last counts.

    This alone reads it: a route that is chosen for a moment must show that one, and never now in its place.
    """
    given = QueryParams(scope.get("query_string", b""))
    named = {name: [value for value in given.getlist(name) if value] for name in IN_THE_ADDRESS}
    return {name: values[-1] for name, values in named.items() if values}


class NotAMoment(ValueError):
    """What was typed is no moment. `box` is where, the words are for who typed it."""

    def __init__(self, box: str, said: str) -> None:
        self.box = box
        super().__init__(said)


def moment_typed(typed: Mapping[str, str], now: datetime) -> dict[str, str]:
    """The parameters of the moment that somebody chose. Raises NotAMoment.

    Without a time the whole day counts. An hour that comes twice, in October, means its second coming: all that was written in both.
    """
    on = _day(typed)
    if typed.get("which") == "true":
        return {"true_on": on.isoformat()}
    said = typed.get("time", "")
    at = datetime.combine(on, _time(said), LONDON).replace(fold=1) if said.strip() else end_of_day(on, now)
    if at > now:
        raise NotAMoment("day", "The day and time must be in the past")
    known = {"as_of": at.astimezone(UTC).isoformat()}
    return {**known, "true_on": on.isoformat()} if typed.get("which") == "both" else known


def end_of_day(on: date, now: datetime) -> datetime:
    """The last moment of a day in London; of today what it has come to."""
    if on == now.astimezone(LONDON).date():
        return now
    return datetime.combine(on, END_OF_DAY, LONDON)


def _day(typed: Mapping[str, str]) -> date:
    parts = [typed.get(part, "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        raise NotAMoment("day", "Enter a day")
    try:
        if len(parts[0]) != 4 or not all(part.isascii() and part.isdecimal() for part in parts):
            raise ValueError(parts)
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        raise NotAMoment(
            "day", f"The day must be a real date, such as {typed_today(in_boxes=True)}"
        ) from None


def _time(said: str) -> time:
    said = said.replace(" ", "").lower()
    for form in CLOCK:
        try:
            # Only the time is meant; the day comes with its zone from the other boxes.
            return datetime.strptime(said, form).time()  # noqa: DTZ007
        except ValueError:
            continue
    raise NotAMoment("time", "The time must be a real time, such as 15:30 or 3:30pm")


@dataclass(frozen=True, slots=True)
class Step:
    """An event to go to."""

    position: int
    href: str


@dataclass(frozen=True, slots=True)
class Past:
    """The moment that a page shows."""

    address: str
    """The page as it is now."""
    asked: Mapping[str, str]
    """The moment as the address names it."""
    position: int | None
    """Up to where the history is told, as the API says; none where only the day on which things were true is asked for."""
    entries: Sequence[dict[str, Any]] = ()
    """The whole story as it is known now, oldest first: what can be walked through."""

    @property
    def words(self) -> str:
        """The moment in words, to follow "as"."""
        known, true_on = self.asked.get("as_of", ""), self.asked.get("true_on", "")
        if not known:
            return f"things were on {day(true_on)}, as far as is known now"
        at = moment(self.at) if self.at else f"entry {self.position} of the history"
        if true_on:
            return f"things were on {day(true_on)}, as far as was known on {at}"
        return f"it was known on {at}" if self.at else f"it was known at {at}"

    @property
    def at(self) -> str | None:
        """When that was; none for a position at which nothing was written down about this record."""
        try:
            return moment_written(self.asked.get("as_of", "")).isoformat()
        except NotWritten:
            at = self.position
        return next((e["recorded_at"] for e in self.entries if e["position"] == at), None)

    @property
    def number(self) -> int:
        """How many events of the story had been written down."""
        return sum(entry["position"] <= (self.position or 0) for entry in self.entries)

    @property
    def latest(self) -> dict[str, Any] | None:
        """The last of them."""
        return self.entries[self.number - 1] if self.number else None

    @property
    def first(self) -> Step | None:
        """To the first event, unless that is the one."""
        return self._step(0) if self.number != 1 else None

    @property
    def previous(self) -> Step | None:
        """To the event before."""
        return self._step(self.number - 2) if self.number > 1 else None

    @property
    def next(self) -> Step | None:
        """To the next event."""
        return self._step(self.number)

    @property
    def last(self) -> Step | None:
        """To the last event, unless that is the one."""
        return self._step(len(self.entries) - 1) if self.number < len(self.entries) else None

    def of(self, address: str) -> str:
        """Another address at the same moment."""
        return f"{address}{'&' if '?' in address else '?'}{urlencode(self.asked)}"

    def _step(self, index: int) -> Step | None:
        if not 0 <= index < len(self.entries):
            return None
        position = self.entries[index]["position"]
        true_on = {"true_on": self.asked["true_on"]} if self.asked.get("true_on") else {}
        return Step(position, f"{self.address}?{urlencode({'as_of': position, **true_on})}")


def past_of(
    address: str,
    asked: Mapping[str, str],
    found: Mapping[str, Any],
    entries: Sequence[dict[str, Any]] = (),
) -> Past:
    """The moment that was asked for, and what the API answered for it. `address`: the page as it is now."""
    return Past(address, asked, found["as_of"] if "as_of" in asked else None, entries)
