"""How the person who asks stands to a message: to what it is about, or to those whom it is addressed to."""

from __future__ import annotations

from domain.child import Child
from domain.message import Message
from domain.organisation import Organisation
from domain.people import Asker, OrganisationKind, Role
from domain.placement import Placement
from domain.provider import Provider
from workflows.case import Case
from workflows.command import Command
from workflows.reaching import ReachCommand
from workflows.relations import May, child_is_known_to, relations
from workflows.telling import KINDS, Tell


def of_the_message(*roles: Role) -> May:
    """People in these roles at an organisation that answers for what the message is about, or that it is addressed to."""

    def may(case: Case, command: Command) -> bool:
        asker, message = case.asker, case.target
        return isinstance(message, Message) and asker.acts_as(*roles) and knows_message(case, message)

    return may


def about_what_they_answer_for(*roles: Role) -> May:
    """People in these roles at an organisation that answers for the record that someone shall be told of."""

    def may(case: Case, command: Command) -> bool:
        asker = case.asker
        if not isinstance(command, Tell) or not asker.acts_as(*roles):
            return False
        about = case.find(KINDS[command.record.kind], command.record.id)
        if command.child_id is not None and not _knows(case, case.find(Child, command.child_id)):
            return False
        own = command.to.organisation_id in (None, asker.organisation_id)
        return own and about is not None and _knows(case, about)

    return may


def oneself(case: Case, command: Command) -> bool:
    """The person whom the request names, for an organisation at which they hold a role."""
    mine = getattr(command, "person_id", None) == case.asker.person_id
    return isinstance(command, ReachCommand) and mine and case.asker.organisation_id == case.target.id


def knows_message(case: Case, message: Message) -> bool:
    """Whether the asker may know of it: the one to whom it goes, and whoever answers for what it is about, without a provider."""
    asker = case.asker
    if addressed_to(asker, message):
        return True
    if asker.organisation_id is None or asker.organisation_kind is OrganisationKind.PROVIDER:
        return False
    placement = case.find(Placement, message.placement_id)
    child = case.find(Child, message.child_id)
    if placement is not None:
        return bool(relations(asker, placement, child))
    return child is not None and child_is_known_to(asker, child)


def addressed_to(asker: Asker, message: Message) -> bool:
    """Whether it goes to the asker's own organisation, or provider."""
    return any(concerns(asker, key, message) for key in message.deliveries)


def concerns(asker: Asker, key: str, message: Message) -> bool:
    """Whether one delivery of it goes to the asker's own organisation, or provider."""
    addressee = message.deliveries[key].addressee
    if asker.organisation_kind is OrganisationKind.PROVIDER:
        return asker.provider_id is not None and addressee.provider_id == asker.provider_id
    return addressee.organisation_id is not None and addressee.organisation_id == asker.organisation_id


def _knows(case: Case, about: object) -> bool:
    asker = case.asker
    if isinstance(about, Placement):
        return bool(relations(asker, about, case.child_of(about)) - {"provider"})
    if isinstance(about, Child):
        return child_is_known_to(asker, about)
    if isinstance(about, Message):
        return knows_message(case, about)
    if isinstance(about, Organisation):
        return about.id == asker.organisation_id
    return isinstance(about, Provider) and asker.organisation_kind is not OrganisationKind.PROVIDER
