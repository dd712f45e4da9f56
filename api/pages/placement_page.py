"""A placement: where it stands in its life, what may be done now, and what is missing for the rest."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from api.pages.life import life_of
from api.pages.visiting import Visiting

routes = APIRouter()


@routes.get("/placements/{id}")
async def placement(visit: Visiting, id: UUID, done: str = "", at_least: int | None = None) -> Response:
    """The whole file on one page. `done` names the command that led here."""
    file = await visit.api.get(f"/placements/{id}", at_least=at_least)
    timeline = await visit.api.get(f"/placements/{id}/timeline", at_least=at_least)
    return visit.page(
        "placement.html", file=file, timeline=timeline["rows"], life=life_of(file, timeline["rows"])
    )
