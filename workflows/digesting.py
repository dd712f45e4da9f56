"""What is not urgent is put together, each morning, in one message a person."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from annotated_types import Len

from domain import message_events as e
from domain.facts.telling import About, Cause, Covered, Recipient
from domain.message import Message, message_id
from domain.record import Record
from workflows.case import Case
from workflows.command import Command


class MakeDigest(Command):
    """Put what waits for one person's digest into that of a day. Only the service itself does so."""

    target: ClassVar[type[Record]] = Message
    opens: ClassVar[bool] = True

    day: date
    """The London day: there is one digest a day."""
    organisation_id: UUID
    """For which organisation the person acts."""
    person_id: Annotated[str, Len(1, 200)]
    """Whose digest."""
    covers: Annotated[tuple[Covered, ...], Len(1, 500)]
    """What waits."""

    def own_id(self) -> UUID:
        """The id that the digest has."""
        return message_id(self._cause(), "digest", self._to())

    def decide(self, case: Case) -> None:
        case.fetch({one.message_id: Message for one in self.covers})
        taken = []
        for one in self.covers:
            message = case.find(Message, one.message_id)
            delivery = message.deliveries.get(one.to) if message else None
            if message and delivery and delivery.state == "waiting":
                message.remember(e.MessagePutInDigest, to=one.to, digest_id=self.own_id())
                taken.append(one)
        if taken:
            case.begin(Message, self.own_id()).remember(
                e.MessageAskedFor,
                template="digest",
                to=self._to(),
                record=About(kind="organisation", id=self.organisation_id),
                cause=self._cause(),
                urgency="soon",
                covers=tuple(taken),
            )

    def _cause(self) -> Cause:
        return Cause(rule="a_digest_each_morning", what=self.day.isoformat())

    def _to(self) -> Recipient:
        return Recipient(relation="person", organisation_id=self.organisation_id, person_id=self.person_id)
