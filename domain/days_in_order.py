"""First and last days of what lasts: the last never lies before the first. A slip of the hand, mostly in the month or the year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints


@dataclass(frozen=True, slots=True)
class Pair:
    """The names of two days that stand side by side. `called`: what the first is called in a sentence."""

    first: str
    last: str
    called: str = "the first day"


PAIRS = (
    Pair("starts_on", "ends_on"),
    Pair("starts_on", "ends_by"),
    Pair("from_on", "until_on"),
    Pair("on", "until_on", "the day it was arranged"),
    Pair("sent_on", "receipt_on", "the day it was sent"),
)
"""Every such pair, in facts, commands and events."""


@dataclass(frozen=True, slots=True)
class Reversed:
    """Two days in the wrong order, and the path of the later one."""

    path: str
    first: date
    last: date
    called: str


def reversed_days(thing: Any, path: tuple[str, ...] = ()) -> Iterator[Reversed]:
    """Every pair of days in a fact, an event, or a command made of facts, of which the last lies before the first."""
    if isinstance(thing, tuple | list):
        for number, item in enumerate(thing):
            yield from reversed_days(item, (*path, str(number)))
        return
    kind: Any = type(thing)
    pairs, ways = _looked_at(kind)
    for pair in pairs:
        first, last = getattr(thing, pair.first), getattr(thing, pair.last)
        if first is not None and last is not None and last < first:
            yield Reversed(".".join((*path, pair.last)), first, last, pair.called)
    for name in ways:
        yield from reversed_days(getattr(thing, name), (*path, name))


def kinds_within(kind: type) -> set[type]:
    """This kind of thing and every kind of fact that it is made of."""
    return {kind}.union(*(kinds_within(of) for hint in _hints(kind).values() for of in _kinds(hint)))


@cache
def _looked_at(kind: type) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """The pairs of a kind, and its fields in which there are more: what is long, such as a batch of looks, is left alone."""
    hints = _hints(kind)
    pairs = tuple(pair for pair in PAIRS if pair.first in hints and pair.last in hints)
    ways = tuple(name for name, hint in hints.items() if any(any(_looked_at(of)) for of in _kinds(hint)))
    return pairs, ways


def _hints(kind: type) -> dict[str, Any]:
    names = next(
        (
            found
            for of in ("__dataclass_fields__", "__pydantic_fields__", "__struct_fields__")
            if (found := getattr(kind, of, None))
        ),
        (),
    )
    hints = get_type_hints(kind, include_extras=True) if names else {}
    return {name: hints[name] for name in names if name in hints}


def _kinds(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and _hints(hint):
        yield hint
    for inner in get_args(hint):
        yield from _kinds(inner)
