"""Who signs in for an organisation and is addressed there, by the roles that are held today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain.facts.telling import Addressee
from domain.organisation import Organisation
from domain.people import Role
from domain.placement import Placement
from workflows.relations import OFFICERS


def officer(organisation: Organisation, person_id: str) -> Addressee:
    """A person who signs in for an organisation."""
    return Addressee(
        key=f"officer:{organisation.id}/{person_id}",
        organisation_id=organisation.id,
        provider_id=organisation.provider_id,
        person_id=person_id,
    )


def this_person(
    organisations: Iterable[Organisation], person_id: str | None, today: date
) -> Iterator[Addressee]:
    """One person, wherever they hold a role."""
    for organisation in organisations:
        if person_id and organisation.roles_of(person_id, today):
            yield officer(organisation, person_id)


def in_charge(
    organisations: Iterable[Organisation], placement: Placement | None, today: date
) -> Iterator[Addressee]:
    """Who of the commissioner decided last about the placement, and still acts for it: not everyone in the office."""
    for organisation in organisations:
        for event in reversed(placement.events if placement else []):
            by = event.decision.by
            if by.organisation_id == organisation.id and not organisation.roles_of(by.id, today).isdisjoint(
                OFFICERS
            ):
                yield officer(organisation, by.id)
                break
        else:
            yield from _in_first_role(organisation, (Role.COMMISSIONER, *OFFICERS), today)


def named_officers(organisations: Iterable[Organisation], today: date) -> Iterator[Addressee]:
    """The one who is named, or else everyone in the highest role that anyone holds."""
    for organisation in organisations:
        named = organisation.named_officer
        if named and organisation.roles_of(named[0], today):
            yield officer(organisation, named[0])
        else:
            # A school that commissions has its lead, and no officer above.
            roles = (Role.NAMED_OFFICER, Role.SENIOR_OFFICER, Role.SCHOOL_LEAD)
            yield from _in_first_role(organisation, roles, today)


def in_role(organisations: Iterable[Organisation], role: Role, today: date) -> Iterator[Addressee]:
    """Everyone who holds it."""
    for organisation in organisations:
        for grant in organisation.grants.values():
            if grant.role is role and role in organisation.roles_of(grant.person_id, today):
                yield officer(organisation, grant.person_id)


def _in_first_role(organisation: Organisation, roles: Iterable[Role], today: date) -> list[Addressee]:
    """Everyone in the first of the roles that anyone holds."""
    held = (list(in_role([organisation], role, today)) for role in roles)
    return next((people for people in held if people), [])
