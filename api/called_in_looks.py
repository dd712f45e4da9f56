"""What the records and people of a page of looks are called, as far as who asks may know: an id says nothing to a reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.desk import Desk
from domain.organisation import Organisation
from domain.people import Asker
from projections.look_rows import LookRow
from workflows.who_reads import scope_of


def called_in(desk: Desk, asker: Asker, rows: Iterable[LookRow]) -> dict[str, dict[str, Any]]:
    """By id: `name`, and for a record `href`, its address. What is not here has no name that this person may know.

    People are named from the grants of their organisation.
    """
    rows = list(rows)
    # A list that was looked at names its count of children and none of them: only who alone is meant needs a name.
    found = children_called(desk, asker, (row.children[0] for row in rows if len(row.children) == 1))
    ids = {row.organisation_id for row in rows if row.organisation_id is not None}
    organisations = desk.history.get_many(dict.fromkeys(ids, Organisation)) if ids else {}
    for row in rows:
        organisation = organisations.get(row.organisation_id) if row.organisation_id else None
        if row.person_id and isinstance(organisation, Organisation):
            found[row.person_id] = {"name": organisation.name_of(row.person_id)}
    return found


def children_called(desk: Desk, asker: Asker, ids: Iterable[UUID | None]) -> dict[str, dict[str, Any]]:
    """The same of children and their placements, from the list of children in the asker's scope."""
    asked = {id for id in ids if id is not None}
    children = desk.read_models.children.some(scope_of(asker), asked) if asked else []
    found: dict[str, dict[str, Any]] = {}
    for child in children:
        name = f"{child.given_names} {child.family_name}".strip() or "Name erased"
        found[str(child.child_id)] = {"name": name, "href": f"/children/{child.child_id}"}
        for one in child.placements:
            at = f" at {one.provider_name}" if one.provider_name else ""
            found[str(one.placement_id)] = {
                "name": f"{name}, placement{at}",
                "href": f"/placements/{one.placement_id}",
            }
    return found
