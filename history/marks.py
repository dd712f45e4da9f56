"""Finds where in an event the personal words lie: once for each class, by the marks in its annotations."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from functools import cache
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from domain.personal import Personal
from history.shapes import CATEGORIES, Choice, Fields, Items, Row, Shape, Text, Values

KEYS_OF_DICTS = (str, int, UUID, date)
"""Their text is the same in the event, in JSON and after reading, so that a path stays what it was."""


class CannotBeSealed(TypeError):
    """A mark stands where words cannot be sealed."""

    def __init__(self, hint: Any) -> None:
        super().__init__(f"{hint}: only text can be sealed, in structs, dataclasses, tuples, lists and dicts")


def shape_of(kind: type) -> Fields | None:
    """The shape of a class, or none when it has no personal words.

    Raises CannotBeSealed, so that no word is ever stored in the clear by mistake.
    """
    shape = _fields_of(kind)
    return shape if shape.fields else None


@cache
def _fields_of(kind: type) -> Fields:
    if issubclass(kind, msgspec.Struct):
        stored = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
        shape = Fields(kind, [], msgspec.structs.force_setattr, _copy_of_struct)
    else:
        stored = {field.name: field.name for field in dataclasses.fields(cast(Any, kind))}
        shape = Fields(kind, [], object.__setattr__, _copy_of_dataclass)
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if name in stored and (inner := _shape(hint)):
            shape.fields.append((name, b"." + stored[name].encode(), inner))
    return shape


def _shape(hint: Any) -> Shape | None:
    """The shape that an annotation describes, or none when it has no personal words."""
    hint = _meant(hint)
    if _has_fields(hint):
        return shape_of(hint)
    return _marked_shape(hint, get_origin(hint), get_args(hint)) if _marked(hint) else None


def _marked_shape(hint: Any, origin: Any, arguments: tuple[Any, ...]) -> Shape:
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, Personal)]
        return _text(arguments[0], marks[-1]) if marks else _certain(arguments[0])
    if origin in (Union, types.UnionType):
        return Choice(dict(_told_apart(choice) for choice in arguments if _marked(choice)))
    if origin is list or (origin is tuple and arguments[1:] == (...,)):
        return Items(_certain(arguments[0]))
    if origin is tuple:
        return Row([_shape(place) for place in arguments])
    if origin is dict and arguments[0] in KEYS_OF_DICTS:
        return Values(_certain(arguments[1]))
    raise CannotBeSealed(hint)


def _certain(hint: Any) -> Shape:
    shape = _shape(hint)
    if shape is None:
        raise CannotBeSealed(hint)
    return shape


def _text(hint: Any, mark: Personal) -> Text:
    if hint is not str and set(get_args(hint)) != {str, types.NoneType}:
        raise CannotBeSealed(hint)
    if mark.category not in CATEGORIES and not mark.category.startswith("."):
        raise ValueError(f"{mark.category} is no category of personal data")
    return Text(mark.category)


def _told_apart(hint: Any) -> tuple[type, Shape]:
    """The class by which one of several choices is known, with its shape."""
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else _meant(hint)
    kind = get_origin(bare) or bare
    if not isinstance(kind, type):
        raise CannotBeSealed(hint)
    return kind, _certain(hint)


def _marked(hint: Any) -> bool:
    """Whether there is a mark anywhere below an annotation, even where words cannot be sealed."""
    hint = _meant(hint)
    if isinstance(hint, Personal):
        return True
    if get_args(hint):
        return any(map(_marked, (get_origin(hint), *get_args(hint))))
    if _has_fields(hint):
        return shape_of(hint) is not None
    return isinstance(hint, type) and any(map(_marked, get_type_hints(hint, include_extras=True).values()))


def _has_fields(hint: Any) -> bool:
    return isinstance(hint, type) and (issubclass(hint, msgspec.Struct) or dataclasses.is_dataclass(hint))


def _meant(hint: Any) -> Any:
    """What a named type stands for."""
    while named := getattr(hint, "__value__", None) or getattr(hint, "__supertype__", None):
        hint = named
    return hint


def _copy_of_struct(value: Any) -> Any:
    return value.__copy__()


def _copy_of_dataclass(value: Any) -> Any:
    # Without __init__: what it checks was checked when the event was made, and a token need not pass.
    new = object.__new__(type(value))
    for field in dataclasses.fields(value):
        object.__setattr__(new, field.name, getattr(value, field.name))
    return new
