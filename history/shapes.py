"""Where in an event the personal words lie. Worked out once for each class, from the annotations of its fields."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Annotated, Any, NoReturn, Protocol, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from domain.personal import Category, Personal

Turn = Callable[[str, str, bytes], str]
"""Turns one text into another, given its category and its path."""

CATEGORIES = frozenset(get_args(Category))
KEYS_OF_DICTS = (str, int, UUID, date)
"""Their text is the same in the event, in JSON and after reading, so that a path stays what it was."""


class Shape(Protocol):
    """A part of an event that has personal words in it."""

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        """The value with its words turned: a changed copy, or the value itself changed in place."""


def shape_of(kind: type) -> Fields | None:
    """The shape of a class, or none when it has no personal words.

    Raises TypeError when a mark stands where words cannot be sealed, so that no word is ever stored in the clear by mistake.
    """
    shape = _fields_of(kind)
    return shape if shape.fields else None


@dataclasses.dataclass(slots=True)
class Text:
    """A text marked as personal."""

    category: str

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        # Nothing said is nothing to hide; and it keeps fields at their default out of the stored bytes.
        if not value:
            return value
        category = getattr(owner, self.category[1:]) if self.category[0] == "." else self.category
        if category not in CATEGORIES:
            raise ValueError(f"{category} is no category of personal data")
        return turn(value, category, path)


@dataclasses.dataclass(slots=True)
class Fields:
    """A struct or a dataclass. A path is made of stored names, so that an attribute may be renamed."""

    kind: type
    fields: list[tuple[str, bytes, Shape]]
    put: Callable[[Any, str, Any], None]
    copy: Callable[[Any], Any]

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        if type(value) is not self.kind:
            raise TypeError(f"a {type(value).__name__} stands where a {self.kind.__name__} belongs")
        turned = value
        for name, step, shape in self.fields:
            before = getattr(value, name)
            if not before:
                continue
            after = shape.turn(before, value, path + step, turn, copying)
            if after is not before:
                if copying and turned is value:
                    turned = self.copy(value)
                self.put(turned, name, after)
        return turned


@dataclasses.dataclass(slots=True)
class Items:
    """A tuple or a list whose items have one shape."""

    item: Shape

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        after = [self.item.turn(item, owner, b"%b.%d" % (path, i), turn, copying) for i, item in enumerate(value)]
        if all(new is old for new, old in zip(after, value, strict=True)):
            return value
        return tuple(after) if isinstance(value, tuple) else after


@dataclasses.dataclass(slots=True)
class Row:
    """A tuple in which each place has a shape of its own, or none."""

    places: list[Shape | None]

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        return tuple(
            item if shape is None else shape.turn(item, owner, b"%b.%d" % (path, i), turn, copying)
            for i, (item, shape) in enumerate(zip(value, self.places, strict=True))
        )


@dataclasses.dataclass(slots=True)
class Values:
    """A dict whose values have one shape."""

    value: Shape

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        return {
            key: self.value.turn(item, owner, b"%b.%b" % (path, str(key).encode()), turn, copying)
            for key, item in value.items()
        }


@dataclasses.dataclass(slots=True)
class Choice:
    """One of several things, told apart by their class; often something or nothing."""

    shapes: dict[type, Shape]

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        shape = self.shapes.get(type(value))
        return value if shape is None else shape.turn(value, owner, path, turn, copying)


@cache
def _fields_of(kind: type) -> Fields:
    if issubclass(kind, msgspec.Struct):
        stored = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
        shape = Fields(kind, [], msgspec.structs.force_setattr, _copy_of_struct)
    elif dataclasses.is_dataclass(kind):
        stored = {field.name: field.name for field in dataclasses.fields(kind)}
        shape = Fields(kind, [], object.__setattr__, _copy_of_dataclass)
    else:
        _refuse(kind)
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if name in stored and (inner := _shape(hint)):
            shape.fields.append((name, b"." + stored[name].encode(), inner))
    return shape


def _shape(hint: Any) -> Shape | None:
    """The shape that an annotation describes, or none when it has no personal words."""
    hint = _meant(hint)
    if isinstance(hint, type) and (issubclass(hint, msgspec.Struct) or dataclasses.is_dataclass(hint)):
        return shape_of(hint)
    if not _marked(hint):
        return None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, Personal)]
        return _text(hint, arguments[0], marks[-1]) if marks else _shape(arguments[0])
    if origin in (Union, types.UnionType):
        return _choice(arguments)
    if origin is list or (origin is tuple and arguments[1:] == (...,)):
        return Items(_shape(arguments[0]) or _refuse(hint))
    if origin is tuple:
        return Row([_shape(place) for place in arguments])
    if origin is dict and arguments[0] in KEYS_OF_DICTS:
        return Values(_shape(arguments[1]) or _refuse(hint))
    _refuse(hint)


def _text(hint: Any, marked: Any, mark: Personal) -> Text:
    if marked is not str and set(get_args(marked)) != {str, type(None)}:
        _refuse(hint)
    if mark.category not in CATEGORIES and not mark.category.startswith("."):
        raise TypeError(f"{mark.category} is no category of personal data")
    return Text(mark.category)


def _choice(hints: tuple[Any, ...]) -> Shape:
    shapes = {}
    for hint in hints:
        if shape := _shape(hint):
            bare = get_args(hint)[0] if get_origin(hint) is Annotated else _meant(hint)
            kind = get_origin(bare) or bare
            shapes[kind if isinstance(kind, type) else _refuse(hint)] = shape
    return Choice(shapes)


def _marked(hint: Any) -> bool:
    """Whether personal words lie anywhere below an annotation, in a shape that can be sealed or not."""
    hint = _meant(hint)
    if isinstance(hint, Personal):
        return True
    if get_args(hint):
        return any(map(_marked, (get_origin(hint), *get_args(hint))))
    if not isinstance(hint, type):
        return False
    if issubclass(hint, msgspec.Struct) or dataclasses.is_dataclass(hint):
        return shape_of(hint) is not None
    return any(map(_marked, get_type_hints(hint, include_extras=True).values())) if hint.__dict__.get("__annotations__") else False


def _meant(hint: Any) -> Any:
    """What a named type stands for."""
    while named := getattr(hint, "__value__", None) or getattr(hint, "__supertype__", None):
        hint = named
    return hint


def _refuse(hint: Any) -> NoReturn:
    raise TypeError(f"personal words cannot be sealed in {hint}: only in text, in structs, dataclasses, tuples, lists and dicts")


def _copy_of_struct(value: Any) -> Any:
    return value.__copy__()


def _copy_of_dataclass(value: Any) -> Any:
    # Without __init__: what it checks was checked when the event was made, and a token need not pass.
    new = object.__new__(type(value))
    for field in dataclasses.fields(value):
        object.__setattr__(new, field.name, getattr(value, field.name))
    return new
