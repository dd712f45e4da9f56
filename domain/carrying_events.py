"""A placement took over from another: what it began with. The stored name is permanent."""

from __future__ import annotations

from uuid import UUID

from domain.events import Event
from domain.facts.carrying import Carried


class CarriedOver(Event, frozen=True, kw_only=True, tag="placement.carried_over"):
    """It was decided, fact by fact, what holds on from the former placement and what is asked for again (item 70; 003 ¶51-52)."""

    predecessor_id: UUID
    carried: tuple[Carried, ...]
