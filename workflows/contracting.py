"""Commands of the contract: plan, agreement, signatures, and holding the place."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain import placement_events as e
from domain.agreement import Agreement
from domain.events import Event
from domain.facts.commission import IndividualAgreement, Signature
from domain.facts.plan import LearningPlan, PlanAgreed
from domain.people import Role
from domain.reasons import NotPermitted
from workflows.case import Case
from workflows.holding_places import free_place, hold_place
from workflows.placement_command import PlacementCommand


class ChooseAgreement(PlacementCommand):
    """Choose the standing contract that governs the placement (B2)."""

    event: ClassVar[type[Event] | None] = e.AgreementChosen
    agreement_id: UUID
    """The contract between this commissioner and this provider."""

    def before(self, case: Case) -> None:
        case.named(Agreement, self.agreement_id, "agreement_id")


class WritePlan(PlacementCommand):
    """Write or change the personal learning plan; everyone agrees to it anew (items 49-56)."""

    event: ClassVar[type[Event] | None] = e.PlanWritten
    plan: LearningPlan
    """The plan."""


class AgreePlan(PlacementCommand):
    """Record that one party agreed to the plan (B3)."""

    event: ClassVar[type[Event] | None] = e.PlanAgreedBy
    agreed: PlanAgreed
    """Who agreed, and when."""

    def before(self, case: Case) -> None:
        _only_for_own_side(case, self.agreed.party)


class MakeIndividualAgreement(PlacementCommand):
    """Write the child's own commissioning agreement: targets, hours, maximum period (004 l.47); it is signed anew."""

    event: ClassVar[type[Event] | None] = e.IndividualAgreementMade
    agreement: IndividualAgreement
    """The agreement."""


class SignIndividualAgreement(PlacementCommand):
    """Record a signature under the child's agreement."""

    event: ClassVar[type[Event] | None] = e.IndividualAgreementSigned
    signature: Signature
    """Who signed, and when."""

    def before(self, case: Case) -> None:
        _only_for_own_side(case, self.signature.party)


class CompleteContract(PlacementCommand):
    """Decide that everything is agreed and signed; the place is held from now on (gate: contract to risk assessment)."""

    event: ClassVar[type[Event] | None] = e.ContractCompleted

    def follow(self, case: Case) -> None:
        hold_place(case)


class ChooseAgain(PlacementCommand):
    """Go back to the suitability check because the chosen provider fell through; the held place is given back."""

    event: ClassVar[type[Event] | None] = e.ChosenAgain

    def before(self, case: Case) -> None:
        if case.placement.place_held:
            free_place(case)


def _only_for_own_side(case: Case, party: str) -> None:
    """A provider's person speaks for the provider only; the commissioner records what others said or signed."""
    if case.asker.acts_as(Role.PROVIDER_STAFF) and party != "provider":
        raise NotPermitted("A provider can record only its own agreement or signature.")
