"""Commands of the suitability check: propose a provider, assess it, confirm it or turn it down."""

from __future__ import annotations

from typing import Any, ClassVar

from domain import placement_events as e
from domain.events import Event
from domain.facts.suitability import Proposal, SuitabilityAssessment
from domain.provider import Provider
from domain.rules.rule import AskedFor
from workflows.case import Case
from workflows.placement_command import PlacementCommand


class ProposeProvider(PlacementCommand):
    """Propose a place at a provider (items 23, 56; B1). A new proposal asks for a new assessment."""

    event: ClassVar[type[Event] | None] = e.ProviderProposed
    proposal: Proposal
    """The place: provider, sites, sessions and hours."""

    def before(self, case: Case) -> None:
        case.named(Provider, self.proposal.provider_id, "proposal.provider_id")


class AssessSuitability(PlacementCommand):
    """Record whether the proposed provider is right for this child (items 13, 23, 24, 29-31, 80, 85)."""

    event: ClassVar[type[Event] | None] = e.SuitabilityAssessed
    assessment: SuitabilityAssessment
    """The assessment."""


class TurnDownProvider(PlacementCommand):
    """Give up the proposed provider and look for another."""

    event: ClassVar[type[Event] | None] = e.ProviderTurnedDown

    def happened(self, case: Case) -> dict[str, Any]:
        return {"provider_id": case.placement.provider_id}


class ConfirmSuitability(PlacementCommand):
    """Decide that the provider is right and lawful, and go on to the contract (gate: suitability to contract)."""

    event: ClassVar[type[Event] | None] = e.SuitabilityConfirmed

    def asks(self) -> AskedFor:
        return AskedFor()
