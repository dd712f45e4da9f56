"""What the worker writes down of a message on its way."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Annotated, ClassVar, cast

from annotated_types import Ge, Len

from domain import message_events as e
from domain.facts.telling import Channel, NotSent
from domain.message import Delivery, Message
from domain.people import Asker
from domain.personal import Label
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

    @abstractmethod
    def write(self, case: Case, message: Message, delivery: Delivery) -> None:
        """Write it down."""


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


NOT_FOR_PEOPLE: tuple[type[Command], ...] = (
    HoldMessage,
    RecordHandedOver,
    RecordFailedTry,
    GiveUpMessage,
    RecordNotSent,
    LetGoStale,
)
"""What only the service itself writes down."""
