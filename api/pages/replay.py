"""Replay: records as they stood, walked through from event to event, and the page on which one chooses a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages import child_page, organisation_page, provider_page
from api.pages.at_any_moment import AtMoment, Moment
from api.pages.called import names_of_organisations, names_of_providers
from api.pages.life import life_of
from api.pages.moments import NotAMoment, OfThePast, moment_typed, past_of
from api.pages.navigation import is_of_a_provider
from api.pages.placement_page import names_in
from api.pages.placement_sections import BY_NAME, SECTIONS, Part
from api.pages.signing_in import safe
from api.pages.stories import Entry, from_when_concerned, own_story, people_in
from api.pages.visiting import Visit, Visiting

routes = APIRouter()
past = APIRouter(route_class=OfThePast)

BOXES = ("day", "month", "year", "time", "which")


@past.get("/placements/{id}")
async def placement_then(visit: Visiting, id: UUID, moment: AtMoment) -> Response:
    """The whole file as it stood. Nothing can be done with it."""
    address = f"/placements/{id}"
    file, story, now = await asyncio.gather(
        visit.api.get(address, **moment.asked),
        visit.api.get(f"{address}/timeline", **moment.asked),
        visit.api.get(f"{address}/timeline"),
    )
    others = await names_of_providers(visit, file, moment=moment)
    then = past_of(address, moment.asked, file, from_when_concerned(now["rows"]))
    return visit.page(
        "placement_past.html",
        past=then,
        file=file,
        section=BY_NAME[""],
        sections=SECTIONS,
        life=life_of(file, story["rows"], in_part=is_of_a_provider(visit.me)),
        timeline=story["rows"][::-1],
        names=names_in(file, now["rows"], then.of) | others,
    )


@past.get("/children/{id}")
async def child_then(visit: Visiting, id: UUID, moment: AtMoment) -> Response:
    """The child's whole record as it stood."""
    parts = [part for parts in child_page.PARTS.values() for part in parts]
    return await _record(visit, f"/children/{id}", moment, child_page.LINES, parts)


@past.get("/providers/{id}")
async def provider_then(visit: Visiting, id: UUID, moment: AtMoment) -> Response:
    """The provider's whole record as it stood."""
    parts = [Part("checks", "Checks"), *provider_page.PARTS]
    return await _record(visit, f"/providers/{id}", moment, provider_page.LINES, parts)


@past.get("/organisations/{id}")
async def organisation_then(visit: Visiting, id: UUID, moment: AtMoment) -> Response:
    """The organisation's record as it stood, with the people who held a role."""
    parts = [Part("grants", "People and roles"), *organisation_page.PARTS]
    return await _record(visit, f"/organisations/{id}", moment, organisation_page.LINES, parts, ())


async def _record(
    visit: Visit,
    address: str,
    moment: Moment,
    lines: Sequence[str],
    parts: Sequence[Part],
    story: Sequence[Entry] | None = None,
) -> Response:
    file, names = await asyncio.gather(visit.api.get(address, **moment.asked), names_of_organisations(visit))
    others = await names_of_providers(visit, file, moment=moment)
    if story is None:
        story = await own_story(visit.api, address)
    return visit.page(
        "record_past.html",
        past=past_of(address, moment.asked, file, from_when_concerned(story)),
        file=file,
        of=address,
        names=names | dict(people_in(story)) | others,
        lines=lines,
        parts=parts,
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
