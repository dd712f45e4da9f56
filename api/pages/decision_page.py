"""One decision: what was known when it was taken and, set apart from that, what became known only later."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response

from api.pages.downloads import file_of
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
    found = await visit.api.get(f"/{plural}/{id}/decisions/{position}")
    decided = found["decision"]
    return visit.page(
        "decision.html",
        decided=decided,
        later=found["known_later"],
        found=found,
        of=f"/{plural}/{id}",
        plural=plural,
        names=_names(decided),
        verdicts=VERDICTS,
        titles=TITLES,
        skip=NOT_FACTS,
        receipt=plural == "placements",
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
