"""What others changed while a form was open: each field as it was when the form was opened, and as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.pages.the_api import ApiRefused, TheApi
from api.pages.words import day
from projections.fact_words import answer_in_words, named


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of the record, in words."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Both versions, and the events between them."""

    fields: tuple[ChangedField, ...] = ()
    events: tuple[dict[str, Any], ...] = ()


async def changed_meanwhile(api: TheApi, about: str, seen: str) -> ChangedMeanwhile:
    """What happened to a record since a position. Nothing where the API does not say, as for a kind that has no such answer."""
    if not seen.isdecimal():
        return ChangedMeanwhile()
    try:
        found = await api.get(f"{about}/changes", **{"from": seen})
    except ApiRefused:
        return ChangedMeanwhile()
    fields = tuple(
        ChangedField(name, "\n".join(_lines(one.get("before"))), "\n".join(_lines(one.get("value"))))
        for one in found["changes"]
        if (name := _name(one["path"]))
    )
    return ChangedMeanwhile(fields, tuple(found["events"]))


def _name(pointer: str) -> str:
    steps = [step for step in pointer.split("/") if step and step != "-"]
    words = [str(int(step) + 1) if step.isdecimal() else named(step) for step in steps]
    return ", ".join(words[:1] + [word[:1].lower() + word[1:] for word in words[1:]])


def _lines(value: Any, name: str = "") -> Iterator[str]:
    """A value of a record as lines that can be read."""
    if isinstance(value, dict):
        for key, one in value.items():
            for line in _lines(one, key):
                yield line if isinstance(one, dict | list) else f"{named(key)}: {line}"
    elif isinstance(value, list):
        for one in value:
            yield from _lines(one, name)
    elif value not in (None, ""):
        yield _said(value, name)


def _said(value: Any, name: str) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    try:
        return day(text)
    except ValueError:
        return answer_in_words(name, text) if text.isascii() and " " not in text else text
