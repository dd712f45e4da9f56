"""Days on which something happened: they lie in the past or are today, whoever writes them down."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from uuid import UUID


@dataclasses.dataclass(frozen=True, slots=True)
class HasHappened:
    """Marks a date that cannot lie in the future."""


HOLD_NO_DAYS = (str, int, float, bool, UUID)

Happened = Annotated[date, HasHappened()]
"""The day on which something happened: never a day to come."""


def days_to_come(thing: Any, today: date) -> Iterator[str]:
    """The paths of all days in a fact, or in a command made of facts, that should have happened and lie ahead."""
    return (path for path, day in days_that_happened(thing) if day > today)


def days_before(thing: Any, first: date) -> Iterator[str]:
    """The paths of all days on which something is said to have happened that cannot have been so early."""
    return (path for path, day in days_that_happened(thing) if day < first)


def days_that_happened(thing: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, date]]:
    """All days in a fact, or in a command made of facts, on which something happened, with their paths."""
    if isinstance(thing, tuple | list):
        for number, item in enumerate(thing):
            yield from days_that_happened(item, (*path, str(number)))
        return
    kind: Any = type(thing)
    for name, happened in _fields(kind).items():
        value = getattr(thing, name)
        if happened and isinstance(value, date):
            yield ".".join((*path, name)), value
        elif value is not None and not isinstance(value, str | date):
            yield from days_that_happened(value, (*path, name))


@cache
def _fields(kind: type[object]) -> dict[str, bool]:
    """The fields of a fact or command, and whether each is marked; nothing for anything else."""
    names = getattr(kind, "__dataclass_fields__", None) or getattr(kind, "__pydantic_fields__", None)
    if not names:
        return {}
    hints = get_type_hints(kind, include_extras=True)
    return {name: _marked(hints[name]) for name in names if name in hints and _may_hold_days(hints[name])}


def _may_hold_days(hint: Any) -> bool:
    """False for words, numbers and ids, and for lists of them: a long list of ids need not be looked through."""
    inner = [of for of in get_args(hint) if of is not ...] if get_origin(hint) in (tuple, list) else []
    return any(map(_may_hold_days, inner)) if inner else hint not in HOLD_NO_DAYS


def _marked(hint: Any) -> bool:
    if any(isinstance(mark, HasHappened) for mark in getattr(hint, "__metadata__", ())):
        return True
    return any(_marked(inner) for inner in get_args(hint) if not isinstance(inner, str))
