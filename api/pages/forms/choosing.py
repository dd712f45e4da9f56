"""Which record is meant: found by name among those that the person may know of, instead of typed as an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import path_of
from api.pages.the_api import ApiRefused, TheApi
from api.pages.words import day, label
from projections.fact_words import answer_in_words

FEW = 25
"""Records that are offered at once; among more, a part of the name has to be typed."""


@dataclass(frozen=True, slots=True)
class Register:
    """A list of the API in which records are found by name. `kinds`: those of which kind, where not all fit."""

    address: str
    id: str
    name: tuple[str, ...]
    more: str = ""
    kinds: tuple[str, ...] = ()


PROVIDERS = Register("/providers", "provider_id", ("name",), "setting_type")
CHILDREN = Register("/children", "child_id", ("given_names", "family_name"), "born_on")
PLACEMENTS = Register("/placements", "placement_id", ("given_names", "family_name"), "provider_name")
AGREEMENTS = Register("/agreements", "agreement_id", ("provider_name",), "starts_on")


def _organisations(*kinds: str) -> Register:
    return Register("/organisations", "organisation_id", ("name",), "kind", kinds)


COMMISSIONERS = _organisations("local_authority", "school", "trust")
SCHOOLS = _organisations("school")
AUTHORITIES = _organisations("local_authority")

REGISTERS = {
    "provider_id": PROVIDERS,
    "interim_provider_id": PROVIDERS,
    "successor_provider_id": PROVIDERS,
    "child_id": CHILDREN,
    "placement_id": PLACEMENTS,
    "agreement_id": AGREEMENTS,
    "on_behalf_of": COMMISSIONERS,
    "commissioner_id": COMMISSIONERS,
    "authority_id": AUTHORITIES,
    "home_school_id": SCHOOLS,
    "school_id": SCHOOLS,
    "to_school_id": SCHOOLS,
    "organisation_id": _organisations(),
}
"""Fields that name a record, and where it is found. What is neither here nor in `mentioned.py` is typed."""
OF_A_KIND = {
    "placement": PLACEMENTS,
    "child": CHILDREN,
    "provider": PROVIDERS,
    "organisation": REGISTERS["organisation_id"],
}
"""Where a record is found whose kind is asked for beside it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is offered for one field."""

    items: list[dict[str, str]]
    more: bool = False
    """Whether there are more, so that a longer part of the name has to be typed."""


async def choices(api: TheApi, shape: Shape, typed: Typed) -> dict[str, Found]:
    """What to offer for every field of a form that names a record, by the field's path."""
    asked: dict[tuple[Register, str], Found] = {}
    offered = {}
    for path, register in _fields(shape, "", typed):
        name = typed.one(f"{path}.find").strip()
        # Twenty rows of a form need not ask twenty times for the same names.
        if (register, name) not in asked:
            asked[register, name] = await _named(api, register, name)
        offered[path] = await _with_chosen(api, register, asked[register, name], typed.one(path))
    return offered


def _fields(shape: Shape, path: str, typed: Typed) -> list[tuple[str, Register]]:
    if shape.kind == "id":
        register = REGISTERS.get(shape.name) or _of_the_kind(path, typed)
        return [(path, register)] if register else []
    if shape.kind == "group":
        return [found for part in shape.parts for found in _fields(part, path_of(path, part.name), typed)]
    if shape.kind == "rows":
        row = Shape("", "group", "", parts=shape.parts)
        return [found for n in range(typed.rows(path)) for found in _fields(row, f"{path}.{n}", typed)]
    return []


def _of_the_kind(path: str, typed: Typed) -> Register | None:
    """For an id beside the question of which kind of record it is: placements, as long as nothing else was said."""
    group, _, name = path.rpartition(".")
    return OF_A_KIND.get(typed.one(f"{group}.kind") or "placement") if group and name == "id" else None


async def _named(api: TheApi, register: Register, name: str) -> Found:
    items: list[dict[str, str]] = []
    more = False
    for kind in register.kinds or ("",):
        found = await api.get(register.address, name=name, kind=kind, limit=FEW)
        items += [_item(register, row) for row in found["rows"]]
        more = more or found["next"] is not None
    if len({item["hint"] for item in items}) == 1:
        # What all have in common tells nobody which is which.
        items = [{**item, "hint": ""} for item in items]
    return Found(items, more)


async def _with_chosen(api: TheApi, register: Register, found: Found, chosen: str) -> Found:
    """The record that is chosen already is offered too, when it is not among those of the name that was looked for."""
    if not chosen or chosen in {item["value"] for item in found.items}:
        return found
    try:
        record = await api.get(f"{register.address}/{UUID(chosen)}")
    except (ApiRefused, ValueError):
        return found
    name = record.get("name") or (record.get("child") or record.get("provider") or {}).get("name")
    item = {"value": chosen, "text": str(name or "Name erased"), "hint": ""}
    return Found([item, *found.items], found.more)


def _item(register: Register, row: dict[str, Any]) -> dict[str, str]:
    name = " ".join(str(row[part]) for part in register.name if row[part])
    return {"value": row[register.id], "text": name or "Name erased", "hint": _hint(row.get(register.more))}


def _hint(value: Any) -> str:
    text = str(value or "")
    try:
        return day(text) if text else ""
    except ValueError:
        return label(text) if text.islower() else answer_in_words("setting_type", text)
