"""The parts of a placement with addresses of their own: timeline, attendance and decisions; now, and as they stood at any moment."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.pages.at_any_moment import AtAnyMoment, AtMoment, Moment
from api.pages.navigation import is_of_a_provider
from api.pages.placement_page import AtLeast, draw_placement
from api.pages.placement_sections import BY_NAME
from api.pages.stories import StoryWanted, address_of, further, page_of
from api.pages.visiting import Visit, Visiting
from api.pages.which_event import SAYS_WHAT_IS_WRONG

routes = APIRouter(route_class=AtAnyMoment)


@routes.get("/placements/{id}/attendance")
async def attendance(visit: Visiting, id: UUID, moment: AtMoment, at_least: AtLeast = None) -> Response:
    """Sessions added up by half-term, and day by day."""
    file, found = await _file_and(visit, id, "attendance", moment, at_least)
    past = moment.past(f"/placements/{id}/attendance", file)
    return draw_placement(
        visit,
        "placement_attendance.html",
        file,
        BY_NAME["attendance"],
        found=found,
        past=past,
        says_wrong="" if past else await _where_wrong_is_said(visit, file),
    )


async def _where_wrong_is_said(visit: Visit, file: dict[str, Any]) -> str:
    """The form for what a family says is wrong, for those who may take it down."""
    child = (file.get("child") or {}).get("id")
    if not child or is_of_a_provider(visit.me):
        return ""
    offers = (await visit.api.get(f"/children/{child}/commands"))["rows"]
    may = any(one["name"] == SAYS_WHAT_IS_WRONG for one in offers)
    return f"/children/{child}/{SAYS_WHAT_IS_WRONG.replace('_', '-')}" if may else ""


@routes.get("/placements/{id}/decisions")
async def decisions(visit: Visiting, id: UUID, moment: AtMoment, after: int | None = None) -> Response:
    """Every decision, with the way to its own page; and the rules that were set aside."""
    here = f"/placements/{id}/decisions"
    file, found = await _file_and(visit, id, "decisions", moment)
    page = page_of(found["rows"], after)
    return draw_placement(
        visit,
        "placement_decisions.html",
        file,
        BY_NAME["decisions"],
        page=page,
        next=further(here, page, **moment.asked),
        told=found["rows"],
        past=moment.past(here, file),
    )


@routes.get("/placements/{id}/timeline")
async def timeline(
    visit: Visiting, id: UUID, wanted: StoryWanted, moment: AtMoment, after: int | None = None
) -> Response:
    """What happened, newest first, filtered by kind, person and days."""
    here = f"/placements/{id}/timeline"
    file, found = await _file_and(visit, id, "timeline", moment)
    page = page_of(wanted.of(found["rows"]), after)
    return draw_placement(
        visit,
        "placement_timeline.html",
        file,
        BY_NAME["timeline"],
        page=page,
        filter=wanted,
        all=found["rows"],
        here=here,
        next=further(here, page, **wanted.asked, **moment.asked),
        past=moment.past(address_of(here, **wanted.asked), file),
    )


async def _file_and(
    visit: Visit, id: UUID, part: str, moment: Moment, at_least: int | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The placement without its moves, and one part of it."""
    file, found = await asyncio.gather(
        visit.api.get(f"/placements/{id}", moves=False, at_least=at_least, **moment.asked),
        visit.api.get(f"/placements/{id}/{part}", at_least=at_least, **moment.asked),
    )
    return file, found
