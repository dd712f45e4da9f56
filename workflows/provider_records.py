"""Commands about a provider: who they are, sites, offer, registration, checks, approval, suspension."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from annotated_types import Len

from domain import provider_events as e
from domain.codes import SettingType
from domain.events import Event
from domain.facts.checks import Contactable, Offer, Site
from domain.personal import Label
from domain.place_identifiers import (
    doubts_about_authority,
    doubts_about_ukprn,
    doubts_about_urn,
    problem_with_company_number,
    problem_with_postcode,
    problem_with_ukprn,
)
from domain.provider import Places, Provider
from domain.reasons import Invalid, Reason
from domain.record import Record
from workflows.case import Case
from workflows.command import Command


class ProviderCommand(Command):
    """A command about a provider."""

    target: ClassVar[type[Record]] = Provider


class RegisterProvider(ProviderCommand):
    """Begin the record of a provider: URN, or else UKPRN, or else a setting type (items 8, 10; AP census)."""

    opens: ClassVar[bool] = True

    provider_name: Label
    """The provider's name."""
    urn: Annotated[str, Len(1, 10)] | None = None
    """Unique reference number on the school register."""
    ukprn: Annotated[str, Len(1, 10)] | None = None
    """UK provider reference number."""
    setting_type: SettingType | None = None
    """NFE, OOT, OTH or WBP, where it has neither number."""
    company_number: Annotated[str, Len(1, 10)] | None = None
    """Companies House number."""
    local_authority_code: Annotated[str, Len(3, 3)] | None = None
    """DfE number of the local authority where it is."""
    source_row: Annotated[str, Len(1, 200)] | None = None
    """Where it was imported from."""

    def decide(self, case: Case) -> None:
        found = [
            problem_with_ukprn(self.ukprn) if self.ukprn else None,
            problem_with_company_number(self.company_number) if self.company_number else None,
        ]
        if not self.urn and not self.ukprn and self.setting_type is None:
            message = "Give the URN, or else the UKPRN, or else the setting type."
            found.append(
                Reason(code="no_identification", message=message, field="setting_type", source="AP census")
            )
        if any(found):
            raise Invalid([reason for reason in found if reason is not None])
        doubts = [
            doubts_about_urn(self.urn) if self.urn else None,
            doubts_about_ukprn(self.ukprn) if self.ukprn else None,
            doubts_about_authority(self.local_authority_code) if self.local_authority_code else None,
        ]
        case.warnings = (*case.warnings, *(d for d in doubts if d is not None))
        facts = self.facts()
        facts["name"], facts["source_row"] = facts.pop("provider_name"), self.source_row or ""
        case.target.remember(e.ProviderRegistered, **facts)


class RenameProvider(ProviderCommand):
    """Record a new name."""

    new_name: Label
    """The new name."""

    def decide(self, case: Case) -> None:
        case.target.remember(e.ProviderRenamed, name=self.new_name)


class SetContact(ProviderCommand):
    """Record whom to speak to."""

    event: ClassVar[type[Event] | None] = e.ContactSet
    contact: Contactable
    """Post and how to reach it."""


class AddSite(ProviderCommand):
    """Add a site with its address, subcontracted ones included (KCSIE Part 3); the same name again replaces it."""

    event: ClassVar[type[Event] | None] = e.SiteAdded
    site: Site
    """The site."""

    def decide(self, case: Case) -> None:
        problem = problem_with_postcode(self.site.postcode)
        if problem is not None:
            raise Invalid([replace(problem, field="site.postcode")])
        super().decide(case)


class CloseSite(ProviderCommand):
    """Record that a site is no longer used."""

    site_name: Label
    """The name of the site."""
    on: date
    """The last day."""

    def decide(self, case: Case) -> None:
        if not isinstance(case.target, Provider) or self.site_name not in case.target.sites:
            raise Invalid(
                [
                    Reason(
                        code="no_such_site",
                        message="The provider has no site of this name.",
                        field="site_name",
                    )
                ]
            )
        case.target.remember(e.SiteClosed, name=self.site_name, on=self.on)


class PublishOffer(ProviderCommand):
    """Publish the provider's offer, with its number of places (item 8; 003 ¶22)."""

    event: ClassVar[type[Event] | None] = e.OfferPublished
    offer: Offer
    """The offer."""

    def decide(self, case: Case) -> None:
        if self.offer.age_to < self.offer.age_from:
            message = "The oldest age is below the youngest."
            raise Invalid([Reason(code="ages_reversed", message=message, field="offer.age_to")])
        super().decide(case)
        taken = len(case.begin(Places, Places.id_for(case.target.id)).taken)
        if taken > self.offer.places:
            message = f"{taken} children have a place here now; the offer names {self.offer.places}. No one is sent away by it."
            case.warnings = (
                *case.warnings,
                Reason(code="fewer_places_than_children", message=message, warning=True),
            )
