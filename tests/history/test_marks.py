"""A word that is marked as personal is sealed, or the mark is refused: none is stored in the clear by mistake."""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Generic, NamedTuple, NewType, TypedDict, TypeVar
from uuid import UUID

import msgspec
import pytest
from annotated_types import Len

from domain.personal import Personal, Words
from history.marks import CannotBeSealed, shape_of

T = TypeVar("T")
Renamed = NewType("Renamed", Words)


class InATuple(NamedTuple):
    """A named tuple with a word."""

    words: Words


class InADict(TypedDict):
    """A typed dict with a word."""

    words: Words


class InAGeneric(msgspec.Struct, Generic[T]):
    """A generic struct with a word."""

    other: T
    words: Words = ""


class Plain:
    """A class that JSON knows nothing of."""

    words: Words


class Colour(Enum):
    """No words here."""

    RED = "red"


@dataclass
class WithoutWords:
    """A dataclass without a mark."""

    text: str
    colour: Colour
    ids: dict[UUID, tuple[int, ...]]
    long: Annotated[str, Len(1, 10)] | None = None
    anything: Any = None


def struct_with(hint: Any) -> type[msgspec.Struct]:
    return msgspec.defstruct("Struct", [("field", hint)])


@pytest.mark.parametrize(
    "hint",
    [
        set[Words],
        frozenset[Words],
        dict[Words, int],
        dict[Colour, Words],
        Annotated[int, Personal("health")],
        Annotated[tuple[str, ...], Personal("health")],
        Annotated[str | int, Personal("health")],
        InATuple,
        tuple[InATuple, ...],
        InADict,
        InADict | None,
        InAGeneric[int],
        Plain,
        list[set[Words]],
    ],
)
def test_a_mark_where_words_cannot_be_sealed_is_refused(hint: Any) -> None:
    with pytest.raises(CannotBeSealed):
        shape_of(struct_with(hint))


@pytest.mark.parametrize(
    "hint",
    [
        Words,
        Words | None,
        Annotated[str | None, Personal("health")],
        Annotated[Words, Len(1, 5)],
        tuple[Words, ...],
        Annotated[tuple[Words, ...], Len(1)],
        tuple[int, Words],
        list[dict[str, tuple[Words | None, ...]]],
        Renamed,
        tuple[Words, ...] | None,
    ],
)
def test_a_mark_in_every_other_place_is_found(hint: Any) -> None:
    shape = shape_of(struct_with(hint))

    assert shape is not None
    assert [name for name, _, _ in shape.fields] == ["field"]


def test_a_class_without_marks_has_nothing_to_seal() -> None:
    assert shape_of(WithoutWords) is None
    assert shape_of(struct_with(WithoutWords)) is None


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(ValueError, match="no category"):
        shape_of(struct_with(Annotated[str, Personal("hobbies")]))


def test_words_of_a_subclass_are_not_stored_in_the_clear() -> None:
    class Known(msgspec.Struct, frozen=True):
        words: Words

    class More(Known, frozen=True):
        more_words: Words = "in the clear"

    holder: Any = struct_with(Known)
    shape = shape_of(holder)
    assert shape is not None
    event = holder(More(words="one"))
    with pytest.raises(TypeError, match="a More stands where a Known belongs"):
        shape.turn(event, None, b"", lambda text, category, path: text, True)
