"""The command that ends a placement for another, which begins with what still holds."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

from domain import placement_life_events as e
from domain import referral_events as referral
from domain.carrying import facts_to_carry
from domain.carrying_events import CarriedOver
from domain.events import Event
from domain.personal import Words
from domain.placement import Placement
from domain.reasons import Invalid, Reason
from domain.rules.rule import AskedFor
from domain.stages import Stage
from workflows.case import Case
from workflows.holding_places import free_place
from workflows.placement_command import PlacementCommand


class ReplacePlacement(PlacementCommand):
    """End the placement and open a successor that carries needs, plan and passport over (003 ¶51-52; item 70)."""

    event: ClassVar[type[Event] | None] = e.Replaced
    on: date
    """The last day here."""
    why: Words
    """Why it is replaced."""
    successor_id: UUID | None = None
    """An id for the successor, if you want to choose it."""

    def asks(self) -> AskedFor:
        return AskedFor(on=self.on)

    def happened(self, case: Case) -> dict[str, Any]:
        successor = self.successor_id or _next_id(case.placement)
        if case.find(Placement, successor) is not None:
            message = "There is a placement with this id already. Leave the field out, or choose another."
            raise Invalid([Reason(code="id_in_use", message=message, field="successor_id")])
        return {"on": self.on, "why": self.why, "successor_id": successor}

    def follow(self, case: Case) -> None:
        free_place(case)
        if case.placement.successor_id is not None:
            open_successor(case, case.begin(Placement, case.placement.successor_id))


def _next_id(placement: Placement) -> UUID:
    return uuid5(placement.id, f"successor of {placement.version}") if placement.version else uuid4()


def open_successor(case: Case, successor: Placement) -> None:
    """Open a placement that begins with what still holds: nobody is asked twice for it. What does not is named, with the reason."""
    old = case.placement
    successor.remember(
        referral.Referred,
        about=old.child_id,
        stage=Stage.NEEDS_ASSESSMENT,
        child_id=old.child_id,
        commissioner_id=old.commissioner_id,
        home_school_id=old.home_school_id,
        route=old.route,
        reason=old.reason,
        why=old.why,
        referral_path=old.referral_path,
        succeeds=old.id,
    )
    facts = list(facts_to_carry(old, case.today, case.parameters))
    for one in facts:
        if one.told.holds and one.kind is not None:
            successor.remember(one.kind, **dict(one.facts))
    successor.remember(CarriedOver, predecessor_id=old.id, carried=tuple(one.told for one in facts))
