"""The whole due list: everybody's duties of which this person may know."""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter, Response

from api.pages.at_any_moment import AtAnyMoment, AtMoment
from api.pages.filters import Choice, Filters, Kept, Picked, yes_or_no
from api.pages.listing import list_page
from api.pages.visiting import Visiting
from api.pages.words import label
from domain.deadlines.time_rule import Owner
from domain.duties.duty import State
from domain.people import Role
from domain.time_rules import TIME_RULES

routes = APIRouter(route_class=AtAnyMoment)

FILTERS = Filters(
    "/due",
    (
        yes_or_no("mine", "Only what falls to me by my roles, where I work"),
        Choice("state", "How it stands", tuple((state.value, label(state.value)) for state in State)),
        Choice("owner", "Who has to do it", tuple((owner, label(owner)) for owner in get_args(Owner))),
        Choice(
            "role",
            "What falls to this role, here and in other organisations",
            tuple((role.value, label(role.value)) for role in Role),
            several=False,
        ),
        Choice(
            "rule",
            "Rule",
            tuple((rule.id, f"{rule.id}: {rule.obligation}") for rule in TIME_RULES.values()),
            several=False,
        ),
        Picked("due_from", "Due on or after", "date"),
        Picked("due_to", "Due on or before", "date"),
        Picked("on", "As it stands on", "date"),
        Kept("child_id", "About one child"),
        Kept("placement_id", "About one placement"),
        Kept("provider_id", "About one provider"),
        Kept("organisation_id", "Owed by one organisation"),
    ),
)


@routes.get("/due")
async def due(visit: Visiting, moment: AtMoment, after: str = "", form: str = "") -> Response:
    """What is due soon, due or overdue, the longest due first; or what was."""
    return await list_page(visit, FILTERS, "due.html", after, form, moment=moment)
