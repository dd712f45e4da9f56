"""A decision of the past as the decider had it: the records as they were, who asked, what was asked, and which numbers counted."""

from __future__ import annotations

import msgspec

from domain.events import Actor, Event
from domain.guidance import Parameters, Version
from domain.organisation import Organisation
from domain.people import Asker, Role
from domain.personal import ERASED
from domain.placement import Placement
from domain.record import Recording
from domain.rules.rule import AskedFor
from workflows.case import Case
from workflows.catalogue import COMMANDS
from workflows.unfolding import Unfolding


class PastCase(Case):
    """The case as the decider had it, with the numbers that the decision is bound to."""

    def __init__(self, before: Unfolding, event: Event) -> None:
        decision = event.decision
        recording = Recording(decision, event.recorded_at, event.occurred_on, event.occurred_at)
        super().__init__(before, _asker(before, decision.by), recording, _asked(event), before.published)
        self.bound = {used.parameter: used for used in decision.parameters}
        self.asked_of: set[str] = set()
        opens = event.originator_version == 1
        self.open(Placement, event.originator_id, new=opens)
        if opens:  # a referral is weighed as the placement would stand with it
            self.placement.fold(event)

    @property
    def parameters(self) -> Parameters:
        """The numbers that the decision says it was counted with; where it names none, those that were in force."""
        supposed = {name: used.value for name, used in self.bound.items()}
        return Parameters(
            self.published.on(self.today), self._answers_for_it(), self.today, supposed, self._asks_for
        )

    def in_force(self, name: str) -> Version | None:
        """What the decision should have been counted with."""
        return Parameters(self.published.on(self.today), self._answers_for_it(), self.today).version(name)

    def _asks_for(self, name: str, version: Version) -> None:
        self.asked_of.add(name)

    def rests_on_erased_words(self) -> bool:
        """Whether anything that was read here has been erased since."""
        return any(
            ERASED.encode() in msgspec.json.encode(event)
            for record in self.loaded.values()
            for event in record.events
        )


def _asked(event: Event) -> AskedFor:
    """What the request said, from the event that keeps it."""
    command = COMMANDS.get(event.decision.command)
    if command is None:
        return AskedFor()
    facts = {name: getattr(event, name) for name in command.model_fields if hasattr(event, name)}
    return command.model_construct(**facts).asks()


def _asker(before: Unfolding, by: Actor) -> Asker:
    organisation = before.find(Organisation, by.organisation_id) if by.organisation_id else None
    return Asker(
        by.id,
        by.name,
        by.organisation_id,
        organisation.kind if organisation else None,
        frozenset(Role(role) for role in by.role.split(", ") if role),
        organisation.provider_id if organisation else None,
        machine=by.kind == "machine",
    )
