"""Who is meant by a name that was typed: children of whom this person may know, and people of their organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.telling import whole_name
from api.pages.visiting import Visit
from api.pages.words import day

FEW = 20
"""Children who are offered for a name; among more, more of the name has to be typed."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody who may be meant."""

    id: str
    name: str
    more: str = ""
    """What tells two of the same name apart."""


async def children_named(visit: Visit, name: str) -> list[Meant]:
    """The children of whom this person may know with a name, or a part of one. Raises ApiRefused."""
    if not name.strip():
        return []
    rows = (await visit.api.get("/children", name=name.strip(), limit=FEW))["rows"]
    return [Meant(row["child_id"], whole_name(row), _born(row["born_on"])) for row in rows]


async def people_named(visit: Visit, said: str) -> list[Meant]:
    """The people of this person's organisation with a name, a part of one, or a sign-in name. Somebody of another organisation is meant
    by a sign-in name that nobody here has. Raises ApiRefused."""
    return people_meant(said, await people_here(visit)) if said.strip() else []


def people_meant(said: str, people: Mapping[str, str]) -> list[Meant]:
    """The same among people whose names are known already, by the names with which they sign in."""
    said = said.strip()
    if not said:
        return []
    if said in people:
        return [Meant(said, people[said])]
    found = [Meant(id, name, id) for id, name in people.items() if said.lower() in name.lower()]
    return found or [Meant(said, said)]


async def people_here(visit: Visit) -> dict[str, str]:
    """The names of the people of this person's organisation, by the names with which they sign in. Raises ApiRefused."""
    organisation = await visit.api.get(f"/organisations/{visit.me['organisation_id']}")
    grants = sorted(organisation.get("grants", ()), key=lambda grant: grant["name"])
    return {grant["person_id"]: grant["name"] for grant in grants}


def _born(on: str | None) -> str:
    return f"born {day(on)}" if on else ""
