"""What changed between two moments, in words: each field with what it was, what it became, and by which events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.pages.telling import heading, is_filled

OPS = {"add": "was added", "remove": "was taken away", "replace": "changed"}


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that changed."""

    field: str
    name: str
    """The last part of its path: how its value is read."""
    how: str
    before: Any
    after: Any
    by: list[dict[str, Any]]
    """The entries of the timeline that changed it, as far as they may be told."""


def steps_of(found: dict[str, Any]) -> list[Changed]:
    """Every change, in the order of the record's fields."""
    entries = {entry["position"]: entry for entry in found["events"]}
    return [
        Changed(
            field_of(one["path"]),
            _names(one["path"])[-1],
            OPS.get(one["op"], "changed"),
            one.get("before"),
            one.get("value"),
            [entries[position] for position in one["by"] if position in entries],
        )
        for one in found["changes"]
        # A list that begins empty says no more than one that was not there.
        if is_filled(one.get("before")) or is_filled(one.get("value"))
    ]


def field_of(path: str) -> str:
    """A JSON Pointer (RFC 6901) in words: /reviews/0/outcome is Reviews 1, outcome."""
    words: list[str] = []
    for step in path.strip("/").split("/"):
        if step.isdecimal() and words:
            words[-1] += f" {int(step) + 1}"
        elif step == "-" and words:
            words[-1] += ", one more"
        else:
            name = heading(step.replace("~1", "/").replace("~0", "~"))
            words.append(name.lower() if words else name)
    return ", ".join(words)


def _names(path: str) -> list[str]:
    return [step for step in path.split("/") if step and not step.isdecimal()] or [""]
