"""What a form asks for, as a tree made from the JSON Schema of a command's body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from api.moves_on_offer import schema_of
from api.pages.forms.wording import asks
from projections.fact_words import answer_in_words

Kind = Literal[
    "text",
    "long_text",
    "date",
    "moment",
    "whole",
    "number",
    "yes_no",
    "choice",
    "choices",
    "id",
    "texts",
    "group",
    "rows",
    "pairs",
]
LINE = 200
"""Characters; what may be longer gets a box of several lines."""
NOT_ASKED = frozenset({"known_at", "successor_id"})
"""What the page knows by itself, the position that it showed, and what nobody has to choose, the id of a record to come."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing to fill in. `parts` are what a group holds, or each row; `of` is a choice's values.

    `default` is what is taken where nothing is said.
    """

    name: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    of: tuple[str, ...] = ()
    of_numbers: bool = False
    parts: tuple[Shape, ...] = ()
    longest: int | None = None
    most: int | None = None
    default: str = ""

    def in_words(self, value: str) -> str:
        """One value of a choice, as it is read."""
        return answer_in_words(self.name, value)


@cache
def shape_of(command: str) -> Shape:
    """The form of a command. Raises KeyError where there is no such command."""
    return shape_from(schema_of(command))


def shape_from(schema: Mapping[str, Any], name: str = "", required: bool = True) -> Shape:
    """The form of anything that a JSON Schema describes."""
    return _shape(name, schema, schema.get("$defs", {}), required)


def _shape(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any], required: bool) -> Shape:
    sentence, default = schema.get("description", ""), schema.get("default")
    schema, nullable = _resolved(schema, defs)
    kind, more = _kind(schema, defs)
    if kind in ("rows", "choices", "texts"):
        # A list that is left empty is left out: it is needed where it may not be empty.
        required = schema.get("minItems", 0) > 0
    question, hint = asks(name, kind, sentence or schema.get("description", ""))
    return Shape(
        name, kind, question, hint, required and not nullable, default=_default(kind, default), **more
    )


def _default(kind: Kind, value: Any) -> str:
    """What stands in the box already."""
    if kind == "yes_no" and isinstance(value, bool):
        return "yes" if value else "no"
    if kind in ("choice", "whole", "number", "text") and value is not None:
        return str(value)
    return ""


def _kind(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> tuple[Kind, dict[str, Any]]:
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        numbers = all(isinstance(value, int) for value in values)
        return "choice", {"of": tuple(str(value) for value in values), "of_numbers": numbers}
    match schema.get("type"):
        case "object" if "properties" in schema:
            return "group", {"parts": _parts(schema, defs)}
        case "object":
            return "pairs", {}
        case "array":
            return _list(schema, defs)
        case "boolean":
            return "yes_no", {}
        case "integer":
            return "whole", {}
        case "number":
            return "number", {}
    return _text(schema), {"longest": schema.get("maxLength")}


def _text(schema: Mapping[str, Any]) -> Kind:
    named: dict[str | None, Kind] = {"date": "date", "date-time": "moment", "uuid": "id"}
    if found := named.get(schema.get("format")):
        return found
    return "long_text" if schema.get("maxLength", 0) > LINE else "text"


def _list(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> tuple[Kind, dict[str, Any]]:
    one = _shape("", schema.get("items", {}), defs, required=False)
    most = {"most": schema.get("maxItems")}
    if one.kind == "choice":
        return "choices", {"of": one.of}
    if one.kind == "group":
        return "rows", {"parts": one.parts, **most}
    # A list of texts, ids or days: one a line.
    return "texts", {"parts": (one,), **most}


def _parts(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> tuple[Shape, ...]:
    required = schema.get("required", ())
    found = [
        _shape(name, part, defs, name in required)
        for name, part in schema["properties"].items()
        if name not in NOT_ASKED
    ]
    # What has to be said first, and the grounds of the decision last.
    return tuple(sorted(found, key=lambda part: part.name == "decision"))


def _resolved(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """The schema behind a reference or an "or nothing", and whether nothing may be said."""
    nullable = False
    while True:
        if "$ref" in schema:
            schema = defs[schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            kinds = [one for one in schema["anyOf"] if one.get("type") != "null"]
            nullable = nullable or len(kinds) < len(schema["anyOf"])
            # A whole number or any number: any number.
            schema = kinds[-1]
        else:
            return schema, nullable
