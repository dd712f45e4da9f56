"""Commands about a placement: the table of moves is asked first, then what happened is recorded."""

from __future__ import annotations

from typing import Any, ClassVar

from domain.placement import Placement
from domain.record import Record
from workflows.case import Case
from workflows.command import Command
from workflows.placement_moves import PLACEMENT


class PlacementCommand(Command):
    """Weighs the rules of its row in the table, records its event with the stage that the row leads to, and lets effects follow."""

    target: ClassVar[type[Record]] = Placement

    def decide(self, case: Case) -> None:
        weighed = PLACEMENT.require(self.name(), case)
        case.weigh(weighed)
        self.before(case)
        facts: dict[str, Any] = self.happened(case)
        if weighed.to is not None:
            facts["stage"] = weighed.to
        if self.event is None:
            raise TypeError(f"{type(self).__name__} records no event")
        case.placement.remember(self.event, **facts)
        self.follow(case)

    def before(self, case: Case) -> None:
        """What comes before it is recorded: the fields that need a look beyond their form. Raises Invalid or NotPermitted."""

    def happened(self, case: Case) -> dict[str, Any]:
        """The facts of the event; the command's own fields unless it says otherwise."""
        return self.facts()

    def follow(self, case: Case) -> None:
        """What else happens in the same decision."""
