"""What can happen to a standing contract. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.events import Event
from domain.facts.terms import ContractSigned, Price, Tender, Terms


class AgreementDrafted(Event, frozen=True, kw_only=True, tag="agreement.drafted"):
    """A commissioner and a provider begin a standing contract (item 6)."""

    commissioner_id: UUID
    provider_id: UUID
    starts_on: date
    ends_on: date | None = None


class TermsWritten(Event, frozen=True, kw_only=True, tag="agreement.terms_written"):
    """The terms of Appendix A as agreed so far (items 32-48); signatures have to be given anew."""

    terms: Terms


class PriceAgreed(Event, frozen=True, kw_only=True, tag="agreement.price_agreed"):
    """What is paid (A13)."""

    price: Price


class TenderRecorded(Event, frozen=True, kw_only=True, tag="agreement.tender_recorded"):
    """How the provider was chosen (items 11, 12)."""

    tender: Tender


class ValueJudged(Event, frozen=True, kw_only=True, tag="agreement.value_judged"):
    """A judgement of value for money (item 13)."""

    judgement: str


class AgreementSigned(Event, frozen=True, kw_only=True, tag="agreement.signed"):
    """One side signed (B2)."""

    signature: ContractSigned


class AgreementEnded(Event, frozen=True, kw_only=True, tag="agreement.ended"):
    """The contract ended, at once where its grounds say so (003 ¶41; T18)."""

    on: date
    why: str
    at_once: bool = False
