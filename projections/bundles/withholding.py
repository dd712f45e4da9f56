"""Leaves words of some kinds out of a bundle. Their seals stay in the stored bytes, closed, so that everything is proved as before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from domain.events import Event
from domain.personal import Category
from domain.retention import EVERY
from history.marks import shape_of
from projections.telling import Happened

WITHHELD = "[withheld]"
"""What is read in place of words that are left out."""
FILE = "withheld.txt"
"""The file that says which kinds of words are left out, one a line; it is not there where none are."""


def withheld(happened: Iterable[Happened], without: Collection[Category]) -> list[Happened]:
    """The events without words of these kinds."""
    return [one._replace(event=_without(one.event, without)) for one in happened]


def file_of(without: Collection[Category]) -> dict[str, bytes]:
    """The file that says so."""
    named = [category for category in EVERY if category in without]
    return {FILE: "".join(f"{category}\n" for category in named).encode()} if named else {}


def _without(event: Any, without: Collection[Category]) -> Any:
    shape = shape_of(type(event)) if isinstance(event, Event) else None
    if shape is None:
        return event

    def turn(text: str, category: str, path: bytes) -> str:
        return WITHHELD if category in without else text

    return shape.turn(event, None, b"", turn, True)
