"""Days on which something happened: they lie in the past or are today, whoever writes them down."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID


@dataclasses.dataclass(frozen=True, slots=True)
class HasHappened:
    """Marks a date that cannot lie in the future."""


HOLD_NO_DAYS = (str, int, float, bool, UUID, date, NoneType)
"""A date that is not marked is no day on which something happened."""

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
    """False where there can be none, however deep: what is long, such as a batch of looks, need not be looked through."""
    if _marked(hint):
        return True
    origin = get_origin(hint)
    if origin is Annotated:
        return _may_hold_days(get_args(hint)[0])
    if origin in (tuple, list, Union, UnionType):
        return any(_may_hold_days(of) for of in get_args(hint) if of is not ...)
    if origin is Literal or (isinstance(hint, type) and issubclass(hint, HOLD_NO_DAYS)):
        return False
    if not (isinstance(hint, type) and dataclasses.is_dataclass(hint)):
        return True
    # There may be a class below it that says more.
    return bool(hint.__subclasses__() or _fields(hint))


def _marked(hint: Any) -> bool:
    if any(isinstance(mark, HasHappened) for mark in getattr(hint, "__metadata__", ())):
        return True
    return any(_marked(inner) for inner in get_args(hint) if not isinstance(inner, str))
