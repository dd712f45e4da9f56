"""The first page of the day: what waits for this person, what runs out, and what changed since they last looked."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Response

from api.pages.absent import FEW as FEW_ABSENT
from api.pages.absent import Away, absent_for
from api.pages.last_look import LastLook
from api.pages.navigation import is_of_a_provider
from api.pages.nowhere import nowhere_for
from api.pages.visiting import Visit, Visiting

routes = APIRouter()

FEW = 20
"""Lines of a part; there is always a link to the rest."""
Row = dict[str, Any]


@routes.get("/")
async def today(visit: Visiting) -> Response:
    """What is waiting."""
    sessions = visit.request.app.state.sessions
    look = LastLook.of(visit.request, sessions, visit.person)
    (mine, coming, absent), caseload, awaiting, nowhere, changed = await asyncio.gather(
        _due(visit),
        visit.api.get("/placements", limit=1),
        _for_commissioners(visit, "/awaiting", limit=FEW),
        nowhere_for(visit),
        _changed(visit, look),
    )
    counts = mine["counts"]
    overdue = [row for row in mine["rows"] if row["state"] == "overdue"]
    overdue, coming = overdue[:FEW], coming[:FEW]
    day = date.fromisoformat(mine["on"])
    this_week = (day + timedelta(days=6 - day.weekday())).isoformat()
    page = visit.page(
        "today.html",
        on=mine["on"],
        overdue=overdue,
        overdue_in_all=counts["overdue"],
        today=[row for row in coming if row["state"] == "due"],
        this_week=[row for row in coming if row["state"] != "due" and row["due_on"] <= this_week],
        later=[row for row in coming if row["state"] != "due" and row["due_on"] > this_week],
        more_coming=counts["due"] + counts["due_soon"] > len(coming),
        counts=caseload["counts"],
        awaiting=awaiting,
        nowhere=nowhere,
        absent=absent[:FEW_ABSENT],
        absent_in_all=len(absent),
        changed=changed,
        yesterday=(day - timedelta(days=1)).isoformat(),
        position=caseload["position"],
    )
    look.keep(page, sessions, visit.person, caseload["position"])
    return page


async def _due(visit: Visit) -> tuple[dict[str, Any], list[Row], list[Away]]:
    """What falls to this person, what of it is not overdue yet, and who was away."""
    mine = await visit.api.get("/due", mine=True, limit=2 * FEW)
    coming, absent = await asyncio.gather(
        _coming(visit, mine), absent_for(visit, date.fromisoformat(mine["on"]))
    )
    return mine, coming, absent


async def _coming(visit: Visit, mine: dict[str, Any]) -> list[Row]:
    """What is due today or soon. The longest due come first: where those fill the page, and only there, it is asked for by itself."""
    counts = mine["counts"]
    if counts["overdue"] <= FEW or not counts["due"] + counts["due_soon"]:
        return [row for row in mine["rows"] if row["state"] != "overdue"]
    asked = {"mine": True, "state": ["due", "due_soon"], "counts": False}
    found = await visit.api.get("/due", **asked, limit=FEW)
    rows: list[Row] = found["rows"]
    return rows


async def _for_commissioners(visit: Visit, path: str, **asked: Any) -> list[Row]:
    """Rows of a list that a provider's people have nothing on."""
    if is_of_a_provider(visit.me):
        return []
    found = await visit.api.get(path, **asked)
    rows: list[Row] = found["rows"]
    return rows


async def _changed(visit: Visit, look: LastLook) -> dict[str, Any] | None:
    """Placements to which something happened, and what; none on the first look."""
    if look.since is None:
        return None
    found, feed = await asyncio.gather(
        visit.api.get("/placements", changed_after=look.since, limit=FEW),
        visit.api.get("/events", after=look.since),
    )
    what: dict[str, list[str]] = {}
    for event in feed["events"]:
        names = what.setdefault(event["record_id"], [])
        if event["event"] not in names:
            names.append(event["event"])
    rows = [{**row, "what": what.get(row["placement_id"], [])} for row in found["rows"]]
    return {"rows": rows, "in_all": sum(found["counts"].values()), "since": look.since}
