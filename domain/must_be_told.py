"""Who must be told when a placement's provider fails: those who decide, those who answer for the child, and the family."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from domain.child import Child
from domain.placement import Placement


class Told(NamedTuple):
    """Someone to be told, and why."""

    who: str
    organisation_id: UUID | None
    source: str


def must_be_told(placement: Placement, child: Child) -> tuple[Told, ...]:
    """In the order in which one would ring them up."""
    found = [
        Told("commissioner", placement.commissioner_id, "003 ¶41, ¶52"),
        Told("parent", None, "003 ¶41; 004 l.53"),
    ]
    if placement.home_school_id is not None and placement.home_school_id != placement.commissioner_id:
        found.append(Told("home_school", placement.home_school_id, "003 ¶51"))
    if child.authority_id is not None and child.authority_id != placement.commissioner_id:
        found.append(Told("local_authority", child.authority_id, "003 ¶45"))
    if child.social_worker is not None:
        found.append(Told("social_worker", child.authority_id, "004 l.54"))
    if child.looked_after is not None:
        found.append(Told("virtual_school", child.authority_id, "004 l.54"))
    found.append(Told("provider", placement.provider_id, "003 ¶41"))
    return tuple(found)
