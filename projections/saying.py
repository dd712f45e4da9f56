"""Plain English for the sentences of a timeline: days, lists, codes, and the names of those who took part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from domain.codes import CODE_SETS
from domain.events import Event

E = TypeVar("E", bound=Event)

Namer = Callable[[UUID | None], str]
"""The name of an organisation or a provider."""
Predicate = Callable[[Any, Namer], str]
"""What somebody did, in the past tense, without subject and full stop: `accepted the risk assessment`."""

SENTENCES: dict[type[Event], Predicate] = {}
"""What each kind of event says. The files named `…_sentences` fill it."""


def says(kind: type[Event], predicate: Predicate) -> None:
    """Let a kind of event say this."""
    SENTENCES[kind] = predicate


def day(when: date | None) -> str:
    """A day as people write it: 23 November 2026."""
    return f"{when.day} {when:%B %Y}" if when else "a day not named"


def clock(when: datetime) -> str:
    """A time of day."""
    return f"{when:%H:%M}"


def listed(things: Iterable[str]) -> str:
    """One, two and three."""
    *most, last = list(things) or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last


def plain(code: str) -> str:
    """A word of ours without its underscores."""
    return code.replace("_", " ")


def everyone(people: Iterable[str]) -> str:
    """Those who took part: child, parent and social worker."""
    return listed(plain(person) for person in people)


def label(code_set: str, code: str | None) -> str:
    """What a code of a return says, in words within a sentence."""
    said = CODE_SETS[code_set].label(code or "")
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def amount(number: float, one: str, many: str = "") -> str:
    """A number of things: 1 session, 2 sessions, 16.5 hours."""
    return f"{number:g} {one if number == 1 else many or one + 's'}"


def pounds(sum_of_money: float) -> str:
    """£45, £1,250.50."""
    return f"£{sum_of_money:,.2f}".removesuffix(".00")


def hours_and_sessions(hours: float, sessions: int) -> str:
    """What a week holds."""
    return f"{amount(hours, 'hour')} in {amount(sessions, 'session')} a week"
