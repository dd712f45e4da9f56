"""A message: whom it shall tell of what, because of what, and how it came to each of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from domain import message_events as e
from domain.facts.telling import About, Addressee, Cause, Covered, Recipient, Slot, Urgency
from domain.record import Record, remembers

MESSAGES = UUID("6f0e7b3c-52d1-5c0b-8f5e-0d6a3b1a9c44")
"""From this, the cause, the template and the recipient follows the id of a message: asked for twice, it is the same one."""

CAN_WAIT_FOR_A_DIGEST = timedelta(hours=36)
"""What has to be told sooner than this after it was asked for does not wait for a morning."""

State = Literal["waiting", "in_digest", "handed_over", "given_up", "not_sent"]
"""How a delivery stands. Only a waiting one is still to be done."""


def message_id(cause: Cause, template: str, to: Recipient) -> UUID:
    """The id of the message that tells this recipient of this cause by this template."""
    recipient = f"{to.relation}\n{to.organisation_id or ''}\n{to.person_id or ''}"
    return uuid5(MESSAGES, f"{cause.rule}\n{cause.what}\n{template}\n{recipient}")


def carried_as(message: UUID, to: str, round: int) -> UUID:
    """The id under which a message to one person is given to whoever carries it: the same for each try."""
    return uuid5(message, f"{to}\n{round}")


@dataclass(frozen=True, slots=True)
class Delivery:
    """The message on its way to one person or system."""

    addressee: Addressee
    state: State = "waiting"
    tries: int = 0
    """Since it was last asked for: a person who sends it again begins anew."""
    attempts: int = 0
    """In all."""
    round: int = 0
    """How often a person had it sent again: to whoever carries it, that is another message."""
    not_before: datetime | None = None
    channel: str = ""
    code: str = ""
    """Why it failed, or why it is not sent."""
    reference: str = ""
    digest_id: UUID | None = None
    at: datetime | None = None
    """When it came to this state."""


class Message(Record):
    """One cause, one template, one recipient: any number of people who stand in that relation."""

    def begin(self) -> None:
        self.template = ""
        self.to: Recipient | None = None
        self.record: About | None = None
        self.cause: Cause | None = None
        self.urgency: Urgency = "soon"
        self.tell_by: datetime | None = None
        self.child_id: UUID | None = None
        self.placement_id: UUID | None = None
        self.slots: tuple[Slot, ...] = ()
        self.covers: tuple[Covered, ...] = ()
        self.asked_at: datetime | None = None
        self.addressed = False
        self.undeliverable = ""
        """Why it goes to nobody at all."""
        self.deliveries: dict[str, Delivery] = {}

    @property
    def about(self) -> UUID | None:
        return self.child_id

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return (not self.addressed and not self.undeliverable) or any(
            one.state == "waiting" for one in self.deliveries.values()
        )

    def waits_for_digest(self, to: str) -> bool:
        """Whether it goes with the addressee's digest: who signs in has one, and what cannot wait a day goes by itself."""
        delivery = self.deliveries[to]
        can_wait = self.tell_by is None or (
            self.asked_at is not None and self.tell_by - self.asked_at >= CAN_WAIT_FOR_A_DIGEST
        )
        signs_in = delivery.addressee.person_id is not None
        return self.urgency == "digest" and signs_in and can_wait and delivery.state == "waiting"

    @remembers
    def asked_for(self, event: e.MessageAskedFor) -> None:
        self.template, self.to, self.record, self.cause = event.template, event.to, event.record, event.cause
        self.urgency, self.tell_by, self.slots = event.urgency, event.tell_by, event.slots
        self.child_id, self.placement_id, self.covers = event.child_id, event.placement_id, event.covers
        self.asked_at = event.recorded_at

    @remembers
    def was_addressed(self, event: e.MessageAddressed) -> None:
        self.addressed, self.undeliverable = True, ""
        for addressee in event.to:
            self.deliveries.setdefault(addressee.key, Delivery(addressee, at=event.recorded_at))

    @remembers
    def held(self, event: e.MessageHeld) -> None:
        self._change(event.to, not_before=event.until, at=event.recorded_at)

    @remembers
    def put_in_digest(self, event: e.MessagePutInDigest) -> None:
        self._change(event.to, state="in_digest", digest_id=event.digest_id, at=event.recorded_at)

    @remembers
    def handed_over(self, event: e.MessageHandedOver) -> None:
        self._tried(event, state="handed_over", code="", reference=event.reference, not_before=None)

    @remembers
    def not_handed_over(self, event: e.MessageNotHandedOver) -> None:
        self._tried(event, code=event.code, not_before=event.again_at)

    @remembers
    def given_up(self, event: e.MessageGivenUp) -> None:
        self._tried(event, state="given_up", code=event.code, not_before=None)

    @remembers
    def sent_again(self, event: e.MessageSentAgain) -> None:
        if event.to:
            self._change(
                event.to,
                round=self.deliveries[event.to].round + 1,
                state="waiting",
                tries=0,
                code="",
                not_before=None,
                digest_id=None,
                at=event.recorded_at,
            )
        else:
            self.addressed, self.undeliverable = False, ""
        # It was worth it to a person.
        self.tell_by = None

    @remembers
    def not_sent(self, event: e.MessageNotSent) -> None:
        if event.to:
            self._change(event.to, state="not_sent", code=event.because, at=event.recorded_at)
        else:
            self.undeliverable = event.because

    def _tried(
        self, event: e.MessageHandedOver | e.MessageNotHandedOver | e.MessageGivenUp, **changes: object
    ) -> None:
        before = self.deliveries[event.to]
        self._change(
            event.to,
            tries=before.tries + 1,
            attempts=event.attempt,
            channel=event.channel,
            at=event.recorded_at,
            **changes,
        )

    def _change(self, to: str, **changes: object) -> None:
        self.deliveries[to] = replace(self.deliveries[to], **changes)  # type: ignore[arg-type]
