"""Providers, standing contracts and organisations as spreadsheets."""

from __future__ import annotations

from api.sheets.sheet import Sheet, coded, column, label, reference
from projections.agreements import AgreementRow
from projections.fact_words import named
from projections.finding_providers import ProviderRow
from projections.organisations import OrganisationColumns

PROVIDERS = Sheet(
    ProviderRow,
    (
        column("Provider", "name", say=lambda name: name or "Without a name"),
        coded("Kind of setting", "setting_type"),
        column("Registration", "registration", say=lambda status: label(status) or "Not looked up yet"),
        column("Registration looked up on", "registration_checked_on"),
        coded("Approval", "approval"),
        coded("Suspended because", "suspended"),
        coded("Used no more because", "removed"),
        column("Closed", "closed"),
        column("Inspected on", "inspected_on"),
        coded("Judgement", "judgement"),
        coded("Needs that it can meet", "needs"),
        column("From age", "age_from"),
        column("To age", "age_to"),
        column("Places", "places"),
        column("Places taken", "places_taken"),
        column("Places free", "places_free"),
        column("Taught hours a week at most", "offered_hours"),
        column("Weeks", "weeks"),
        column("Pounds for a session", "price_per_session"),
        column("Children full-time", "children_full_time"),
        column("Has to register because", "must_register"),
        column("Next check runs out", "first_expiry"),
        column("Last visit", "last_visit_on"),
        column("Next visit", "next_visit_on"),
        column("Unique reference number (URN)", "urn"),
        column("UK provider reference number (UKPRN)", "ukprn"),
        column("Last written down (UK time)", "recorded_at"),
        reference("provider_id"),
    ),
)
AGREEMENTS = Sheet(
    AgreementRow,
    (
        column("Provider", "provider_name"),
        column("Commissioner", "commissioner_name"),
        coded("How it stands", "state"),
        column("Starts on", "starts_on"),
        column("Ends on", "ends_on"),
        column("Ended early on", "ended_on"),
        coded("Signed by", "signed_by"),
        column("Terms that are missing", "missing_terms", say=lambda terms: [named(term) for term in terms]),
        column("Pounds", "price"),
        coded("For one", "price_per"),
        column("Pounds over its whole life, with VAT", "lifetime_value"),
        column("Tender reference", "tender_reference"),
        column("Value for money judged", "value_judged"),
        column("Last written down (UK time)", "recorded_at"),
        reference("agreement_id"),
    ),
)
ORGANISATIONS = Sheet(
    OrganisationColumns,
    (
        column("Organisation", "name"),
        coded("Kind", "kind"),
        column("Named officer", "named_officer_name"),
        column("DfE number of the local authority", "local_authority_code"),
        column("Unique reference number (URN)", "urn"),
        column("Maintained by the local authority", "maintained"),
        column("Calendar from", "calendar_from"),
        column("Calendar until", "calendar_until"),
        reference("organisation_id"),
    ),
)
