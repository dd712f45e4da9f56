"""One decision: what was known when it was taken and, set apart from that, what became known only later."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response

from api.pages.called import names_of_providers
from api.pages.downloads import file_of
from api.pages.navigation import gives_receipts
from api.pages.placement_page import names_in
from api.pages.telling import whole_name
from api.pages.visiting import Visiting

routes = APIRouter()

Plural = Literal["placements", "children", "providers"]
AtPosition = Annotated[int, Path(ge=1)]
VERDICTS = {
    "met": ("Met", "green"),
    "refused": ("Not met", "red"),
    "warned": ("Warned", "yellow"),
    "overridden": ("Set aside", "orange"),
}
TITLES = {
    "placement": "The placement",
    "child": "The child",
    "provider": "The provider",
    "places": "Places taken",
}
NOT_FACTS = ("grants", "calendar", "own_values")
"""What organisations hold and no decision about a child is read by: it would fill pages."""


@routes.get("/{plural}/{id}/decisions/{position}")
async def decision(visit: Visiting, plural: Plural, id: UUID, position: AtPosition) -> Response:
    """The page of a decision."""
    of = f"/{plural}/{id}"
    found = await visit.api.get(f"{of}/decisions/{position}")
    file, others = await asyncio.gather(
        visit.api.get(of, **({"moves": False} if plural == "placements" else {})),
        # The record names people by their ids, and what they decided says what they are called.
        visit.api.get(f"{of}/decisions"),
    )
    decided = found["decision"]
    others_named = await names_of_providers(visit, found)
    return visit.page(
        "decision.html",
        decided=decided,
        later=found["known_later"],
        found=found,
        of=of,
        plural=plural,
        called=(file["name"] or "") if plural == "providers" else whole_name(file.get("child", file)),
        names=names_in(file, others["rows"]) | _names(decided) | others_named,
        verdicts=VERDICTS,
        titles=TITLES,
        skip=NOT_FACTS,
        receipt=gives_receipts(visit.me),
    )


@routes.get("/placements/{id}/decisions/{position}/receipt")
async def receipt(visit: Visiting, id: UUID, position: AtPosition) -> Response:
    """The file that proves the decision to somebody outside."""
    return await file_of(visit, f"/placements/{id}/decisions/{position}/receipt")


@routes.get("/placements/{id}/bundle")
async def bundle(visit: Visiting, id: UUID) -> Response:
    """Everything about a placement with its proofs, for auditors."""
    return await file_of(visit, f"/placements/{id}/bundle")


def _names(decided: dict[str, Any]) -> dict[str, str]:
    """What the records and the person of a decision are called, by their ids."""
    names: dict[str, str] = {}
    for record in decided.get("records", ()):
        facts = record["facts"] or {}
        said = facts.get("name") or " ".join(filter(None, map(facts.get, ("given_names", "family_name"))))
        if said:
            names[record["id"]] = said
    who = decided.get("who")
    return {**names, who["id"]: who["name"]} if who else names
