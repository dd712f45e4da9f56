"""The caseload, as a list and as a board. Every filter is in the address, so that a view can be kept and sent."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages.visiting import Visiting

routes = APIRouter()

CARDS = 200
"""Placements on a board, at most: beyond that a list is easier to read."""


@routes.get("/placements")
async def placements(
    visit: Visiting,
    stage: Annotated[list[str], Query()] = [],  # noqa: B006
    route: Annotated[list[str], Query()] = [],  # noqa: B006
    name: str = "",
    provider_id: UUID | None = None,
    view: str = "list",
    after: str = "",
) -> Response:
    """Placements that this person may know of."""
    asked: dict[str, Any] = {"stage": stage, "route": route, "name": name, "provider_id": provider_id}
    found = await visit.api.get("/placements", **asked, after=after, limit=CARDS if view == "board" else 50)
    kept = {key: value for key, value in asked.items() if value}

    def address(**changed: Any) -> str:
        return f"/placements?{urlencode({**kept, 'view': view, **changed}, doseq=True)}"

    template = "placement_board.html" if view == "board" else "placement_list.html"
    return visit.page(template, found=found, asked=asked, view=view, after=after, address=address)
