"""Commands of the suitability check: propose a provider, assess it, confirm it or turn it down."""

from __future__ import annotations

from typing import Any, ClassVar

from domain import placement_events as e
from domain.events import Event
from domain.facts.suitability import Proposal, SuitabilityAssessment
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from domain.rules.rule import AskedFor
from workflows.case import Case
from workflows.placement_command import PlacementCommand


class ProposeProvider(PlacementCommand):
    """Propose a place at a provider (items 23, 56; B1). A new proposal asks for a new assessment."""

    event: ClassVar[type[Event] | None] = e.ProviderProposed
    proposal: Proposal
    """The place: provider, sites, sessions and hours."""

    def before(self, case: Case) -> None:
        provider = case.named(Provider, self.proposal.provider_id, "proposal.provider_id")
        found = [_no_such_site(site, provider) for site in self.proposal.sites if site not in provider.sites]
        if found:
            raise Invalid(found)


def _no_such_site(site: str, provider: Provider) -> Reason:
    """Said where it is typed; the gate asks again, for a site may close."""
    known = f"on record are: {', '.join(provider.sites)}" if provider.sites else "no site is on record yet"
    message = f"'{site}' is not a site of {provider.name}; {known}. Choose one of them, or add it with its address first."
    source = "KCSIE Part 3; Children's Wellbeing and Schools Act 2026 s.38"
    return Reason(code="site_not_known", message=message, field="proposal.sites", source=source)


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
