"""What a family is told of who looked at their child's records: whose people, in which role, how and how often, and no officer's name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.pages.telling import whole_name
from api.pages.visiting import Visiting

routes = APIRouter()


@routes.get("/children/{id}/looks")
async def looks_at_child(visit: Visiting, id: UUID) -> Response:
    """To be read, or printed and given to whoever asks for the child. To open it is a look, too."""
    found: dict[str, Any] = await visit.api.get(f"/children/{id}/looks")
    names = {one: known["name"] for one, known in found["called"].items()}
    # A child of a moment ago is not in the list yet.
    name = names.get(str(id)) or whole_name(await visit.api.get(f"/children/{id}"))
    return visit.page("child_looks.html", id=id, child=name, rows=found["rows"], organisations=names)
