"""Two moments of a record side by side: field by field, by which events, and by whom."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from api.pages.called import names_of_organisations, names_of_providers
from api.pages.child_page import placements_by_provider
from api.pages.placement_page import link, names_in
from api.pages.record_stories import called
from api.pages.steps_of_changes import steps_of
from api.pages.stories import own_story, people_in
from api.pages.telling import whole_name
from api.pages.visiting import Visit, Visiting

routes = APIRouter()

LISTS = {"placements": "Placements", "children": "Children", "providers": "Providers"}


def between(
    since: Annotated[str, Query(alias="from", max_length=40)] = "",
    until: Annotated[str, Query(alias="to", max_length=40)] = "",
    from_true_on: Annotated[str, Query(max_length=40)] = "",
    to_true_on: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, str]:
    """The two moments in the address, as the API is asked for them."""
    return {"from": since, "to": until, "from_true_on": from_true_on, "to_true_on": to_true_on}


Between = Annotated[dict[str, str], Depends(between)]


@routes.get("/placements/{id}/changes")
async def of_placement(visit: Visiting, id: UUID, moments: Between) -> Response:
    """What changed of a placement."""
    return await _compared(visit, "placements", id, moments)


@routes.get("/children/{id}/changes")
async def of_child(visit: Visiting, id: UUID, moments: Between) -> Response:
    """What changed of a child's own record."""
    return await _compared(visit, "children", id, moments)


@routes.get("/providers/{id}/changes")
async def of_provider(visit: Visiting, id: UUID, moments: Between) -> Response:
    """What changed of a provider."""
    return await _compared(visit, "providers", id, moments)


async def _compared(visit: Visit, plural: str, id: UUID, moments: dict[str, str]) -> Response:
    of = f"/{plural}/{id}"
    found = await visit.api.get(f"{of}/changes", **moments)
    file, story, organisations = await asyncio.gather(
        visit.api.get(of, **({"moves": False} if plural == "placements" else {})),
        own_story(visit.api, of),
        names_of_organisations(visit),
    )
    others = await names_of_providers(visit, found["changes"], fields=("interim_provider_id", "provider_id"))
    pages = {entry["position"]: entry["decision"] for entry in story}
    for entry in found["events"]:
        entry["decision"] = pages.get(entry["position"])
    of_file: dict[str, Any] = names_in(file, story) if plural == "placements" else dict(people_in(story))
    if child := file.get("child"):
        of_file[child["id"]] = link(f"/children/{child['id']}", whole_name(file["child"]))
    if plural == "children":
        of_file |= placements_by_provider(file)
    return visit.page(
        "changes.html",
        of=of,
        list=LISTS[plural],
        called=called(of, file),
        entries=story,
        found=found,
        steps=steps_of(found),
        typed=moments,
        names=organisations | of_file | others,
    )
