"""The people who may act, as the organisations' own records grant it: for the command line and for local tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.events import stored_name
from domain.organisation import Organisation
from domain.organisation_events import OrganisationFounded
from domain.people import Asker, OrganisationKind, Role
from history.store import History
from service.plain_error import PlainError


@dataclass(frozen=True, slots=True)
class Person:
    """One person at one organisation, with the roles they hold there today."""

    id: str
    name: str
    organisation_id: UUID
    organisation: str
    kind: OrganisationKind
    roles: frozenset[Role]
    provider_id: UUID | None

    def as_asker(self) -> Asker:
        """The person as one who asks for something."""
        return Asker(
            self.id, self.name, self.organisation_id, self.kind, self.roles, provider_id=self.provider_id
        )


def organisations_of(history: History) -> list[Organisation]:
    """Every organisation, oldest first."""
    ids = history.ids_of(stored_name(OrganisationFounded))
    found = history.get_many(dict.fromkeys(ids, Organisation))
    return [record for id in ids if isinstance(record := found.get(id), Organisation)]


def people_of(history: History, day: date) -> list[Person]:
    """Everyone who holds a role on a day, organisation by organisation."""
    return [person for organisation in organisations_of(history) for person in _people_at(organisation, day)]


def person_called(history: History, id: str, organisation_id: UUID | None, day: date) -> Person:
    """One person, at the organisation that is given or at the only one where they hold a role.

    Raises PlainError that says what to do.
    """
    theirs = [p for p in people_of(history, day) if p.id == id]
    if not theirs:
        raise PlainError(f"Nobody with the id {id} holds a role here: `placements people` lists who does.")
    if organisation_id is not None:
        theirs = [p for p in theirs if p.organisation_id == organisation_id]
        if not theirs:
            raise PlainError(f"{id} holds no role at the organisation {organisation_id}.")
    if len(theirs) > 1:
        which = ", ".join(f"{p.organisation_id} ({p.organisation})" for p in theirs)
        raise PlainError(f"{id} acts for several organisations; add --organisation with one of: {which}.")
    return theirs[0]


def _people_at(organisation: Organisation, day: date) -> Iterator[Person]:
    if organisation.kind is None:
        return
    for id in dict.fromkeys(grant.person_id for grant in organisation.grants.values()):
        roles = organisation.roles_of(id, day)
        if roles:
            yield Person(
                id,
                organisation.name_of(id),
                organisation.id,
                organisation.name,
                organisation.kind,
                roles,
                organisation.provider_id,
            )
