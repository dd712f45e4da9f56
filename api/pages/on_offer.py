"""What a person may begin, and what they may do with a record: every form that the table of permissions lets them send."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from api.pages.visiting import Visiting

routes = APIRouter()


@routes.get("/new")
async def new(visit: Visiting) -> Response:
    """Records that this person may begin."""
    rows = (await visit.api.get("/commands"))["rows"]
    forms = [{**row, "form": f"/new/{row['schema_href'].rpartition('/')[2]}"} for row in rows]
    return visit.page("on_offer.html", title="Begin something new", forms=forms, name="", about="")


@routes.get("/{plural}/{id}/commands")
async def commands(visit: Visiting, plural: str, id: UUID) -> Response:
    """What this person may do with a record."""
    about = f"/{plural}/{id}"
    rows = (await visit.api.get(f"{about}/commands"))["rows"]
    record = await visit.api.get(about)
    name = record.get("name") or (record.get("child") or {}).get("name") or ""
    forms = [{**row, "form": row["href"]} for row in rows]
    return visit.page("on_offer.html", title="What you may record", forms=forms, name=name, about=about)
