"""The parts of an event that have personal words in them, and how to turn each word into another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, get_args

from domain.personal import Category

Turn = Callable[[str, str, bytes], str]
"""Turns one text into another, given its category and its path."""

CATEGORIES = frozenset(get_args(Category))


class Shape(Protocol):
    """A part of an event that has personal words in it."""

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        """The value with its words turned: a changed copy, or the value itself changed in place."""


@dataclass(slots=True)
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


@dataclass(slots=True)
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


@dataclass(slots=True)
class Items:
    """A tuple or a list whose items have one shape."""

    item: Shape

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        after = [
            self.item.turn(item, owner, b"%b.%d" % (path, i), turn, copying) for i, item in enumerate(value)
        ]
        if all(new is old for new, old in zip(after, value, strict=True)):
            return value
        return tuple(after) if isinstance(value, tuple) else after


@dataclass(slots=True)
class Row:
    """A tuple in which each place has a shape of its own, or none."""

    places: list[Shape | None]

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        return tuple(
            item if shape is None else shape.turn(item, owner, b"%b.%d" % (path, i), turn, copying)
            for i, (item, shape) in enumerate(zip(value, self.places, strict=True))
        )


@dataclass(slots=True)
class Values:
    """A dict whose values have one shape."""

    value: Shape

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        return {
            key: self.value.turn(item, owner, b"%b.%b" % (path, str(key).encode()), turn, copying)
            for key, item in value.items()
        }


@dataclass(slots=True)
class Choice:
    """One of several things, told apart by their class; often something or nothing."""

    shapes: dict[type, Shape]

    def turn(self, value: Any, owner: Any, path: bytes, turn: Turn, copying: bool) -> Any:
        shape = self.shapes.get(type(value))
        return value if shape is None else shape.turn(value, owner, path, turn, copying)
