"""Providers: who could teach whom, and each with its checks, places, placements and contracts."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages.called import names_of_organisations
from api.pages.filters import Choice, Filters, Picked, yes_or_no
from api.pages.listing import list_page
from api.pages.placement_sections import Part
from api.pages.visiting import Visiting
from domain.code_sets.needs import SEN_TYPE

routes = APIRouter()

FEW = 20
SOON = timedelta(days=60)
"""How long before its end a check is marked."""

FILTERS = Filters(
    "/providers",
    (
        Picked("name", "Name, or a part of it"),
        Choice(
            "needs",
            "Can meet all of these needs",
            tuple((one.code, one.label) for one in SEN_TYPE if not one.retired),
        ),
        Picked("age", "For a child of this age", "number"),
        Picked("free_places", "Free places, at least", "number"),
        yes_or_no("approved", "Approved"),
        yes_or_no("registered", "A registered school"),
        yes_or_no("usable", "Neither suspended nor removed"),
    ),
)
LINES = ("urn", "ukprn", "setting_type", "company_number", "local_authority_code", "approval")
PARTS = (
    Part("registrations", "What the register of schools said", "Each look at the register, with its source."),
    Part("offer", "What it offers", "Needs, ages, places, hours, subjects and price."),
    Part("sites", "Sites", "Every place where children are taught."),
    Part("contacts", "Whom to speak to", "By post, with telephone or mailbox."),
    Part("visits", "Visits", "Each visit, what was seen, and when the next one is due."),
)
IN_THE_HEAD = frozenset(
    {
        "id",
        "version",
        "position",
        "as_of",
        "true_on",
        "name",
        "suspended",
        "removed",
        "closed",
        "checks",
        "derived",
    }
)


@routes.get("/providers")
async def providers(visit: Visiting, after: str = "", form: str = "") -> Response:
    """The directory."""
    return await list_page(visit, FILTERS, "providers.html", after, form, may_begin="register_provider")


@routes.get("/providers/{id}")
async def provider(
    visit: Visiting, id: UUID, done: str = "", at_least: Annotated[int | None, Query()] = None
) -> Response:
    """One provider, as far as this person may see it."""
    file, commands, placements, agreements, names = await asyncio.gather(
        visit.api.get(f"/providers/{id}", at_least=at_least),
        visit.api.get(f"/providers/{id}/commands"),
        visit.api.get("/placements", provider_id=id, limit=FEW),
        visit.api.get("/agreements", provider_id=id, limit=FEW),
        names_of_organisations(visit),
    )
    on = date.fromisoformat(file["derived"]["on"]) if file["derived"] else None
    return visit.page(
        "provider.html",
        file=file,
        commands=commands["rows"],
        placements=placements,
        agreements=agreements["rows"],
        names=names,
        lines=LINES,
        parts=PARTS,
        on=on.isoformat() if on else "",
        soon=(on + SOON).isoformat() if on else "",
        done=done,
        told=visit.me.get("provider_id") in (None, str(id)),
    )
