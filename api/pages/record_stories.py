"""Timelines and decisions of children and providers; now, and as they stood at any moment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.pages.at_any_moment import AtAnyMoment, AtMoment, Moment
from api.pages.stories import StoryFilter, StoryWanted, address_of, further, page_of
from api.pages.telling import whole_name
from api.pages.visiting import Visit, Visiting

routes = APIRouter(route_class=AtAnyMoment)


@routes.get("/children/{id}/timeline")
async def timeline_of_child(
    visit: Visiting, id: UUID, wanted: StoryWanted, moment: AtMoment, after: int | None = None
) -> Response:
    """The child's own story with that of the placements, newest first."""
    return await _timeline(visit, f"/children/{id}", wanted, moment, after)


@routes.get("/providers/{id}/timeline")
async def timeline_of_provider(
    visit: Visiting, id: UUID, wanted: StoryWanted, moment: AtMoment, after: int | None = None
) -> Response:
    """What was registered, offered, checked and decided of a provider, newest first."""
    return await _timeline(visit, f"/providers/{id}", wanted, moment, after)


@routes.get("/children/{id}/decisions")
async def decisions_of_child(
    visit: Visiting, id: UUID, moment: AtMoment, after: int | None = None
) -> Response:
    """Every decision about a child's own record."""
    return await _decisions(visit, f"/children/{id}", moment, after)


@routes.get("/providers/{id}/decisions")
async def decisions_of_provider(
    visit: Visiting, id: UUID, moment: AtMoment, after: int | None = None
) -> Response:
    """Every decision about a provider's record."""
    return await _decisions(visit, f"/providers/{id}", moment, after)


async def _timeline(
    visit: Visit, of: str, wanted: StoryFilter, moment: Moment, after: int | None
) -> Response:
    file, rows = await _file_and(visit, of, "timeline", moment)
    here, page = f"{of}/timeline", page_of(wanted.of(rows), after)
    return visit.page(
        "record_timeline.html",
        of=of,
        called=called(of, file),
        page=page,
        filter=wanted,
        all=rows,
        here=here,
        next=further(here, page, **wanted.asked, **moment.asked),
        past=moment.past(address_of(here, **wanted.asked), file),
    )


async def _decisions(visit: Visit, of: str, moment: Moment, after: int | None) -> Response:
    file, rows = await _file_and(visit, of, "decisions", moment)
    here, page = f"{of}/decisions", page_of(rows, after)
    return visit.page(
        "record_decisions.html",
        of=of,
        called=called(of, file),
        page=page,
        next=further(here, page, **moment.asked),
        past=moment.past(here, file),
    )


async def _file_and(
    visit: Visit, of: str, part: str, moment: Moment
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    # One after the other: who may not read the story is told that, and not whatever is refused first.
    found = await visit.api.get(f"{of}/{part}", **moment.asked)
    return await visit.api.get(of, **moment.asked), found["rows"]


def called(of: str, file: dict[str, Any]) -> str:
    """What the record at an address is called."""
    return (
        whole_name(file.get("child", file))
        if not of.startswith("/providers/")
        else file["name"] or "Without a name"
    )
