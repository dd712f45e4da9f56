"""A provider, and apart from it the places it has given away over all commissioners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from domain import provider_events as e
from domain.codes import SettingType
from domain.facts.checks import Check, Contactable, Offer, Registration, Site, Visit
from domain.record import Record, remembers


class Provider(Record):
    """Who they are, where they teach, what was checked and what they may be used for."""

    def begin(self) -> None:
        self.name = ""
        self.urn: str | None = None
        self.ukprn: str | None = None
        self.setting_type: SettingType | None = None
        self.company_number: str | None = None
        self.local_authority_code: str | None = None
        self.contacts: dict[str, Contactable] = {}
        self.sites: dict[str, Site] = {}
        self.registrations: list[Registration] = []
        self.offer: Offer | None = None
        self.checks: dict[str, Check] = {}
        self.approval = ""
        self.visits: list[Visit] = []
        self.suspended = ""
        self.removed = ""
        self.closed = False

    @property
    def registration(self) -> Registration | None:
        """What the register said last; none where no one has looked."""
        return (
            max(self.registrations, key=lambda r: (r.checked_on, r.since_on)) if self.registrations else None
        )

    def registration_on(self, day: date) -> Registration | None:
        """The status that held on a day, by what is known now."""
        held = [r for r in self.registrations if r.since_on <= day]
        return max(held, key=lambda r: (r.since_on, r.checked_on)) if held else None

    def check_on(self, kind: str, day: date) -> Check | None:
        """The newest check of a kind, if it was passed and holds on that day."""
        found = self.checks.get(kind)
        if found is None or not found.passed or (found.expires_on is not None and found.expires_on < day):
            return None
        return found

    @remembers
    def registered(self, event: e.ProviderRegistered) -> None:
        self.name, self.urn, self.ukprn = event.name, event.urn, event.ukprn
        self.setting_type, self.company_number = event.setting_type, event.company_number
        self.local_authority_code = event.local_authority_code

    @remembers
    def renamed(self, event: e.ProviderRenamed) -> None:
        self.name = event.name

    @remembers
    def contact_set(self, event: e.ContactSet) -> None:
        self.contacts[event.contact.post] = event.contact

    @remembers
    def site_added(self, event: e.SiteAdded) -> None:
        self.sites[event.site.name] = event.site

    @remembers
    def site_closed(self, event: e.SiteClosed) -> None:
        self.sites.pop(event.name, None)

    @remembers
    def registration_recorded(self, event: e.RegistrationRecorded) -> None:
        self.registrations.append(event.registration)

    @remembers
    def offer_published(self, event: e.OfferPublished) -> None:
        self.offer = event.offer

    @remembers
    def check_recorded(self, event: e.CheckRecorded) -> None:
        known = self.checks.get(event.check.kind)
        if known is None or event.check.checked_on >= known.checked_on:
            self.checks[event.check.kind] = event.check

    @remembers
    def approval_moved(self, event: e.ApprovalMoved) -> None:
        self.approval = event.stage

    @remembers
    def visit_recorded(self, event: e.VisitRecorded) -> None:
        self.visits.append(event.visit)

    @remembers
    def suspended_(self, event: e.ProviderSuspended) -> None:
        self.suspended = event.why

    @remembers
    def suspension_lifted(self, event: e.SuspensionLifted) -> None:
        self.suspended = ""

    @remembers
    def removed_(self, event: e.ProviderRemoved) -> None:
        self.removed, self.closed = event.why, event.closed


@dataclass(frozen=True, slots=True)
class Place:
    """One child's place: what the registration rule and the count of places need to know of it, and no more."""

    child_id: UUID
    commissioner_id: UUID
    hours_per_week: float
    sessions_per_week: int
    ehc_plan: bool
    looked_after: bool
    compulsory_age: bool


class Places(Record):
    """The places of one provider that are taken, over all commissioners: the one record on which overbooking would collide."""

    def begin(self) -> None:
        self.taken: dict[UUID, Place] = {}

    @staticmethod
    def id_for(provider_id: UUID) -> UUID:
        """The id of a provider's places."""
        return uuid5(provider_id, "places")

    @remembers
    def place_taken(self, event: e.PlaceTaken) -> None:
        child = event.about or event.originator_id
        self.taken[event.placement_id] = Place(
            child,
            event.commissioner_id,
            event.hours_per_week,
            event.sessions_per_week,
            event.ehc_plan,
            event.looked_after,
            event.compulsory_age,
        )

    @remembers
    def place_freed(self, event: e.PlaceFreed) -> None:
        self.taken.pop(event.placement_id, None)
