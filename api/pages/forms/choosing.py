"""Which record is meant: found by name among those that the person may know of, instead of typed as an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import path_of
from api.pages.the_api import TheApi

FEW = 25
"""Records that are offered at once; among more, a part of the name has to be typed."""


@dataclass(frozen=True, slots=True)
class Register:
    """A list of the API in which records are found by name."""

    address: str
    id: str
    name: tuple[str, ...]
    more: str = ""


PROVIDERS = Register("/providers", "provider_id", ("name",), "setting_type")
ORGANISATIONS = Register("/organisations", "organisation_id", ("name",), "kind")
CHILDREN = Register("/children", "child_id", ("given_names", "family_name"), "born_on")
AGREEMENTS = Register("/agreements", "agreement_id", ("provider_name",), "starts_on")

REGISTERS = {
    "provider_id": PROVIDERS,
    "successor_provider_id": PROVIDERS,
    "child_id": CHILDREN,
    "agreement_id": AGREEMENTS,
    "on_behalf_of": ORGANISATIONS,
    "commissioner_id": ORGANISATIONS,
    "authority_id": ORGANISATIONS,
    "home_school_id": ORGANISATIONS,
    "school_id": ORGANISATIONS,
    "organisation_id": ORGANISATIONS,
}
"""Fields that name a record, and where it is found. What is not here is typed."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is offered for one field."""

    items: list[dict[str, str]]
    more: bool
    """Whether there are more, so that a longer part of the name has to be typed."""


async def choices(api: TheApi, shape: Shape, typed: Typed) -> dict[str, Found]:
    """What to offer for every field of a form that names a record, by the field's path."""
    return {
        path: await _offered(api, REGISTERS[part.name], path, typed)
        for path, part in _fields(shape, "", typed)
    }


def _fields(shape: Shape, path: str, typed: Typed) -> list[tuple[str, Shape]]:
    if shape.kind == "id":
        return [(path, shape)] if shape.name in REGISTERS else []
    if shape.kind == "group":
        return [found for part in shape.parts for found in _fields(part, path_of(path, part.name), typed)]
    if shape.kind == "rows":
        row = Shape("", "group", "", parts=shape.parts)
        return [found for n in range(typed.rows(path)) for found in _fields(row, f"{path}.{n}", typed)]
    return []


async def _offered(api: TheApi, register: Register, path: str, typed: Typed) -> Found:
    found = await api.get(register.address, name=typed.one(f"{path}.find").strip(), limit=FEW)
    items = [_item(register, row) for row in found["rows"]]
    chosen = typed.one(path)
    if chosen and chosen not in {item["value"] for item in items}:
        items.append({"value": chosen, "text": typed.one(f"{path}.said") or chosen, "hint": ""})
    return Found(items, found["next"] is not None)


def _item(register: Register, row: dict[str, Any]) -> dict[str, str]:
    hint = str(row.get(register.more) or "").replace("_", " ")
    name = " ".join(str(row[part]) for part in register.name if row[part])
    return {"value": row[register.id], "text": name or "Name erased", "hint": hint}
