"""What the records and people of a page of looks are called, as far as who asks may know: an id says nothing to a reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from api.desk import Desk
from domain.organisation import Organisation
from domain.people import Asker
from projections.look_rows import LookRow
from workflows.who_reads import scope_of


def called_in(
    desk: Desk, asker: Asker, rows: Iterable[LookRow], asked: Iterable[UUID | None] = ()
) -> dict[str, dict[str, Any]]:
    """What these looks name, and what was asked for, by id: `name`, and for a record `href`, its address.

    What is not here has no name that this person may know. People are named from the grants of their organisation.
    """
    rows = list(rows)
    wanted = [id for id in asked if id is not None]
    at = {row.record_id for row in rows if row.record_id is not None}
    found = places_called(desk, asker, at | {*wanted})
    # A list that was looked at names its count of children and none of them: only who alone is meant needs a name.
    alone = [row.children[0] for row in rows if len(row.children) == 1]
    found |= children_called(desk, asker, [*alone, *wanted])
    ids = {row.organisation_id for row in rows if row.organisation_id is not None}
    organisations = desk.history.get_many(dict.fromkeys(ids, Organisation)) if ids else {}
    for row in rows:
        organisation = organisations.get(row.organisation_id) if row.organisation_id else None
        if row.person_id and isinstance(organisation, Organisation):
            found[row.person_id] = {"name": organisation.name_of(row.person_id)}
    return found


def places_called(desk: Desk, asker: Asker, ids: Collection[UUID]) -> dict[str, dict[str, Any]]:
    """The same of those of these records that are providers or organisations."""
    scope, lists = scope_of(asker), desk.read_models
    if not ids:
        return {}
    named = {
        "providers": lists.directory.names(scope, ids),
        "organisations": lists.organisations.names(scope, ids),
    }
    return {
        str(id): {"name": name, "href": f"/{plural}/{id}"}
        for plural, names in named.items()
        for id, name in names.items()
    }


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
