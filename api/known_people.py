"""Whether anybody is known by a sign-in name, and who may be meant by one that nobody has: a misspelt name must get no answer that
passes for proof."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from uuid import UUID

from api.desk import Desk
from domain.events import stored_name
from domain.organisation_events import RoleGranted
from projections.looks import Looks, MayBeTold
from projections.sought_looks import Sought

AT_A_TIME = 1_000
LOOKS_WEIGHED = 1_000
FEW = 10
"""People who are offered."""
ALIKE = 0.75
"""How much of a name has to be the same, of 1: a choice of our own, for a letter or two that were mistyped."""


def is_known(desk: Desk, teller: MayBeTold, person_id: str) -> bool:
    """Whether an organisation ever granted them a role, or a look of theirs is noted of which the one who asks may be told.

    Raises Unavailable.
    """
    if any(grant.person_id == person_id for grant in _ever_granted(desk)):
        return True
    sought = Sought(person_id)
    return bool(Looks(desk.history).page(teller, sought, limit=1, at_most=LOOKS_WEIGHED).rows)


def similar_people(desk: Desk, organisation_id: UUID | None, said: str) -> list[dict[str, str]]:
    """The people of an organisation, of today and before, with this in their name or sign-in name; else with a name much like it."""
    events = desk.history.stream(organisation_id) if organisation_id else []
    granted = (stored.event for stored in events)
    names = {event.person_id: event.name for event in granted if isinstance(event, RoleGranted)}
    wanted = said.strip().lower()
    found = [id for id, name in names.items() if wanted in name.lower() or wanted in id.lower()]
    if not found:
        written = {text.lower(): id for id, name in names.items() for text in (name, id)}
        found = [*dict.fromkeys(written[one] for one in get_close_matches(wanted, written, FEW, ALIKE))]
    return [{"person_id": id, "name": names[id]} for id in found[:FEW]]


def _ever_granted(desk: Desk) -> Iterator[RoleGranted]:
    after, topics = 0, [stored_name(RoleGranted)]
    while some := desk.history.page(after, AT_A_TIME, topics):
        yield from (stored.event for stored in some if isinstance(stored.event, RoleGranted))
        after = some[-1].position
