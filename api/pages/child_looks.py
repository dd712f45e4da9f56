"""What a family is told of who looked at their child's records: whose people, in which role, how and how often, and no officer's name."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.pages.called import names_of_organisations
from api.pages.visiting import Visiting

routes = APIRouter()


@routes.get("/children/{id}/looks")
async def looks_at_child(visit: Visiting, id: UUID) -> Response:
    """To be read, or printed and given to whoever asks for the child. To open it is a look, too."""
    found: dict[str, Any] = await visit.api.get(f"/children/{id}/looks")
    file, names = await asyncio.gather(visit.api.get(f"/children/{id}"), names_of_organisations(visit))
    return visit.page("child_looks.html", file=file, rows=found["rows"], organisations=names)
