"""Understands what was typed as the body of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.words import LONDON, typed_today

NOTHING = object()


@dataclass(slots=True)
class Understood:
    """The body of the request, and what could not be understood, by the path of the field."""

    body: dict[str, Any]
    wrong: dict[str, str]


def understood(shape: Shape, typed: Typed) -> Understood:
    """What was typed, as the body that the schema asks for. What was left empty is left out."""
    wrong: dict[str, str] = {}
    body = _value(shape, "", typed, wrong)
    return Understood(body if isinstance(body, dict) else {}, wrong)


def path_of(path: str, name: str) -> str:
    """The path of a part."""
    return f"{path}.{name}" if path else name


def _value(shape: Shape, path: str, typed: Typed, wrong: dict[str, str]) -> Any:
    match shape.kind:
        case "group":
            found = {part.name: _value(part, path_of(path, part.name), typed, wrong) for part in shape.parts}
            said = {name: value for name, value in found.items() if value is not NOTHING}
            # What is needed is sent even empty, so that the answer names each part that is missing.
            return said if said or shape.required else NOTHING
        case "rows":
            row = Shape("", "group", "", parts=shape.parts)
            rows = [_value(row, f"{path}.{n}", typed, wrong) for n in range(typed.rows(path))]
            return [one for one in rows if one is not NOTHING] or NOTHING
        case "choices":
            return typed.all(path) or NOTHING
        case "texts":
            # One box with a line for each, or a box to tick for each.
            lines = "\n".join(typed.all(path)).split("\n")
            return [line.strip() for line in lines if line.strip()] or NOTHING
        case "pairs":
            return _pairs(path, typed, wrong)
        case "date":
            return _date(path, typed, wrong)
    text = typed.one(path).strip()
    return _simple(shape, text, path, wrong) if text else NOTHING


def _simple(shape: Shape, said: str, path: str, wrong: dict[str, str]) -> Any:
    try:
        match shape.kind:
            case "yes_no":
                return said == "yes"
            case "whole":
                return int(said)
            case "choice" if shape.of_numbers:
                return int(said)
            case "number":
                number = float(said.replace(",", ""))
                return int(number) if number.is_integer() and "." not in said else number
            case "moment":
                return _moment(said)
    except (ValueError, OverflowError):
        wrong[path] = {
            "whole": "Enter a whole number, such as 5",
            "choice": "Choose one of the answers",
            "number": "Enter a number, such as 12.5",
            "moment": f"Enter a day and a time, such as {typed_today()} 15:30",
        }[shape.kind]
        return NOTHING
    return said


def _moment(said: str) -> str:
    at = datetime.fromisoformat(said)
    return (at if at.tzinfo else at.replace(tzinfo=LONDON)).isoformat()


def _date(path: str, typed: Typed, wrong: dict[str, str]) -> Any:
    parts = [typed.one(f"{path}.{part}").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return NOTHING
    missing = [name for name, part in zip(("year", "month", "day"), parts, strict=True) if not part]
    if missing:
        wrong[path] = f"The date must include a {' and a '.join(reversed(missing))}"
        return NOTHING
    try:
        if len(parts[0]) != 4:
            raise ValueError(parts[0])
        return date(*(int(part) for part in parts)).isoformat()
    except (ValueError, OverflowError):
        wrong[path] = f"It must be a real date, such as {typed_today(in_boxes=True)}"
        return NOTHING


def _pairs(path: str, typed: Typed, wrong: dict[str, str]) -> Any:
    """Lines such as `present: 120`. A value that is a number, a list or true is taken as that, anything else as text."""
    found: dict[str, Any] = {}
    for line in filter(None, (line.strip() for line in typed.one(path).split("\n"))):
        name, colon, value = line.partition(":")
        if not name.strip() or not colon:
            wrong[path] = "Write one to a line: the name, a colon, and the value"
            return NOTHING
        try:
            found[name.strip()] = msgspec.json.decode(value.strip())
        except (msgspec.DecodeError, RecursionError):
            found[name.strip()] = value.strip()
    return found or NOTHING
