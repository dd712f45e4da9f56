"""Where each person can go from every page. It only leads the way: what they may see there is the API's word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.people import Role
from workflows.relations import OVERSEERS
from workflows.who_reads import GIVE_RECEIPTS, TOLD_OF_LOOKS

TOLD = {role.value for role in TOLD_OF_LOOKS}
OVERSEE = {role.value for role in (*OVERSEERS, Role.AUDITOR, Role.SCHOOL_LEAD)}


def is_of_a_provider(me: Mapping[str, Any]) -> bool:
    """Whether the person works for a provider, and so sees its own placements only."""
    return me.get("organisation_kind") == "provider"


def has_a_register(me: Mapping[str, Any]) -> bool:
    """Whether the person reports who was there, or decides on the codes of absences."""
    roles = set(me.get("roles", ()))
    if is_of_a_provider(me):
        return "provider_staff" in roles
    return me.get("organisation_kind") == "school" and bool(roles & {"school_lead", "attendance_officer"})


def rights(me: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    """Whether the person is told who looked, may ask how others wrote things down, and may take away bundles."""
    roles = set(me.get("roles", ()))
    oversees = not is_of_a_provider(me) and bool(roles & OVERSEE)
    return bool(roles & TOLD), oversees, Role.AUDITOR.value in roles


def gives_receipts(me: Mapping[str, Any]) -> bool:
    """Whether the person may give somebody a receipt for a decision."""
    return not set(me["roles"]).isdisjoint(GIVE_RECEIPTS)


def navigation(me: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Words and addresses, in the order in which they stand."""
    if not me:
        return []
    places = [("Today", "/"), ("Due", "/due")]
    if has_a_register(me):
        places.append(("Register", "/register"))
    places += [("Placements", "/placements"), ("Children", "/children")]
    if is_of_a_provider(me) and me.get("provider_id"):
        places.append(("Our provider", f"/providers/{me['provider_id']}"))
    else:
        places.append(("Providers", "/providers"))
    if "administrator" in me.get("roles", ()) and me.get("organisation_id"):
        places.append(("Organisation", f"/organisations/{me['organisation_id']}"))
    if any(rights(me)):
        places.append(("Oversight", "/oversight"))
    return places
