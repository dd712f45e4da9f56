"""How an organisation's people and systems are reached. Kept apart from its record, which more people read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID, uuid5

from domain import reach_events as e
from domain.facts.telling import Endpoint
from domain.record import Record, remembers

REACH = UUID("b1b3f7a2-3a57-5d0c-9a0b-4b8c2f6e7d10")
"""From this and the organisation follows the id of the record."""

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])", re.ASCII)
"""An e-mail address, as it may stand among other words."""
MOBILE = re.compile(r"(?<!\d)(?:\+44\s?7|07)(?:[\s-]?\d){9}(?!\d)")
"""A mobile number of the United Kingdom."""


def email_in(words: str | None) -> str | None:
    """The one e-mail address in what was typed; none where there is none, or where it is not clear which."""
    found = set(EMAIL.findall(words or ""))
    return found.pop() if len(found) == 1 else None


def mobile_in(words: str | None) -> str | None:
    """The one mobile number in what was typed, as +447...; none where there is none, or where it is not clear which."""
    found = {re.sub(r"[\s-]", "", one) for one in MOBILE.findall(words or "")}
    found = {"+44" + one[1:] if one.startswith("0") else one for one in found}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Contacts:
    """How one is reached."""

    email: str | None = None
    mobile: str | None = None


class Reach(Record):
    """One per organisation. The words are sealed under a key of its own."""

    def begin(self) -> None:
        self.people: dict[str, Contacts] = {}
        self.office = Contacts()
        self.telephone: str | None = None
        self.endpoints: dict[str, Endpoint] = {}
        self.calendars: dict[str, str] = {}

    @staticmethod
    def id_for(organisation_id: UUID) -> UUID:
        """The record of an organisation."""
        return uuid5(REACH, str(organisation_id))

    @remembers
    def person_contact_set(self, event: e.PersonContactSet) -> None:
        self.people[event.person_id] = Contacts(event.email, event.mobile)

    @remembers
    def office_contact_set(self, event: e.OfficeContactSet) -> None:
        self.office, self.telephone = Contacts(event.email), event.telephone

    @remembers
    def endpoint_added(self, event: e.EndpointAdded) -> None:
        self.endpoints[event.endpoint.name] = event.endpoint

    @remembers
    def endpoint_removed(self, event: e.EndpointRemoved) -> None:
        self.endpoints.pop(event.name, None)

    @remembers
    def calendar_address_opened(self, event: e.CalendarAddressOpened) -> None:
        self.calendars[event.person_id] = event.key_sha256

    @remembers
    def calendar_address_closed(self, event: e.CalendarAddressClosed) -> None:
        self.calendars.pop(event.person_id, None)
