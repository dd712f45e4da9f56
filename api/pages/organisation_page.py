"""An organisation: its people and roles, its calendar, its own values, and the forms that change them."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages.called import name_of_provider, names_of_organisations
from api.pages.placement_sections import Part
from api.pages.visiting import Visiting

routes = APIRouter()

LINES = ("kind", "local_authority_code", "urn", "authority_id", "provider_id", "maintained", "named_officer")
PARTS = (
    Part("calendar", "Calendar", "Terms, half-terms and closed days: school days are counted by them."),
    Part(
        "own_values", "Own values", "Where this organisation holds itself to more than the published number."
    ),
    Part("warnings", "Warnings that were chosen", "Rules that warn here, and do not by themselves."),
    Part("advice", "Advice"),
    Part("inspection_notices", "Inspections that were announced", "By the inspectorate, with the day."),
    Part("complaints", "Complaints", "Each with what came of it."),
    Part("needs_audits", "Needs audits", "What alternative provision the area needs."),
    Part(
        "information_requests", "Requests for information", "Under data protection or freedom of information."
    ),
    Part("information_answers", "Answers to requests for information", "Each with its day."),
)


@routes.get("/organisations/{id}")
async def organisation(
    visit: Visiting, id: UUID, done: str = "", at_least: Annotated[int | None, Query()] = None
) -> Response:
    """One organisation, as far as this person may see it."""
    file, commands, names = await asyncio.gather(
        visit.api.get(f"/organisations/{id}", at_least=at_least),
        visit.api.get(f"/organisations/{id}/commands"),
        names_of_organisations(visit),
    )
    return visit.page(
        "organisation.html",
        file=file,
        commands=commands["rows"],
        names=names | await name_of_provider(visit, file.get("provider_id")),
        lines=LINES,
        parts=PARTS,
        done=done,
    )
