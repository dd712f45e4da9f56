"""The ways of sending that are set up, and by which of them somebody is reached."""

from __future__ import annotations

from dataclasses import dataclass

from domain.reach import Contacts
from service.sending.letter import Carrier


@dataclass(frozen=True, slots=True)
class Carriers:
    """The ways that are set up."""

    webhook: Carrier
    email: Carrier | None = None
    text: Carrier | None = None

    @property
    def to_people(self) -> list[Carrier]:
        """By what people are reached; empty where no way is set up at all."""
        return [way for way in (self.email, self.text) if way is not None]

    def for_contacts(self, contacts: Contacts) -> tuple[Carrier, str] | None:
        """By which way, and to what address; none where there is no way to reach them."""
        if contacts.email and self.email:
            return self.email, contacts.email
        if contacts.mobile and self.text:
            return self.text, contacts.mobile
        return None
