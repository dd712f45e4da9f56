"""What a provider said on the sheet of the register, as the API takes it, and what it refused, put down at its box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.pages.register_sheet import Sheet, time_of_day
from api.pages.the_api import ApiRefused

HALVES = ("am", "pm")
SEEN = ("present", "late", "absent")
TOLD = ("told_parent_at", "told_commissioner_at")
WRONG_TIME = "Enter a time, such as 9:45."


def sessions_of(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """What was said of each half-day; what cannot be read is put down on the sheet."""
    for row in sheet.rows:
        id = row["placement_id"]
        told: dict[str, str] = {}
        for what in TOLD:
            if said := sheet.typed.get(f"{id}.{what}", "").strip():
                moment = time_of_day(sheet.on, said)
                if moment is None:
                    sheet.errors[f"{id}.{what}"] = WRONG_TIME
                else:
                    told[what] = moment
        reason = sheet.typed.get(f"{id}.reason", "").strip()
        for half in HALVES:
            seen = sheet.typed.get(f"{id}.{half}", "")
            if seen not in SEEN:
                continue
            session: dict[str, Any] = {"day": sheet.on, "half": half, "seen": seen}
            if seen == "absent":
                session |= {**told, **({"reason_given": reason} if reason else {})}
            yield {"placement_id": id, "session": session}


def put_down(sheet: Sheet, refused: ApiRefused, sessions: list[dict[str, Any]]) -> None:
    """Each reason at the box that it is about; those that are about no box above all."""
    others = []
    for reason in refused.reasons:
        steps = str(reason.get("field") or "").split(".")
        if (
            len(steps) > 1
            and steps[0] == "sessions"
            and steps[1].isdecimal()
            and int(steps[1]) < len(sessions)
        ):
            meant = sessions[int(steps[1])]
            sheet.errors[f"{meant['placement_id']}.{meant['session']['half']}"] = reason["message"]
        else:
            others.append(reason["message"])
    sheet.said = " ".join(others) or ("" if sheet.errors else refused.problem.get("detail", ""))
