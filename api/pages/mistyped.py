"""Something typed into a filter that the API cannot read: it stays in its box with what is wrong, and the rest is shown without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.the_api import ApiRefused
from api.pages.words import typed_today

ENTER: dict[str, Callable[[], str]] = {
    "date": lambda: f"enter a real date, such as {typed_today()}",
    "number": lambda: "enter a whole number, such as 5",
}
OTHERWISE = {"end_before_beginning": "this lies before the beginning"}
"""What is wrong with something that could be read, by the code of the reason."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box into which somebody types a day (`date`) or a number."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mistyped:
    """What stands in a box, and what is wrong with it."""

    typed: str
    said: str


def mistyped(refused: ApiRefused, boxes: Iterable[Box], typed: Mapping[str, Any]) -> dict[str, Mistyped]:
    """What was wrong in which box; nothing where anything else is wrong as well, which no box could say."""
    of = {box.name: box for box in boxes if box.kind in ENTER}
    named = {reason.get("field"): OTHERWISE.get(reason["code"], "") for reason in refused.reasons}
    if refused.status != 400 or not named or not named.keys() <= of.keys():
        return {}
    return {
        name: Mistyped(_text(typed.get(name)), f"{box.label}: {named[name] or ENTER[box.kind]()}.")
        for name, box in of.items()
        if name in named
    }


def _text(typed: Any) -> str:
    return " ".join(typed) if isinstance(typed, list) else str(typed or "")
