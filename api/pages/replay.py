"""Replay: a placement and the caseload as they stood, two moments side by side, and the page on which one chooses a moment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages.life import life_of
from api.pages.moments import NotAMoment, OfThePast, moment_typed, past_of
from api.pages.placement_page import names_in
from api.pages.placement_sections import SECTIONS
from api.pages.signing_in import safe
from api.pages.steps_of_changes import steps_of
from api.pages.visiting import Visiting

routes = APIRouter()
past = APIRouter(route_class=OfThePast)

BOXES = ("day", "month", "year", "time", "which")
Asked = Annotated[str, Query(max_length=40)]


@past.get("/placements/{id}")
async def placement_then(visit: Visiting, id: UUID, as_of: Asked = "", true_on: Asked = "") -> Response:
    """The whole file as it stood. Nothing can be done with it."""
    asked, address = {"as_of": as_of, "true_on": true_on}, f"/placements/{id}"
    file, story, now = await asyncio.gather(
        visit.api.get(address, **asked),
        visit.api.get(f"{address}/timeline", **asked),
        visit.api.get(f"{address}/timeline"),
    )
    return visit.page(
        "placement_past.html",
        past=past_of(address, as_of, true_on, file, now["rows"]),
        file=file,
        sections=SECTIONS,
        life=life_of(file, story["rows"]),
        timeline=story["rows"][::-1],
        names=names_in(file, now["rows"]),
    )


@past.get("/placements")
async def placements_then(
    visit: Visiting,
    as_of: Asked = "",
    true_on: Asked = "",
    stage: Annotated[list[str], Query()] = [],  # noqa: B006
    route: Annotated[list[str], Query()] = [],  # noqa: B006
    name: Annotated[str, Query(max_length=200)] = "",
    provider_id: UUID | None = None,
    after: str = "",
) -> Response:
    """The caseload as it stood."""
    filters = {"stage": stage, "route": route, "name": name, "provider_id": provider_id}
    kept = urlencode({key: value for key, value in filters.items() if value}, doseq=True)
    found = await visit.api.get("/placements", as_of=as_of, true_on=true_on, **filters, after=after)
    address = f"/placements?{kept}" if kept else "/placements"
    return visit.page(
        "placements_past.html", past=past_of(address, as_of, true_on, found), found=found, asked=filters
    )


@routes.get("/look-back")
async def look_back(visit: Visiting, at: Annotated[str, Query(max_length=2000)] = "/placements") -> Response:
    """Choose a moment for a page; then that page as it was."""
    typed = {box: visit.request.query_params.get(box, "") for box in BOXES}
    address = safe(at) or "/placements"
    errors: dict[str, str] = {}
    if any(typed[box] for box in BOXES):
        try:
            moment = moment_typed(typed, datetime.now(UTC))
        except NotAMoment as problem:
            errors = {problem.box: str(problem)}
        else:
            return visit.go(f"{address}{'&' if '?' in address else '?'}{urlencode(moment)}")
    return visit.page("look_back.html", at=address, typed=typed, errors=errors)


@routes.get("/placements/{id}/changes")
async def changes(
    visit: Visiting,
    id: UUID,
    since: Annotated[str, Query(alias="from", max_length=40)] = "",
    until: Annotated[str, Query(alias="to", max_length=40)] = "",
    from_true_on: Asked = "",
    to_true_on: Asked = "",
) -> Response:
    """Two moments side by side: field by field, by which events, and by whom."""
    address = f"/placements/{id}"
    between: dict[str, Any] = {
        "from": since,
        "to": until,
        "from_true_on": from_true_on,
        "to_true_on": to_true_on,
    }
    file, now, found = await asyncio.gather(
        visit.api.get(address, moves=False),
        visit.api.get(f"{address}/timeline"),
        visit.api.get(f"{address}/changes", **between),
    )
    return visit.page(
        "changes.html",
        file=file,
        entries=now["rows"],
        found=found,
        steps=steps_of(found),
        typed=between,
        names=names_in(file, now["rows"]),
    )
