"""What a form mentions by a number or a name of ours: an event, a rule, a duty, a record. Offered in words instead of typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.pages.forms.choosing import FEW, Found
from api.pages.forms.typed import Typed
from api.pages.the_api import ApiRefused, TheApi
from api.pages.words import capital, day, label, moment
from domain.templates.catalogue import TEMPLATES
from projections.fact_words import named

Items = list[dict[str, str]]

EVENTS = {
    ("settle_concern", "settled.concern"): ("placement.concern_opened", "placement.concern_noticed"),
    ("approve_override", "request"): ("placement.override_requested",),
    ("decline_override", "request"): ("placement.override_requested",),
    ("approve_erasure", "request"): ("child.erasure_requested",),
    ("refuse_erasure", "request"): ("child.erasure_requested",),
    ("answer_rectification", "request"): ("child.rectification_requested",),
    ("lift_hold", "hold"): ("child.hold_placed",),
}
"""Fields that hold the number of an event of the same record, and the events that they may mean."""
OF_THE_RULES = ("request_override",)
"""Forms that offer the rules which stand in the way now."""
ONLY_CHOSEN = ("escalation.duty_id", "record_id", "also", "proposal.sites")
"""Fields that nobody could type: where nothing is found, the form says so."""
NOT_SAID = ("version", "decision")
"""What an event holds and nobody says is wrong."""

OPENS_A_REGISTER = "attendance.opened"
SAID_OF_SESSIONS = {
    "attendance.session_coded": ("code", "activity"),
    "attendance.sessions_reported": ("sessions",),
}
"""What a register says of sessions, and the fields of it that may be wrong. It is put right by saying it anew, so nothing corrects it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The form that asks: for which record, as it stands, and what was typed so far."""

    api: TheApi
    about: str
    record: dict[str, Any]
    typed: Typed


async def mentioned(
    api: TheApi, command: str, about: str, record: dict[str, Any], typed: Typed
) -> dict[str, Found]:
    """What to offer for such fields of a command, by their paths."""
    asked = Asked(api, about, record, typed)
    found = {path: await _events(asked, names) for (of, path), names in EVENTS.items() if of == command}
    if command in OF_THE_RULES:
        found["rules"] = _rules(record)
    found |= {path: await find(asked) for (of, path), find in OTHERS.items() if of == command}
    return {path: Found(items) for path, items in found.items() if items or path in ONLY_CHOSEN}


async def _events(asked: Asked, names: tuple[str, ...]) -> Items:
    return [
        {"value": str(row["version"]), "text": row["sentence"], "hint": moment(row["recorded_at"])}
        for row in reversed(await _rows(asked.api, f"{asked.about}/timeline"))
        if row["name"] in names and asked.about.endswith(row["record_id"])
    ]


def _rules(record: dict[str, Any]) -> Items:
    """The rules that stand in the way of something now, and that an emergency may set aside."""
    reasons = [reason for move in record.get("moves", ()) for reason in move["reasons"]]
    return [
        {"value": rule, "text": reason["message"], "hint": reason["source"]}
        for rule, reason in {one["rule"]: one for one in reasons if one["may_be_overridden"]}.items()
    ]


async def _missed(asked: Asked) -> Items:
    """The duties about a placement that are overdue."""
    id = asked.about.rpartition("/")[2]
    rows = await _rows(asked.api, "/due", placement_id=id, state=["overdue"], limit=FEW)
    return [
        {
            "value": row["duty_id"],
            "text": f"{_obligation(row)}, by {day(row['due_on'])}",
            "hint": f"{row['source']}; rule {row['rule']}",
        }
        for row in rows
    ]


def _obligation(row: dict[str, Any]) -> str:
    return capital(f"{row['because']}: {row['what']}")


async def _own_records(asked: Asked) -> Items:
    """A child's own record, the placements, and their registers."""
    own = {"value": asked.about.rpartition("/")[2], "text": "The child's own record", "hint": ""}
    registers = [
        {"value": row["record_id"], "text": row["sentence"], "hint": "The attendance register"}
        for row in await _rows(asked.api, f"{asked.about}/timeline")
        if row["name"] == OPENS_A_REGISTER
    ]
    return [own, *(_placement(row) for row in asked.record.get("placements", ())), *registers]


def _placement(row: dict[str, Any]) -> dict[str, str]:
    provider = row["provider_name"] or "no provider yet"
    return {"value": row["placement_id"], "text": f"Placement: {provider}", "hint": label(row["stage"])}


async def _entries(asked: Asked) -> Items:
    """The entries of the record that was chosen; of all of them, while none was."""
    chosen = asked.typed.one("record_id")
    rows = await _rows(asked.api, f"{asked.about}/timeline")
    return [
        {"value": str(row["version"]), "text": row["sentence"], "hint": moment(row["recorded_at"])}
        for row in reversed(rows)
        if row["record_id"] == (chosen or row["record_id"])
    ]


async def _fields(asked: Asked) -> Items:
    """The fields of the entry that was chosen."""
    chosen, version = asked.typed.one("record_id"), asked.typed.one("version")
    if not _is_id(chosen):
        return []
    for row in await _rows(asked.api, f"{asked.about}/timeline"):
        if row["record_id"] == chosen and str(row["version"]) == version and row["name"] in SAID_OF_SESSIONS:
            return [
                {"value": name, "text": named(name), "hint": ""} for name in SAID_OF_SESSIONS[row["name"]]
            ]
    plural = "children" if asked.about.endswith(chosen) else "placements"
    rows = await _rows(asked.api, f"/{plural}/{chosen}/correctable")
    values: dict[str, Any] = next((row["values"] for row in rows if str(row["version"]) == version), {})
    return [{"value": name, "text": named(name), "hint": ""} for name in values if name not in NOT_SAID]


async def _without_a_place(asked: Asked) -> Items:
    """Placements for which the provider is proposed, and that hold no place there yet."""
    id = asked.about.rpartition("/")[2]
    rows = await _rows(
        asked.api, "/placements", provider_id=id, stage=["needs_assessment", "suitability_check"], limit=50
    )
    return [
        {
            "value": row["placement_id"],
            "text": f"{row['given_names']} {row['family_name']}".strip() or "Name erased",
            "hint": label(row["stage"]),
        }
        for row in rows
    ]


async def _sites(asked: Asked) -> Items:
    """The sites of the provider that was chosen."""
    chosen = asked.typed.one("proposal.provider_id")
    if not _is_id(chosen):
        return []
    try:
        provider = await asked.api.get(f"/providers/{chosen}")
    except ApiRefused:
        return []
    return [{"value": name, "text": name, "hint": ""} for name in provider["sites"]]


async def _templates(asked: Asked) -> Items:
    return [{"value": name, "text": label(name), "hint": ""} for name in sorted(TEMPLATES)]


async def _rows(api: TheApi, path: str, **asked: Any) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = (await api.get(path, **asked))["rows"]
    except ApiRefused:
        return []
    return rows


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


OTHERS: dict[tuple[str, str], Callable[[Asked], Awaitable[Items]]] = {
    ("escalate", "escalation.duty_id"): _missed,
    ("propose_provider", "proposal.sites"): _sites,
    ("request_rectification", "record_id"): _own_records,
    ("request_rectification", "version"): _entries,
    ("request_rectification", "fields"): _fields,
    ("stop_placements", "also"): _without_a_place,
    ("tell", "template"): _templates,
}
"""Fields that mean something else of ours, and where it is found."""
