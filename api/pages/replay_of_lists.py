"""Lists as they stood: placements, children and providers, with the same filters as now and nothing to do on any of them."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.pages import child_page, placement_list, provider_page
from api.pages.at_any_moment import AtMoment
from api.pages.listing import list_page
from api.pages.moments import OfThePast
from api.pages.visiting import Visiting

past = APIRouter(route_class=OfThePast)


@past.get("/placements")
async def placements_then(
    visit: Visiting, moment: AtMoment, view: str = "", after: str = "", form: str = ""
) -> Response:
    """The caseload as it stood. The board is of now alone, and the page says so to who asked for it."""
    filters, board = placement_list.filters_of(visit, "list"), view == "board"
    return await list_page(visit, filters, "placements_past.html", after, form, moment=moment, board=board)


@past.get("/children")
async def children_then(visit: Visiting, moment: AtMoment, after: str = "", form: str = "") -> Response:
    """The children who were known."""
    filters = child_page.filters_of(visit)
    return await list_page(visit, filters, "list_past.html", after, form, moment=moment, kind="Children")


@past.get("/providers")
async def providers_then(visit: Visiting, moment: AtMoment, after: str = "", form: str = "") -> Response:
    """The directory as it was."""
    filters = provider_page.FILTERS
    return await list_page(visit, filters, "list_past.html", after, form, moment=moment, kind="Providers")
