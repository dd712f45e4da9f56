"""What was typed, as somebody reads it before sending it: a list of questions and answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import path_of
from api.pages.words import day, label, moment


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer. `under` is the heading that it stands under, empty for the form's own questions."""

    path: str
    under: str
    question: str
    answer: str


def answers(shape: Shape, body: dict[str, Any], names: dict[str, str]) -> list[Answered]:
    """Every question that was answered. `names`: what records that are meant are called, by the path of the field."""
    return list(_answers(shape, "", body, "", names))


def _answers(shape: Shape, path: str, value: Any, under: str, names: dict[str, str]) -> Iterator[Answered]:
    if value is None:
        return
    if shape.kind == "group":
        heading = ": ".join(filter(None, (under, shape.label)))
        for part in shape.parts:
            yield from _answers(part, path_of(path, part.name), value.get(part.name), heading, names)
    elif shape.kind == "rows":
        for n, one in enumerate(value):
            row = Shape("", "group", f"{shape.label} {n + 1}", parts=shape.parts)
            yield from _answers(row, f"{path}.{n}", one, under, names)
    else:
        yield Answered(path, under, shape.label, names.get(path) or _said(shape, value))


def _said(shape: Shape, value: Any) -> str:
    match shape.kind:
        case "date":
            return day(value)
        case "moment":
            return moment(value)
        case "choice":
            return shape.in_words(str(value))
        case "choices":
            return "\n".join(shape.in_words(str(one)) for one in value)
        case "texts":
            return "\n".join(str(one) for one in value)
        case "pairs":
            return "\n".join(f"{label(name)}: {one}" for name, one in value.items())
        case "yes_no":
            return "Yes" if value else "No"
    return str(value)


def names_of(shape: Shape, typed: Typed, offered: dict[str, Any]) -> dict[str, str]:
    """What the chosen records are called, by the path of the field."""
    return {
        path: "\n".join(item["text"] for item in found.items if item["value"] in typed.all(path))
        for path, found in offered.items()
    }
