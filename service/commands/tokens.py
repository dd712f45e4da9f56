"""Who may sign in on this computer, and a token to do it with."""

from __future__ import annotations

import json
from typing import Annotated
from uuid import UUID

import typer

from service.commands.options import AsJson, Data, Dsn


def people(dsn: Dsn = None, data: Data = None, as_json: AsJson = False) -> None:
    """List the people and the roles that they hold today."""
    from domain.school_days import london_day
    from service.desk import open_desk
    from service.opening import now
    from service.people import people_of

    with open_desk(dsn, data) as desk:
        found = people_of(desk.history, london_day(now()))
    if as_json:
        rows = [
            {
                "person": p.id,
                "name": p.name,
                "organisation": {"id": str(p.organisation_id), "name": p.organisation, "kind": p.kind},
                "roles": sorted(p.roles),
            }
            for p in found
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    if not found:
        print(
            "Nobody holds a role here yet. `placements do found_organisation` founds a council with its administrator"
            " (--example shows how); `placements setup --demo` fills an empty service with an invented authority."
        )
    at = ""
    for person in found:
        if person.organisation != at:
            at = person.organisation
            print(f"{at} ({person.kind.replace('_', ' ')}, {person.organisation_id})")
        roles = ", ".join(sorted(role.replace("_", " ") for role in person.roles))
        print(f"  {person.id}  {person.name}: {roles}")


def token(
    person: Annotated[str, typer.Option(help="Who signs in; `placements people` lists them.")],
    organisation: Annotated[
        UUID | None, typer.Option(help="For which organisation, where they act for several.")
    ] = None,
    hours: Annotated[float, typer.Option(min=0.01, max=168, help="How long it is good.")] = 8,
    data: Data = None,
    dsn: Dsn = None,
    as_json: AsJson = False,
) -> None:
    """Issue a sign-in token for the private database of this computer, and for no other."""
    from datetime import timedelta

    from domain.school_days import london_day
    from service.desk import open_desk
    from service.local_issuer import issue, require_private
    from service.opening import now
    from service.people import person_called

    life = timedelta(hours=hours)
    with open_desk(dsn, data) as desk:
        require_private(desk.settings)
        found = person_called(desk.history, person, organisation, london_day(now()))
        made = issue(desk.settings, found.id, found.organisation_id, now(), life)
    print(json.dumps({"token": made, "expires_in": int(life.total_seconds())}) if as_json else made)
