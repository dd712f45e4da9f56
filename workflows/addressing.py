"""AddressMessage: who stands in the relation that a message names, at the moment when it is sent."""

from __future__ import annotations

from typing import ClassVar, cast, get_args
from uuid import UUID

from domain import message_events as e
from domain.facts.telling import Cause, Recipient, Relation
from domain.message import Message, message_id
from domain.record import Record
from workflows.addressees import Around
from workflows.case import Case
from workflows.command import Command
from workflows.telling_of_failure import tell_of_failure


class AddressMessage(Command):
    """Find out who is to be told. Only the service itself does so."""

    target: ClassVar[type[Record]] = Message

    offices: tuple[UUID, ...] = ()
    """The provider's offices, where it is about a provider: their records do not lead from the one to the other."""

    def decide(self, case: Case) -> None:
        message = cast(Message, case.target)
        if message.addressed or message.undeliverable:
            return
        around = Around(case, message, self.offices)
        found = {one.key: one for one in around.addressees()}
        told = _told_already(case, message)
        new = tuple(one for key, one in found.items() if key not in told)
        if around.is_erased:
            message.remember(e.MessageNotSent, to="", because="erased")
        elif new:
            message.remember(e.MessageAddressed, to=new)
        elif found:
            message.remember(e.MessageNotSent, to="", because="told_already")
        elif around.to.relation == "parent" and around.some_must_not_be_told:
            # Somebody decided so: no failure, and nobody is asked to tell them instead.
            message.remember(e.MessageNotSent, to="", because="must_not_be_told")
        else:
            message.remember(e.MessageNotSent, to="", because="nobody_found")
            tell_of_failure(case, message, "nobody_found")


def _told_already(case: Case, message: Message) -> set[str]:
    """Whom the same cause told the same thing because they stand in another relation, too."""
    cause, to = cast(Cause, message.cause), cast(Recipient, message.to)
    siblings = {
        message_id(cause, message.template, Recipient(relation=relation, organisation_id=organisation))
        for relation in get_args(Relation)
        for organisation in {None, to.organisation_id}
    } - {message.id}
    case.fetch(dict.fromkeys(siblings, Message))
    found = [case.find(Message, sibling) for sibling in siblings]
    return {key for one in found if one is not None for key in one.deliveries}
