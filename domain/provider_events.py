"""What can become known of a provider. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.codes import SettingType
from domain.events import Event
from domain.facts.checks import ApprovalStage, Check, Contactable, Offer, Registration, Site, Visit


class ProviderRegistered(Event, frozen=True, kw_only=True, tag="provider.registered"):
    """A provider became known to the service (items 8, 10)."""

    name: str
    urn: str | None = None
    ukprn: str | None = None
    setting_type: SettingType | None = None
    """Where it has neither number (AP census)."""
    company_number: str | None = None
    local_authority_code: str | None = None
    source_row: str = ""
    """Where it came from, when it was imported."""


class ProviderRenamed(Event, frozen=True, kw_only=True, tag="provider.renamed"):
    """The provider has a new name."""

    name: str


class ContactSet(Event, frozen=True, kw_only=True, tag="provider.contact_set"):
    """Whom to speak to; the same post again replaces the entry."""

    contact: Contactable


class SiteAdded(Event, frozen=True, kw_only=True, tag="provider.site_added"):
    """A site; the same name again replaces the entry."""

    site: Site


class SiteClosed(Event, frozen=True, kw_only=True, tag="provider.site_closed"):
    """A site is no longer used."""

    name: str
    on: date


class RegistrationRecorded(Event, frozen=True, kw_only=True, tag="provider.registration_recorded"):
    """What the register of schools said (item 24)."""

    registration: Registration


class OfferPublished(Event, frozen=True, kw_only=True, tag="provider.offer_published"):
    """What the provider offers, and how many places it has (item 8)."""

    offer: Offer


class CheckRecorded(Event, frozen=True, kw_only=True, tag="provider.check_recorded"):
    """A check with its evidence; the newest of a kind holds (items 27-29)."""

    check: Check


class ApprovalMoved(Event, frozen=True, kw_only=True, tag="provider.approval_moved"):
    """The provider's stage on the approved list (items 9, 10). It does not replace the commissioner's own checks."""

    stage: ApprovalStage


class VisitRecorded(Event, frozen=True, kw_only=True, tag="provider.visit_recorded"):
    """A quality visit or self-assessment (items 76, 77)."""

    visit: Visit


class ProviderSuspended(Event, frozen=True, kw_only=True, tag="provider.suspended"):
    """No child may be placed here until it is lifted."""

    why: str


class SuspensionLifted(Event, frozen=True, kw_only=True, tag="provider.suspension_lifted"):
    """Children may be placed here again."""

    why: str


class ProviderRemoved(Event, frozen=True, kw_only=True, tag="provider.removed"):
    """The provider is not used any more, or has closed."""

    why: str
    closed: bool = False


class PlaceTaken(Event, frozen=True, kw_only=True, tag="places.taken"):
    """A child takes a place; said again for the same placement, it replaces what was said."""

    placement_id: UUID
    commissioner_id: UUID
    hours_per_week: float
    sessions_per_week: int
    ehc_plan: bool
    looked_after: bool
    compulsory_age: bool


class PlaceFreed(Event, frozen=True, kw_only=True, tag="places.freed"):
    """A child's place is free again."""

    placement_id: UUID
