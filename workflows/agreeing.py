"""Commands about the standing contract between a commissioner and a provider."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, cast
from uuid import UUID

from domain import agreement_events as e
from domain.agreement import Agreement
from domain.events import Event
from domain.facts.terms import ContractSigned, Price, Tender, Terms
from domain.organisation import Organisation
from domain.people import Role
from domain.personal import Prose
from domain.provider import Provider
from domain.reasons import NotPermitted, Reason, Refused
from domain.record import Record
from domain.thresholds import competition_is_required, procurement_threshold
from workflows.case import Case
from workflows.command import Command


class AgreementCommand(Command):
    """A command about a standing contract."""

    target: ClassVar[type[Record]] = Agreement


class DraftAgreement(AgreementCommand):
    """Begin a standing contract with a provider (item 6; Appendix A)."""

    opens: ClassVar[bool] = True
    event: ClassVar[type[Event] | None] = e.AgreementDrafted

    commissioner_id: UUID
    """The organisation that commissions."""
    provider_id: UUID
    """The provider."""
    starts_on: date
    """First day of the contract."""
    ends_on: date | None = None
    """Last day; empty for a contract without end."""

    def decide(self, case: Case) -> None:
        case.named(Organisation, self.commissioner_id, "commissioner_id")
        case.named(Provider, self.provider_id, "provider_id")
        super().decide(case)


class WriteTerms(AgreementCommand):
    """Write the terms of Appendix A (items 32-48). Signatures have to be given anew."""

    event: ClassVar[type[Event] | None] = e.TermsWritten
    terms: Terms
    """All terms as they now stand."""


class AgreePrice(AgreementCommand):
    """Record what is paid (A13)."""

    event: ClassVar[type[Event] | None] = e.PriceAgreed
    price: Price
    """The price."""

    def decide(self, case: Case) -> None:
        super().decide(case)
        agreement = cast(Agreement, case.target)
        if agreement.tender is None and _reaches_the_threshold(case, self.price):
            message = f"{_over_threshold(case)} A competitive procurement is required: record the tender before signing."
            reason = Reason(
                code="tender_needed",
                message=message,
                warning=True,
                source="Procurement Act 2023; SI 2025/1200",
            )
            case.warnings = (*case.warnings, reason)


class RecordTender(AgreementCommand):
    """Record how the provider was chosen (items 11, 12; 003 ¶29-30)."""

    event: ClassVar[type[Event] | None] = e.TenderRecorded
    tender: Tender
    """The tender."""


class JudgeValue(AgreementCommand):
    """Record a judgement of value for money (item 13)."""

    event: ClassVar[type[Event] | None] = e.ValueJudged
    judgement: Prose
    """The judgement and its grounds."""


class SignAgreement(AgreementCommand):
    """Record a signature under the contract (B2)."""

    event: ClassVar[type[Event] | None] = e.AgreementSigned
    signature: ContractSigned
    """Who signed, and when."""

    def decide(self, case: Case) -> None:
        if case.asker.acts_as(Role.PROVIDER_STAFF) and self.signature.party != "provider":
            raise NotPermitted("A provider can record only its own signature.")
        agreement = cast(Agreement, case.target)
        if agreement.ended_on is not None:
            raise Refused(
                [Reason(code="contract_ended", message="The contract has ended and cannot be signed.")]
            )
        price = agreement.price
        if price is not None and agreement.tender is None and _reaches_the_threshold(case, price):
            message = f"{_over_threshold(case)} Record the tender first."
            source = "Procurement Act 2023; 003 ¶29"
            raise Refused([Reason(code="tender_missing", message=message, source=source)])
        super().decide(case)


class EndAgreement(AgreementCommand):
    """End the contract, at once where its grounds allow it (003 ¶41; T18)."""

    event: ClassVar[type[Event] | None] = e.AgreementEnded
    on: date
    """The last day."""
    why: Prose
    """Why, without naming a child."""
    at_once: bool = False
    """Whether it ends at once under its termination grounds."""


def _reaches_the_threshold(case: Case, price: Price) -> bool:
    return bool(competition_is_required(price.lifetime_value, case.today, parameters=case.parameters))


def _over_threshold(case: Case) -> str:
    threshold = procurement_threshold("light_touch", case.today, case.parameters)
    pounds = f" of £{threshold.pounds:,.0f}" if threshold else ""
    return f"The contract's lifetime value reaches the procurement threshold{pounds}."
