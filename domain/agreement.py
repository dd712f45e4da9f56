"""The standing contract between a commissioner and a provider."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain import agreement_events as e
from domain.facts.terms import ContractSigned, Price, Tender, Terms
from domain.record import Record, remembers


class Agreement(Record):
    """Terms, price, signatures and end of one contract (Appendix A)."""

    def begin(self) -> None:
        self.commissioner_id: UUID | None = None
        self.provider_id: UUID | None = None
        self.starts_on: date | None = None
        self.ends_on: date | None = None
        self.terms = Terms()
        self.price: Price | None = None
        self.tender: Tender | None = None
        self.value_for_money = ""
        self.signatures: dict[str, ContractSigned] = {}
        self.ended_on: date | None = None

    def in_force_on(self, day: date) -> bool:
        """Whether both sides have signed and the day lies in the contract's time."""
        if self.starts_on is None or len(self.signatures) < 2 or day < self.starts_on:
            return False
        ends = [d for d in (self.ends_on, self.ended_on) if d is not None]
        return all(day <= d for d in ends)

    @remembers
    def drafted(self, event: e.AgreementDrafted) -> None:
        self.commissioner_id, self.provider_id = event.commissioner_id, event.provider_id
        self.starts_on, self.ends_on = event.starts_on, event.ends_on

    @remembers
    def terms_written(self, event: e.TermsWritten) -> None:
        self.terms, self.signatures = event.terms, {}

    @remembers
    def price_agreed(self, event: e.PriceAgreed) -> None:
        self.price = event.price

    @remembers
    def tender_recorded(self, event: e.TenderRecorded) -> None:
        self.tender = event.tender

    @remembers
    def value_judged(self, event: e.ValueJudged) -> None:
        self.value_for_money = event.judgement

    @remembers
    def signed(self, event: e.AgreementSigned) -> None:
        self.signatures[event.signature.party] = event.signature

    @remembers
    def ended(self, event: e.AgreementEnded) -> None:
        self.ended_on = event.on
