"""The first page of the day: what waits for this person."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.pages.visiting import Visiting

routes = APIRouter()


@routes.get("/")
async def today(visit: Visiting) -> Response:
    """What is waiting."""
    found = await visit.api.get("/placements", limit=1)
    return visit.page("today.html", counts=found["counts"])
