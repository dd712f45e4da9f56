"""How long after it was true things were written down: for auditors and those who oversee, each entry with whom it is about."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages.downloads import file_of
from api.pages.filters import unknown_in
from api.pages.mistyped import Box, Mistyped, mistyped
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visiting

routes = APIRouter()

SHOWN = 100
"""Entries on the page; the CSV file has more of them."""
STORIES = ("placement_id", "placements"), ("child_id", "children")
"""Where an entry about a placement or a child is told, by the field that names it."""
BOXES = (
    Box("days_at_least", "At least so many days late", "number"),
    Box("recorded_from", "Written down from", "date"),
    Box("recorded_to", "Written down until", "date"),
)
"""What is typed into the report on late recording, and might be mistyped."""

KNOWN = {box.name for box in BOXES} | {
    "organisation_id", "provider_id", "role", "person_id", "after_an_incident", "form",
}  # fmt: skip
"""Everything by which the report can be narrowed."""


@routes.get("/reports/late-recording")
async def late_recording(
    visit: Visiting,
    organisation_id: UUID | None = None,
    provider_id: UUID | None = None,
    role: Annotated[str, Query(max_length=40)] = "",
    person_id: Annotated[str, Query(max_length=200)] = "",
    recorded_from: str = "",
    recorded_to: str = "",
    after_an_incident: str = "",
    days_at_least: str = "",
    form: str = "",
) -> Response:
    """How long after it was true things were written down, and what stands out."""
    asked: dict[str, Any] = {
        "organisation_id": organisation_id,
        "provider_id": provider_id,
        "role": role,
        "person_id": person_id.strip(),
        "recorded_from": recorded_from,
        "recorded_to": recorded_to,
        "after_an_incident": "true" if after_an_incident else "",
        "days_at_least": days_at_least.strip(),
    }
    if form == "csv":
        return await file_of(visit, "/reports/late-recording", "text/csv", **asked)
    wrong: dict[str, Mistyped] = {}
    try:
        found = await visit.api.get("/reports/late-recording", **asked, limit=SHOWN)
    except ApiRefused as refused:
        wrong = mistyped(refused, BOXES, asked)
        if not wrong:
            raise
        asked = {name: value for name, value in asked.items() if name not in wrong}
        found = await visit.api.get("/reports/late-recording", **asked, limit=SHOWN)
    for row in found["rows"]:
        row["href"] = _story_of(row)
    kept = {name: value for name, value in asked.items() if value}
    unused = unknown_in(visit.request.query_params, KNOWN)
    return visit.page(
        "late_recording.html", found=found, typed=asked, kept=urlencode(kept), errors=wrong, unused=unused
    )


def _story_of(row: dict[str, Any]) -> str:
    """The address of the entry in the story that tells it; of an agreement and an organisation there is no such page."""
    asked = (
        f"timeline?{urlencode({'kind': row['event'], 'person': row['person_id']})}#position-{row['position']}"
    )
    for name, plural in STORIES:
        if row[name]:
            return f"/{plural}/{row[name]}/{asked}"
    return f"/providers/{row['record_id']}/{asked}" if row["kind"] == "provider" else ""
