"""How whoever is addressed is reached today, and whether they still may be told: a message may have waited since they were found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

from domain.child import Child
from domain.message import Delivery, Message
from domain.organisation import Organisation
from domain.personal import ERASED
from domain.provider import Provider
from domain.reach import Contacts, Reach, email_in, mobile_in
from domain.school_days import london_day
from history.store import History


class Reaching:
    """Reads the records as they are now."""

    def __init__(self, history: History, clock: Callable[[], datetime]) -> None:
        self._history, self._clock = history, clock

    def must_not_be_told(self, message: Message, delivery: Delivery) -> bool:
        """Whether it came on record, since it was addressed or long ago, that messages must not reach this carer."""
        kind, _, number = delivery.addressee.key.partition(":")
        child = self._child(message) if kind == "carer" else None
        carers = list(child.carers.values()) if child is not None else []
        return any(carer.may_be_told is False for carer in carers[int(number) :][:1]) if carers else False

    def still_acts(self, delivery: Delivery) -> bool:
        """Whether an officer who was addressed holds a role there today: a message may have waited for the morning meanwhile."""
        to = delivery.addressee
        if not to.key.startswith("officer:"):
            return True
        found = self._history.find(Organisation, to.organisation_id) if to.organisation_id else None
        return found is not None and bool(found.roles_of(to.person_id or "", london_day(self._clock())))

    def contacts(self, message: Message, delivery: Delivery) -> Contacts | None:
        """How the addressee is reached; none where the words about the child were erased."""
        child = self._child(message)
        if child is not None and child.family_name == ERASED:
            return None
        kind, _, rest = delivery.addressee.key.partition(":")
        if kind == "officer":
            reach = self._history.find(Reach, Reach.id_for(cast(UUID, delivery.addressee.organisation_id)))
            return reach.people.get(delivery.addressee.person_id or "", Contacts()) if reach else Contacts()
        words: str | None = None
        if kind == "carer" and child is not None:
            carers = list(child.carers.values())
            words = carers[int(rest)].contact if int(rest) < len(carers) else None
        elif kind == "social_worker" and child is not None and child.social_worker is not None:
            words = child.social_worker.contact
        elif kind == "virtual_school" and child is not None and child.looked_after is not None:
            words = child.looked_after.virtual_school
        elif kind == "contact":
            provider, _, post = rest.partition("/")
            found = self._history.find(Provider, UUID(provider))
            words = found.contacts[post].contact if found and post in found.contacts else None
        return Contacts(email_in(words), mobile_in(words))

    def _child(self, message: Message) -> Child | None:
        return self._history.find(Child, message.child_id) if message.child_id else None
