"""What may stand in a field, in words: a date, one of these codes, a list of that fact, a sealed text."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from annotated_types import Ge, Gt, Le, Len

from domain.personal import Personal

PLAIN: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "yes or no",
    date: "date",
    datetime: "instant with time zone",
    UUID: "id",
    Any: "any JSON value",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Meant:
    """What an annotation means."""

    words: str
    sealed: str = ""
    """The category under which it is sealed; empty where it is kept in the clear."""
    fact: type | None = None
    """The fact that it is made of, if it is."""
    optional: bool = False


def meant(hint: Any) -> Meant:
    """What an annotation means, in words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        rest = [a for a in arguments if a is not types.NoneType]
        inner = [meant(a) for a in rest]
        return dataclasses.replace(
            inner[0], words=" or ".join(i.words for i in inner), optional=len(rest) < len(arguments)
        )
    if origin is Literal:
        return Meant("one of " + ", ".join(f"`{a}`" for a in arguments))
    if origin in (tuple, list):
        inner_one = meant(arguments[0])
        return dataclasses.replace(inner_one, words=f"list of {inner_one.words}")
    if origin is dict:
        return Meant(f"{meant(arguments[1]).words} for each {meant(arguments[0]).words}")
    return _plain(hint)


def facts_in(hint: Any) -> Iterator[type]:
    """Every fact anywhere in an annotation, those inside of facts included."""
    if is_fact(hint):
        yield hint
        for inner in get_type_hints(hint, include_extras=True).values():
            yield from facts_in(inner)
    for inner in get_args(hint):
        yield from facts_in(inner)


def is_fact(hint: Any) -> bool:
    """Whether it is something written down whole, with fields of its own."""
    return isinstance(hint, type) and dataclasses.is_dataclass(hint)


def _plain(hint: Any) -> Meant:
    if hint in PLAIN:
        return Meant(PLAIN[hint])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Meant("one of " + ", ".join(f"`{member.value}`" for member in hint))
    name = str(getattr(hint, "__name__", hint))
    return Meant(name, fact=hint if is_fact(hint) else None)


def _annotated(hint: Any, marks: tuple[Any, ...]) -> Meant:
    found = meant(hint)
    sealed = next((m.category for m in reversed(marks) if isinstance(m, Personal)), found.sealed)
    sealed = "as the corrected field was" if sealed.startswith(".") else sealed
    return dataclasses.replace(found, words=found.words + _limits(marks), sealed=sealed)


def _limits(marks: tuple[Any, ...]) -> str:
    said = []
    for mark in marks:
        if isinstance(mark, Len) and mark.max_length == mark.min_length:
            said.append(f"exactly {mark.max_length}")
        elif isinstance(mark, Len):
            said.append(f"{mark.min_length} to {mark.max_length}")
        elif isinstance(mark, Ge):
            said.append(f"from {mark.ge}")
        elif isinstance(mark, Gt):
            said.append(f"above {mark.gt}")
        elif isinstance(mark, Le):
            said.append(f"to {mark.le}")
    return f" ({' '.join(said)})" if said else ""
