"""Who stands in which relation to a message: officers in their roles, carers, social workers, posts at a provider, and systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast
from uuid import UUID

from domain.child import Child
from domain.facts.telling import About, Addressee, Recipient
from domain.message import Message
from domain.organisation import Organisation
from domain.people import Role
from domain.personal import ERASED
from domain.placement import Placement
from domain.provider import Provider
from domain.reach import Reach, email_in
from workflows.case import Case
from workflows.holding_roles import in_charge, in_role, named_officers, this_person
from workflows.telling import KINDS

CORPORATE_PARENT = "corporate_parent"
ROLES: dict[str, Role] = {
    "senior_officer": Role.SENIOR_OFFICER,
    "safeguarding_lead": Role.SAFEGUARDING_LEAD,
    "home_school": Role.SCHOOL_LEAD,
    "attendance_officer": Role.ATTENDANCE_OFFICER,
}
"""Those in whose case everyone in a role is meant."""


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

    def _people(self, offices: list[Organisation]) -> Iterator[Addressee]:
        relation, today = self.to.relation, self.case.today
        special: dict[str, Callable[[], Iterable[Addressee]]] = {
            "parent": self._carers,
            "social_worker": self._social_worker,
            "virtual_school_head": lambda: self._virtual_school(offices),
            "provider": lambda: self._provider(offices),
            "person": lambda: this_person(offices, self.to.person_id, today),
            "commissioner": lambda: in_charge(offices, self.placement, today),
            "named_officer": lambda: named_officers(offices, today),
            "authority": lambda: named_officers(offices, today),
        }
        return iter(special[relation]() if relation in special else in_role(offices, ROLES[relation], today))

    def _social_worker(self) -> Iterator[Addressee]:
        if self.child is not None and self.child.social_worker is not None:
            yield Addressee(key="social_worker")

    def _virtual_school(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        heads = list(in_role(organisations, Role.VIRTUAL_SCHOOL_HEAD, self.case.today))
        yield from heads
        if not heads and self.child is not None and self.child.looked_after is not None:
            yield Addressee(key="virtual_school")

    def _provider(self, organisations: list[Organisation]) -> Iterator[Addressee]:
        staff = list(in_role(organisations, Role.PROVIDER_STAFF, self.case.today))
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
