"""AddressMessage: who stands in the relation that a message names, at the moment when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar, cast, get_args
from uuid import UUID

from domain import message_events as e
from domain.child import Child
from domain.facts.telling import About, Addressee, Cause, Recipient, Relation, Slot
from domain.message import Message, message_id
from domain.organisation import Organisation
from domain.people import Role
from domain.personal import ERASED
from domain.placement import Placement
from domain.provider import Provider
from domain.reach import Reach, email_in
from domain.record import Record
from workflows.case import Case
from workflows.command import Command
from workflows.relations import OFFICERS
from workflows.telling import KINDS, Tell, ask_to_tell

FAILURES = "could_not_be_told"
CORPORATE_PARENT = "corporate_parent"
NOBODY = "the_named_officer_hears_whom_nobody_could_reach"
"""The rule by which a failure is told."""
IN_WORDS: dict[str, str] = {
    "nobody_found": "nobody is recorded who stands in that relation",
    "no_address": "no address or number is recorded",
    "unreachable": "the message system could not be reached",
    "refused": "the address does not accept messages",
}


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


class Around:
    """The records around a message, and who in them stands how to it."""

    def __init__(self, case: Case, message: Message, offices: tuple[UUID, ...]) -> None:
        self.case, self.message, self.offices = case, message, offices
        record, to = cast(About, message.record), cast(Recipient, message.to)
        self.to = to
        about = case.find(KINDS[record.kind], record.id)
        self.placement = about if isinstance(about, Placement) else case.find(Placement, message.placement_id)
        self.child = case.find(Child, message.child_id)
        self.provider = (
            about
            if isinstance(about, Provider)
            else case.find(Provider, self.placement.provider_id if self.placement else None)
        )
        self.authority_id = self.child.authority_id if self.child else None
        answers = self.placement.commissioner_id if self.placement else self.authority_id
        self.answers_id = (
            to.organisation_id or answers or (about.id if isinstance(about, Organisation) else None)
        )

    @property
    def is_erased(self) -> bool:
        """Whether the words about the child are gone: then nobody is told anything."""
        return self.child is not None and self.child.family_name == ERASED

    def addressees(self) -> Iterator[Addressee]:
        """Everyone who stands in the relation, and the systems of their organisations that want to hear of it."""
        organisations = [one for one in self._organisations() if one is not None]
        yield from self._people(organisations)
        # A digest repeats to a person what systems were told one by one.
        for organisation in organisations if not self.message.covers else ():
            reach = self.case.find(Reach, Reach.id_for(organisation.id))
            for endpoint in reach.endpoints.values() if reach else ():
                if not endpoint.templates or self.message.template in endpoint.templates:
                    yield Addressee(
                        key=f"endpoint:{organisation.id}/{endpoint.name}",
                        organisation_id=organisation.id,
                        provider_id=organisation.provider_id,
                    )

    @property
    def some_must_not_be_told(self) -> bool:
        """Whether it is on record of one of the carers that messages must not reach them."""
        return self.child is not None and any(c.may_be_told is False for c in self.child.carers.values())

    def _organisations(self) -> list[Organisation | None]:
        find, relation = self.case.find, self.to.relation
        if relation == "provider":
            return [find(Organisation, office) for office in self.offices]
        if relation in ("parent", "social_worker"):
            return []
        if relation in ("virtual_school_head", "authority"):
            return [find(Organisation, self.to.organisation_id or self.authority_id)]
        if relation in ("home_school", "attendance_officer"):
            school = self.placement.home_school_id if self.placement else None
            return [find(Organisation, self.to.organisation_id or school or self.answers_id)]
        return [find(Organisation, self.answers_id)]

    def _people(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        special: dict[str, Callable[[list[Organisation]], Iterable[Addressee]]] = {
            "parent": lambda _: self._carers(),
            "social_worker": lambda _: self._social_worker(),
            "virtual_school_head": self._virtual_school,
            "provider": self._provider,
            "person": self._this_person,
            "commissioner": self._in_charge,
            "named_officer": self._named_officers,
            "authority": self._named_officers,
        }
        relation = self.to.relation
        if relation in special:
            yield from special[relation](organisations)
        else:
            yield from self._in_roles(organisations, ROLES[relation])

    def _social_worker(self) -> Iterator[Addressee]:
        if self.child is not None and self.child.social_worker is not None:
            yield Addressee(key="social_worker")

    def _virtual_school(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        heads = list(self._in_roles(organisations, Role.VIRTUAL_SCHOOL_HEAD))
        yield from heads
        if not heads and self.child is not None and self.child.looked_after is not None:
            yield Addressee(key="virtual_school")

    def _provider(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        staff = list(self._in_roles(organisations, Role.PROVIDER_STAFF))
        yield from staff or self._posts_at_the_provider()

    def _carers(self) -> Iterator[Addressee]:
        carers = list(self.child.carers.values()) if self.child else []
        told = [
            Addressee(key=f"carer:{number}")
            for number, carer in enumerate(carers)
            if carer.may_be_told is not False
            and carer.parental_responsibility
            and carer.relationship != CORPORATE_PARENT
        ]
        yield from told
        # An authority is a parent by its social worker. Where a parent must not be told, nobody is told in their place.
        if (
            not told
            and not self.some_must_not_be_told
            and CORPORATE_PARENT in {c.relationship for c in carers}
        ):
            yield from self._social_worker()

    def _posts_at_the_provider(self) -> Iterator[Addressee]:
        for contact in self.provider.contacts.values() if self.provider else ():
            if self.provider and email_in(contact.contact):
                yield Addressee(
                    key=f"contact:{self.provider.id}/{contact.post}", provider_id=self.provider.id
                )

    def _this_person(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        for organisation in organisations:
            if self.to.person_id and organisation.roles_of(self.to.person_id, self.case.today):
                yield officer(organisation, self.to.person_id)

    def _in_charge(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        """Who of the commissioner decided last about the placement, and still acts for it: not everyone in the office."""
        for organisation in organisations:
            for event in reversed(self.placement.events if self.placement else []):
                by = event.decision.by
                if by.organisation_id == organisation.id and not organisation.roles_of(
                    by.id, self.case.today
                ).isdisjoint(OFFICERS):
                    yield officer(organisation, by.id)
                    break
            else:
                yield from self._first_in(organisation, Role.COMMISSIONER, *OFFICERS)

    def _named_officers(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        for organisation in organisations:
            named = organisation.named_officer
            if named and organisation.roles_of(named[0], self.case.today):
                yield officer(organisation, named[0])
            else:
                # A school that commissions has its lead, and no officer above.
                yield from self._first_in(
                    organisation, Role.NAMED_OFFICER, Role.SENIOR_OFFICER, Role.SCHOOL_LEAD
                )

    def _first_in(self, organisation: Organisation, *roles: Role) -> list[Addressee]:
        """Everyone in the first of the roles that anyone holds."""
        held = (list(self._in_roles([organisation], role)) for role in roles)
        return next((people for people in held if people), [])

    def _in_roles(self, organisations: Iterable[Organisation], role: Role) -> Iterator[Addressee]:
        for organisation in organisations:
            for grant in organisation.grants.values():
                if grant.role is role and role in organisation.roles_of(grant.person_id, self.case.today):
                    yield officer(organisation, grant.person_id)


ROLES: dict[str, Role] = {
    "senior_officer": Role.SENIOR_OFFICER,
    "safeguarding_lead": Role.SAFEGUARDING_LEAD,
    "home_school": Role.SCHOOL_LEAD,
    "attendance_officer": Role.ATTENDANCE_OFFICER,
}
"""Those in whose case everyone in a role is meant."""


def officer(organisation: Organisation, person_id: str) -> Addressee:
    """A person who signs in for an organisation."""
    return Addressee(
        key=f"officer:{organisation.id}/{person_id}",
        organisation_id=organisation.id,
        provider_id=organisation.provider_id,
        person_id=person_id,
    )


def tell_of_failure(case: Case, message: Message, code: str, whom: str = "") -> None:
    """Ask that the named officer hear of it: a message that reaches nobody must not be silence.

    That this message in turn reaches nobody is told to nobody: it stands in the list of messages, and in the service's condition.
    """
    if message.template == FAILURES or message.to is None:
        return
    around = Around(case, message, ())
    hears: Relation = "senior_officer" if message.to.relation == "named_officer" else "named_officer"
    why = IN_WORDS.get(code, code.replace("_", " "))
    whom = whom or f"the {message.to.relation}".replace("_", " ")
    ask_to_tell(
        case,
        Tell(
            template=FAILURES,
            to=Recipient(relation=hears, organisation_id=around.answers_id),
            record=About(kind="message", id=message.id),
            cause=Cause(rule=NOBODY, what=f"{message.id}/{message.version}"),
            slots=(
                Slot(name="message", value=message.template.replace("_", " ")),
                Slot(name="whom", value=whom),
                Slot(name="why", value=why),
            ),
        ),
    )


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
