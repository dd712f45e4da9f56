"""Which decision is which of the duties that ought to lie apart."""

from __future__ import annotations

from domain import agreement_events as a
from domain import placement_events as e
from domain import placement_life_events as life
from domain import referral_events as referral
from domain.events import Event

DUTIES: dict[type[Event], str] = {
    referral.NeedsAssessed: "assessed_need",
    referral.NeedsAssessmentCompleted: "assessed_need",
    e.ProviderProposed: "chose_provider",
    e.SuitabilityAssessed: "chose_provider",
    e.SuitabilityConfirmed: "chose_provider",
    e.IndividualAgreementMade: "approved_money",
    e.IndividualAgreementSigned: "approved_money",
    e.ContractCompleted: "approved_money",
    a.PriceAgreed: "approved_money",
    a.ValueJudged: "approved_money",
    a.AgreementSigned: "approved_money",
    life.ReviewRecorded: "signed_review",
    life.Continued: "signed_review",
}


def duty_held(event: Event) -> str | None:
    """The duty that its person held by an event, if any. A signature counts for the side that pays."""
    for_the_provider = (
        isinstance(event, e.IndividualAgreementSigned | a.AgreementSigned)
        and event.signature.party == "provider"
    )
    return None if for_the_provider else DUTIES.get(type(event))
