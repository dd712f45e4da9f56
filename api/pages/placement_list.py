"""The caseload, as a list and as a board. Every filter is in the address, so that a view can be kept and sent."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.pages.filters import Choice, Filters, Kept, Picked, yes_or_no
from api.pages.listing import ROWS, list_page
from api.pages.navigation import is_of_a_provider
from api.pages.nowhere import Nowhere
from api.pages.visiting import Visit, Visiting
from api.pages.words import label
from domain.routes import Route, terms_of
from domain.stages import Stage

routes = APIRouter()

CARDS = 200
"""Placements on a board, at most: beyond that a list is easier to read."""


def filters_of(visit: Visit, view: str) -> Filters:
    """What this person may ask of the caseload: a provider's people cannot ask for what they are not shown."""
    of_commissioners = (
        yes_or_no("safeguarding_open", "A safeguarding concern is open"),
        yes_or_no("without_education", "The child is without education"),
    )
    return Filters(
        "/placements",
        (
            Picked("name", "Child's name, or a part of it"),
            Choice("stage", "Stage", tuple((stage.value, label(stage.value)) for stage in Stage)),
            Choice("route", "Legal route", tuple((route.value, terms_of(route).label) for route in Route)),
            yes_or_no("looked_after", "The child is in care"),
            yes_or_no("ehc_plan", "The child has an education, health and care plan"),
            *(() if is_of_a_provider(visit.me) else of_commissioners),
            Picked("review_due_before", "Next review before", "date"),
            Kept("provider_id", "At one provider"),
            Kept("commissioner_id", "Of one commissioner"),
            Kept("authority_id", "Children of one authority"),
            Kept("home_school_id", "Pupils of one school"),
            Kept("child_id", "Of one child"),
            Kept("changed_after", "Changed since you last looked"),
        ),
        {"view": view} if view == "board" else {},
    )


@routes.get("/placements")
async def placements(visit: Visiting, view: str = "list", after: str = "", form: str = "") -> Response:
    """Placements that this person may know of."""
    board = view == "board"
    filters, other = (
        filters_of(visit, "board" if board else "list"),
        filters_of(visit, "list" if board else "board"),
    )
    asked = filters.asked(visit.request.query_params)
    here, there = filters.href(asked), other.href(asked)
    return await list_page(
        visit,
        filters,
        "placement_board.html" if board else "placement_list.html",
        "" if board else after,
        form,
        rows=CARDS if board else ROWS,
        may_begin="refer_child",
        all_waiting=Nowhere.all_waiting,
        as_list=there if board else here,
        as_board=here if board else there,
    )
