"""Whom a duty falls to: which roles it is for where it is owed, and what falls to one person by the roles that they hold."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from domain.deadlines.time_rule import Owner
from domain.people import Role
from projections.asking import Asking

ROLES: dict[Owner, tuple[Role, ...]] = {
    "local_authority": (Role.NAMED_OFFICER, Role.COMMISSIONER, Role.SENIOR_OFFICER, Role.VIRTUAL_SCHOOL_HEAD),
    "school": (Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER, Role.COMMISSIONER),
    "governing_body": (Role.SCHOOL_LEAD, Role.COMMISSIONER),
    "head": (Role.SCHOOL_LEAD,),
    "provider": (Role.PROVIDER_STAFF,),
    "commissioner": (Role.COMMISSIONER, Role.NAMED_OFFICER, Role.SENIOR_OFFICER, Role.SCHOOL_LEAD),
    "social_worker": (Role.VIRTUAL_SCHOOL_HEAD, Role.NAMED_OFFICER),
    "safeguarding_lead": (Role.SAFEGUARDING_LEAD,),
    "controller": (Role.DATA_OFFICER, Role.ADMINISTRATOR),
    "parent": (),
}
"""Which roles of the organisation that owes a duty it is for: what one person, or a team of a role, has on their list."""

HELD: LiteralString = """
    SELECT g.organisation_id, g.role, o.provider_id
    FROM grants g LEFT JOIN organisations o ON o.organisation_id = g.organisation_id
    WHERE g.person_id = %(person_id)s AND (g.until IS NULL OR g.until >= %(on)s)
    ORDER BY g.organisation_id, g.role
"""


class FallsTo(msgspec.Struct, frozen=True):
    """What falls to somebody: what is owed by which organisations and owners there, and by which providers."""

    owed: dict[UUID, list[Owner]]
    providers: list[UUID]

    def __bool__(self) -> bool:
        return bool(self.owed or self.providers)

    @property
    def asked(self) -> dict[str, Any]:
        """The same for a statement: one organisation apart, because nearly everybody has one and an index is looked into by it."""
        at = next(iter(self.owed), None)
        elsewhere = [(id, owner) for id, owners in self.owed.items() if id != at for owner in owners]
        return {
            "at": at,
            "owners_at": self.owed[at] if at else None,
            "elsewhere": msgspec.json.encode(elsewhere).decode() if elsewhere else None,
            "for_providers": self.providers or None,
        }


ANYBODY = FallsTo({}, [])


def falls_to(asking: Asking, person_id: str, on: date) -> FallsTo:
    """What falls to a person by the roles that they hold on a day. Raises Unavailable."""
    owed: defaultdict[UUID, dict[Owner, None]] = defaultdict(dict)
    providers: dict[UUID, None] = {}
    for held in asking.plain_rows(HELD, {"person_id": person_id, "on": on}):
        for owner, roles in ROLES.items():
            if held["role"] in roles:
                owed[held["organisation_id"]][owner] = None
        if held["provider_id"] is not None and held["role"] in ROLES["provider"]:
            providers[held["provider_id"]] = None
    return FallsTo({id: list(owners) for id, owners in owed.items()}, list(providers))
