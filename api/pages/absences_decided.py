"""What a school decides on absences: a code in the place of N, for each that was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from api.pages.register_said import HALVES
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visit
from domain.attendance import NOT_YET_KNOWN
from domain.code_sets.attendance import ATTENDANCE, AttendanceClass

DECISIONS = [code for code in ATTENDANCE if not code.retired and code.code != NOT_YET_KNOWN]
"""To write N once more would decide nothing."""
CHOICES = tuple(
    (kind.value, [(code.code, code.label) for code in DECISIONS if code.kind is kind])
    for kind in (AttendanceClass.AUTHORISED, AttendanceClass.UNAUTHORISED, AttendanceClass.UNABLE)
)
"""Codes that a school may put in the place of N, by how they count."""


@dataclass(slots=True)
class Decided:
    """What came of the decisions on one page."""

    done: int = 0
    position: int = 0
    """Of the last that was taken; 0 where none was."""
    errors: dict[str, str] = field(default_factory=dict)
    """By the name of the box: what was refused. It stays on the page, and the others are done."""


async def decide(visit: Visit, typed: Mapping[str, str], key: str | None) -> Decided:
    """One decision for each absence that was chosen. `key` is that of the page, so that a second press does nothing twice."""
    decided = Decided()
    for name, code in typed.items():
        id, _, rest = name.partition(".")
        day, _, half = rest.partition(".")
        if code in ("", NOT_YET_KNOWN) or half not in HALVES or not _is_day(day) or not _is_id(id):
            continue
        try:
            answer = await visit.api.post(
                f"/placements/{id}/code-session",
                {"day": day, "half": half, "code": code},
                key=f"{key}.{name}" if key else None,
            )
        except ApiRefused as refused:
            decided.errors[name] = " ".join(r["message"] for r in refused.reasons) or refused.problem.get(
                "detail", ""
            )
        else:
            decided.done, decided.position = decided.done + 1, answer.position
    return decided


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _is_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False
