"""What is known of how to reach an organisation's people and systems. The stored names are permanent; addresses and secrets are sealed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from annotated_types import Len

from domain.events import Event
from domain.facts.telling import Endpoint
from domain.personal import Contact, Label


class PersonContactSet(Event, frozen=True, kw_only=True, tag="reach.person_contact_set"):
    """How a person at an organisation wants to be reached; with neither, they are not reached."""

    organisation_id: UUID
    person_id: str
    email: Contact | None = None
    mobile: Contact | None = None


class OfficeContactSet(Event, frozen=True, kw_only=True, tag="reach.office_contact_set"):
    """The organisation's own mailbox, and the telephone number that families are given."""

    organisation_id: UUID
    email: Contact | None = None
    telephone: Contact | None = None


class EndpointAdded(Event, frozen=True, kw_only=True, tag="reach.endpoint_added"):
    """Another system of the organisation hears of messages from now on; one of the same name is replaced."""

    organisation_id: UUID
    endpoint: Endpoint


class EndpointRemoved(Event, frozen=True, kw_only=True, tag="reach.endpoint_removed"):
    """That system hears of no more."""

    organisation_id: UUID
    name: Label


class CalendarAddressOpened(Event, frozen=True, kw_only=True, tag="reach.calendar_address_opened"):
    """A person has a private address at which their calendar can be fetched; an earlier one is no longer good."""

    organisation_id: UUID
    person_id: str
    key_sha256: Annotated[str, Len(64, 64)]
    """SHA-256 of the secret in the address: the address itself is nowhere stored."""


class CalendarAddressClosed(Event, frozen=True, kw_only=True, tag="reach.calendar_address_closed"):
    """The address is good no more."""

    organisation_id: UUID
    person_id: str
