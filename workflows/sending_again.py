"""How a person has a message sent again."""

from __future__ import annotations

from typing import Annotated, ClassVar, cast

from annotated_types import Len

from domain import message_events as e
from domain.message import Message
from domain.reasons import Invalid, Reason
from domain.record import Record
from workflows.case import Case
from workflows.command import Command


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
