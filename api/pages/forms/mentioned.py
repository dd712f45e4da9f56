"""What a form mentions by a number or a name of ours: an event of the record, a rule. Offered in words instead of typed."""

from __future__ import annotations

from typing import Any

from api.pages.forms.choosing import Found
from api.pages.the_api import ApiRefused, TheApi
from api.pages.words import moment

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


async def mentioned(api: TheApi, command: str, about: str, record: dict[str, Any]) -> dict[str, Found]:
    """What to offer for such fields of a command, by their paths."""
    paths = {path: names for (of, path), names in EVENTS.items() if of == command}
    found = {path: Found(await _events(api, about, names)) for path, names in paths.items()}
    if command in OF_THE_RULES:
        found["rules"] = Found(_rules(record))
    return {path: offered for path, offered in found.items() if offered.items}


async def _events(api: TheApi, about: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        rows = (await api.get(f"{about}/timeline"))["rows"]
    except ApiRefused:
        return []
    return [
        {"value": str(row["version"]), "text": row["sentence"], "hint": moment(row["recorded_at"])}
        for row in reversed(rows)
        if row["name"] in names and about.endswith(row["record_id"])
    ]


def _rules(record: dict[str, Any]) -> list[dict[str, str]]:
    """The rules that stand in the way of something now, and that an emergency may set aside."""
    reasons = [reason for move in record.get("moves", ()) for reason in move["reasons"]]
    return [
        {"value": rule, "text": reason["message"], "hint": reason["source"]}
        for rule, reason in {one["rule"]: one for one in reasons if one["may_be_overridden"]}.items()
    ]
