"""Looks at every provider as if it were proposed for a child: what the gate to the contract would say to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.agreement import Agreement
from domain.candidates import FACTORS, Considered, Ranking, rank
from domain.child import Child
from domain.facts.suitability import Proposal
from domain.guidance import Parameters
from domain.organisation import Organisation
from domain.people import Asker
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.reasons import Reason
from domain.rules import checks, places, suitability
from domain.rules.rule import AskedFor
from domain.school_days import SchoolDays
from workflows.case import Case
from workflows.moves import ask

RULES = (
    suitability.the_provider_may_be_used,
    suitability.the_child_is_of_the_providers_age,
    suitability.the_provider_offers_what_the_child_needs,
    *checks.CHECKS,
    *places.LAWFULNESS,
    places.the_provider_has_a_place,
    places.the_hours_are_within_the_offer,
)
"""Of the gate to the contract, what depends on the provider and needs nobody's judgement yet."""
FURTHER_CHECKS = (
    "first_aid",
    "fire_safety",
    "site_risk",
    "staff_qualifications",
    "food_hygiene",
    "data_protection",
)
"""Checks without which a child may be placed; they count for the rank."""
LATELY = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The place that is looked for."""

    starts_on: date
    sessions_per_week: int
    hours_per_week: float


class AsIfProposed:
    """The case as it would be with another provider. It answers what rules ask, and changes nothing."""

    def __init__(
        self, case: Case, provider: Provider, taken: Places, agreement: Agreement | None, wanted: Wanted
    ) -> None:
        self._case, self.provider, self.places, self.agreement = case, provider, taken, agreement
        placement = copy(case.placement)
        placement.proposal = Proposal(
            provider_id=provider.id,
            sites=tuple(provider.sites),
            sessions_per_week=wanted.sessions_per_week,
            hours_per_week=wanted.hours_per_week,
            starts_on=wanted.starts_on,
        )
        placement.commission = placement.started_on = placement.hours_per_week = (
            placement.sessions_per_week
        ) = None
        self.placement: Placement = placement
        self.asked = AskedFor()

    @property
    def child(self) -> Child:
        return self._case.child

    @property
    def placements_of_child(self) -> Sequence[Placement]:
        return self._case.placements_of_child

    @property
    def commissioner(self) -> Organisation:
        return self._case.commissioner

    @property
    def home_school(self) -> Organisation | None:
        return self._case.home_school

    @property
    def asker(self) -> Asker:
        return self._case.asker

    @property
    def today(self) -> date:
        return self._case.today

    @property
    def days(self) -> SchoolDays | None:
        return self._case.days

    @property
    def parameters(self) -> Parameters:
        return self._case.parameters


def candidates(case: Case, providers: Iterable[UUID], agreements: Iterable[UUID], wanted: Wanted) -> Ranking:
    """Rank these providers for the child of the case, under the commissioner's agreements that are given."""
    ids = list(providers)
    case.fetch(
        {
            **dict.fromkeys(ids, Provider),
            **{Places.id_for(id): Places for id in ids},
            **dict.fromkeys(agreements, Agreement),
        }
    )
    contracts = {
        a.provider_id: a
        for id in agreements
        if (a := case.find(Agreement, id)) is not None
        and a.commissioner_id == case.placement.commissioner_id
        and a.in_force_on(wanted.starts_on)
    }
    found = [
        _considered(case, provider, contracts.get(id), wanted)
        for id in ids
        if (provider := case.find(Provider, id)) is not None
    ]
    numbers = case.parameters
    weights = {factor: numbers.of(f"candidate_points_for_{factor}") for factor in FACTORS}
    return rank(found, weights, numbers.of("candidate_dear_from_pounds"))


def _considered(case: Case, provider: Provider, agreement: Agreement | None, wanted: Wanted) -> Considered:
    taken = case.find(Places, Places.id_for(provider.id)) or Places(Places.id_for(provider.id))
    supposed = AsIfProposed(case, provider, taken, agreement, wanted)
    refusals, warnings = _weighed(case, supposed)
    if provider.id == case.placement.provider_id:
        message = f"The placement is with {provider.name} already: another provider is looked for."
        refusals = (Reason(code="is_there_already", message=message, source="003 ¶51-52"), *refusals)
    needs = case.placement.needs
    asked = frozenset(str(need.sen_type) for need in needs.needs) if needs else frozenset()
    offer = provider.offer
    offered = frozenset(map(str, offer.needs)) if offer else frozenset()
    return Considered(
        provider_id=provider.id,
        name=provider.name,
        needs_met=asked & offered,
        needs_not_met=asked - offered,
        agreement_in_force=agreement is not None,
        approved=provider.approval == "approved",
        visited_lately=any(case.today - LATELY <= visit.on <= case.today for visit in provider.visits),
        checks_held=sum(provider.check_on(kind, wanted.starts_on) is not None for kind in FURTHER_CHECKS),
        checks_asked=len(FURTHER_CHECKS),
        price_per_session=offer.price_per_session if offer else None,
        places_free=offer.places - len(taken.taken) if offer else None,
        refusals=refusals,
        warnings=warnings,
    )


def _weighed(case: Case, supposed: AsIfProposed) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Every refusal and every warning. Nothing is set aside here: an override is asked for a provider, not for a list of them."""
    refusals: list[Reason] = []
    warnings: list[Reason] = []
    for rule in RULES:
        if not rule.chosen or rule.name in case.commissioner.warnings:
            reasons, said = ask(rule, supposed, None)
            if said.verdict != "met":
                (warnings if said.verdict == "warned" else refusals).extend(reasons)
    return tuple(refusals), tuple(warnings)
