"""Children and providers as they stood: their lists and their files, with nothing to do on any of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages import child_page, provider_page
from api.pages.called import names_of_organisations
from api.pages.moments import OfThePast, past_of
from api.pages.placement_sections import Part
from api.pages.visiting import Visit, Visiting

past = APIRouter(route_class=OfThePast)

Asked = Annotated[str, Query(max_length=40)]
Name = Annotated[str, Query(max_length=200)]


@past.get("/children")
async def children_then(
    visit: Visiting, as_of: Asked = "", true_on: Asked = "", name: Name = "", after: str = ""
) -> Response:
    """The children who were known."""
    return await _list(visit, "/children", "Children", as_of, true_on, name, after)


@past.get("/providers")
async def providers_then(
    visit: Visiting, as_of: Asked = "", true_on: Asked = "", name: Name = "", after: str = ""
) -> Response:
    """The directory as it was."""
    return await _list(visit, "/providers", "Providers", as_of, true_on, name, after)


@past.get("/children/{id}")
async def child_then(visit: Visiting, id: UUID, as_of: Asked = "", true_on: Asked = "") -> Response:
    """The child's whole record as it stood."""
    parts = [part for parts in child_page.PARTS.values() for part in parts]
    return await _record(visit, f"/children/{id}", "Child", as_of, true_on, child_page.LINES, parts)


@past.get("/providers/{id}")
async def provider_then(visit: Visiting, id: UUID, as_of: Asked = "", true_on: Asked = "") -> Response:
    """The provider's whole record as it stood."""
    parts = [Part("checks", "Checks"), *provider_page.PARTS]
    return await _record(visit, f"/providers/{id}", "Provider", as_of, true_on, provider_page.LINES, parts)


async def _list(
    visit: Visit, address: str, title: str, as_of: str, true_on: str, name: str, after: str
) -> Response:
    found = await visit.api.get(address, as_of=as_of, true_on=true_on, name=name, after=after)
    here = f"{address}?{urlencode({'name': name})}" if name else address
    return visit.page(
        "list_past.html", past=past_of(here, as_of, true_on, found), found=found, kind=title, of=address
    )


async def _record(
    visit: Visit,
    address: str,
    kind: str,
    as_of: str,
    true_on: str,
    lines: Sequence[str],
    parts: Sequence[Part],
) -> Response:
    asked: dict[str, Any] = {"as_of": as_of, "true_on": true_on}
    file, names = await asyncio.gather(visit.api.get(address, **asked), names_of_organisations(visit))
    return visit.page(
        "record_past.html",
        past=past_of(address, as_of, true_on, file),
        file=file,
        kind=kind,
        names=names,
        lines=lines,
        parts=parts,
    )
