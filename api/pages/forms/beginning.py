"""Begins a form with what is known: a body, as somebody would have typed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import path_of

WRITTEN_WHOLE = {"write_plan": "plan"}
"""Commands that write a part of the file anew, and its name there: who changes one line of it need not type the others."""


def typed_anew(shape: Shape) -> Typed:
    """A form that nobody has filled in: what is taken where nothing is said, and one row where one is needed."""
    typed = Typed()
    _begin(shape, "", typed)
    return typed


def _begin(shape: Shape, path: str, typed: Typed) -> None:
    for part in shape.parts:
        at = path_of(path, part.name)
        if part.default:
            typed.texts[at] = [part.default]
        # What stands in a group that may be left out would say something of it.
        if part.kind == "group" and part.required:
            _begin(part, at, typed)
        elif part.kind == "rows" and part.required:
            typed.texts[f"{at}.rows"] = ["1"]


def as_it_stands(command: str, shape: Shape, record: Mapping[str, Any]) -> Typed:
    """For a command that writes something anew and whole: what is written already. Nothing for any other."""
    name = WRITTEN_WHOLE.get(command, "")
    return typed_from(shape, {name: record[name]}) if record.get(name) else Typed()


def typed_from(shape: Shape, body: Mapping[str, Any]) -> Typed:
    """A body as it would have been typed."""
    typed = Typed()
    _type(shape, "", body, typed)
    return typed


def _type(shape: Shape, path: str, value: Any, typed: Typed) -> None:
    if value is None:
        return
    if shape.kind == "group":
        for part in shape.parts:
            _type(part, path_of(path, part.name), value.get(part.name), typed)
    elif shape.kind == "rows":
        typed.texts[f"{path}.rows"] = [str(len(value))]
        row = Shape("", "group", "", parts=shape.parts)
        for n, one in enumerate(value):
            _type(row, f"{path}.{n}", one, typed)
    elif shape.kind == "date":
        for unit, text in zip(("year", "month", "day"), str(value).split("-"), strict=True):
            typed.texts[f"{path}.{unit}"] = [text]
    else:
        typed.texts[path] = _texts(shape, value)


def _texts(shape: Shape, value: Any) -> list[str]:
    match shape.kind:
        case "choices":
            return [str(one) for one in value]
        case "texts":
            return ["\n".join(str(one) for one in value)]
        case "pairs":
            return ["\n".join(f"{name}: {_value(one)}" for name, one in value.items())]
        case "yes_no":
            return ["yes" if value else "no"]
    return [str(value)]


def _value(one: Any) -> str:
    """As it is read again: a text that could be taken for a number stands in quotation marks."""
    if not isinstance(one, str):
        return msgspec.json.encode(one).decode()
    try:
        msgspec.json.decode(one)
    except msgspec.DecodeError:
        return one
    return msgspec.json.encode(one).decode()
