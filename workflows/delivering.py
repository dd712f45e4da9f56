"""What the worker writes down of a message on its way, and how a person has it sent again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, cast
from uuid import UUID

from annotated_types import Ge, Len

from domain import message_events as e
from domain.facts.telling import About, Cause, Channel, Covered, NotSent, Recipient
from domain.message import Delivery, Message, message_id
from domain.people import Asker
from domain.personal import Label
from domain.reasons import Invalid, Reason
from domain.record import Record
from workflows.case import Case
from workflows.command import Command
from workflows.telling_of_failure import tell_of_failure

THE_MESSENGER = Asker("messenger", "Messages", None, None, machine=True)
"""Under this name the service writes down what became of messages."""
To = Annotated[str, Len(1, 300)]
"""The addressee's key in the message."""


class MessageCommand(Command):
    """Something became of a message to one person. What has happened to it meanwhile stands, and this then says nothing."""

    target: ClassVar[type[Record]] = Message
    to: To
    """To whom."""

    def decide(self, case: Case) -> None:
        message = cast(Message, case.target)
        delivery = message.deliveries.get(self.to)
        if delivery is not None and delivery.state == "waiting":
            self.write(case, message, delivery)

    def write(self, case: Case, message: Message, delivery: Delivery) -> None:
        """Write it down."""
        raise NotImplementedError


class HoldMessage(MessageCommand):
    """Let it wait for the end of the quiet hours. Only the service itself does so."""

    until: datetime
    """Their end."""

    def write(self, case: Case, message: Message, delivery: Delivery) -> None:
        """Once for these hours."""
        if delivery.not_before != self.until:
            message.remember(e.MessageHeld, to=self.to, until=self.until)


class RecordHandedOver(MessageCommand):
    """Whoever carries it has taken it. Only the service itself records so."""

    channel: Channel
    """By what it goes."""
    reference: Annotated[str, Len(0, 200)] = ""
    """By which whoever carries it knows it."""
    found: bool = False
    """Whether an earlier try turned out to have arrived."""

    def write(self, case: Case, message: Message, delivery: Delivery) -> None:
        """It is done."""
        message.remember(
            e.MessageHandedOver,
            to=self.to,
            channel=self.channel,
            attempt=delivery.attempts + 1,
            reference=self.reference,
            found=self.found,
        )


class RecordFailedTry(MessageCommand):
    """A try failed, and there will be another. Only the service itself records so."""

    channel: Channel
    """By what it was to go."""
    attempt: Annotated[int, Ge(1)]
    """Which try it was: of two workers that both saw it fail, one records it."""
    code: Label
    """What went wrong."""
    again_at: datetime
    """When it is tried again."""

    def write(self, case: Case, message: Message, delivery: Delivery) -> None:
        """The try."""
        if delivery.attempts + 1 == self.attempt:
            message.remember(e.MessageNotHandedOver, **self.facts())


class GiveUpMessage(MessageCommand):
    """It was refused for good, or too often: the named officer is told. Only the service itself does so."""

    channel: Channel
    """By what it was to go."""
    attempt: Annotated[int, Ge(1)]
    """Which try it was."""
    code: Label
    """What went wrong."""

    def write(self, case: Case, message: Message, delivery: Delivery) -> None:
        """The try, and who hears of it."""
        if delivery.attempts + 1 == self.attempt:
            message.remember(e.MessageGivenUp, **self.facts())
            tell_of_failure(case, message, self.code, self.to)


class RecordNotSent(MessageCommand):
    """It is not sent, and why. Only the service itself records so."""

    because: NotSent
    """Why."""

    def write(self, case: Case, message: Message, delivery: Delivery) -> None:
        """The named officer hears of it where there is no way to reach someone."""
        message.remember(e.MessageNotSent, to=self.to, because=self.because)
        if self.because in ("no_address", "nobody_found"):
            tell_of_failure(case, message, self.because, self.to)


class LetGoStale(Command):
    """Record that nobody was looked for any more, because it was no longer worth telling. Only the service itself does so."""

    target: ClassVar[type[Record]] = Message

    def decide(self, case: Case) -> None:
        message = cast(Message, case.target)
        if not message.addressed and not message.undeliverable:
            message.remember(e.MessageNotSent, to="", because="stale")


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


class SendAgain(Command):
    """Have a message tried anew: one that was given up, that found no address, or that did not arrive."""

    target: ClassVar[type[Record]] = Message

    to: Annotated[str, Len(0, 300)] = ""
    """To whom, as the message lists them; empty to look anew for who stands in the relation."""

    def decide(self, case: Case) -> None:
        message = cast(Message, case.target)
        delivery = message.deliveries.get(self.to)
        if self.to and delivery is None:
            raise Invalid(
                [Reason(code="no_such_addressee", message="It is not addressed to that one.", field="to")]
            )
        waits = delivery.state == "waiting" if delivery else not message.undeliverable
        if waits or (delivery is not None and delivery.state == "in_digest"):
            text = "It is on its way already. Name one to whom it was not sent, or wait."
            raise Invalid([Reason(code="still_on_its_way", message=text, field="to")])
        message.remember(e.MessageSentAgain, to=self.to)


NOT_FOR_PEOPLE: tuple[type[Command], ...] = (
    HoldMessage,
    RecordHandedOver,
    RecordFailedTry,
    GiveUpMessage,
    RecordNotSent,
    LetGoStale,
    MakeDigest,
)
"""What only the service itself writes down."""
