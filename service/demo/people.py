"""The people of Inventshire. All of them are invented, and their names say so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.people import Asker, OrganisationKind, Role
from service.demo.script import named

LA, SCHOOL, OFFICE = OrganisationKind.LOCAL_AUTHORITY, OrganisationKind.SCHOOL, OrganisationKind.PROVIDER


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of the demonstration: who it is, and who works there."""

    key: str
    name: str
    kind: OrganisationKind
    staff: tuple[tuple[str, tuple[Role, ...]], ...]
    maintained: bool = False
    urn: str | None = None

    @property
    def id(self) -> UUID:
        return named("organisation", self.key)

    @property
    def administrator(self) -> str:
        """Who may grant roles: the first of the staff."""
        return self.staff[0][0]


COUNCIL = Place("council", "Inventshire Council", LA, (
    ("Ada Example", (Role.ADMINISTRATOR,)),
    ("Cora Sample", (Role.COMMISSIONER,)),
    ("Colin Specimen", (Role.COMMISSIONER,)),
    ("Sana Invented", (Role.SENIOR_OFFICER,)),
    ("Nia Example", (Role.NAMED_OFFICER,)),
    ("Vera Specimen", (Role.VIRTUAL_SCHOOL_HEAD,)),
    ("Sol Sample", (Role.SAFEGUARDING_LEAD,)),
    ("Audrey Invented", (Role.AUDITOR,)),
    ("Dan Placeholder", (Role.DATA_OFFICER,)),
))  # fmt: skip
COMMUNITY = Place("community", "Inventon Community School", SCHOOL, (
    ("Sid Placeholder", (Role.ADMINISTRATOR, Role.SCHOOL_LEAD)),
    ("Stella Example", (Role.SAFEGUARDING_LEAD,)),
    ("Atif Sample", (Role.ATTENDANCE_OFFICER,)),
), maintained=True, urn="999901")  # fmt: skip
ACADEMY = Place("academy", "Specimen Academy", SCHOOL, (
    ("Sue Invented", (Role.ADMINISTRATOR, Role.SCHOOL_LEAD)),
    ("Saul Example", (Role.SAFEGUARDING_LEAD, Role.ATTENDANCE_OFFICER)),
), urn="999902")  # fmt: skip
SPECIAL = Place("special", "Sample Special School", SCHOOL, (
    ("Sefa Specimen", (Role.ADMINISTRATOR, Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER)),
), maintained=True, urn="999903")  # fmt: skip
SCHOOLS = (COMMUNITY, ACADEMY, SPECIAL)


def office(provider: str, name: str, person: str) -> Place:
    """The office of a provider, with the person who works there."""
    return Place(
        f"office of {provider}", name, OFFICE, ((person, (Role.ADMINISTRATOR, Role.PROVIDER_STAFF)),)
    )


def person_id(name: str) -> str:
    """The person as a sign-in service would name them."""
    return f"{name.lower().replace(' ', '.')}@inventshire.example"


def asker(place: Place, name: str, provider_id: UUID | None = None) -> Asker:
    """Someone of a place, in the roles that they were granted."""
    roles = next(roles for who, roles in place.staff if who == name)
    return Asker(person_id(name), name, place.id, place.kind, frozenset(roles), provider_id=provider_id)


SET_UP = Asker("set-up", "Set-up", None, None, machine=True)
"""The part of the service that founds what must be there before anyone can act."""
ADMINISTRATOR = asker(COUNCIL, "Ada Example")
CORA, COLIN = asker(COUNCIL, "Cora Sample"), asker(COUNCIL, "Colin Specimen")
SENIOR = asker(COUNCIL, "Sana Invented")
NAMED_OFFICER = asker(COUNCIL, "Nia Example")
VIRTUAL_SCHOOL = asker(COUNCIL, "Vera Specimen")
SAFEGUARDING = asker(COUNCIL, "Sol Sample")
SID, STELLA, ATIF = (asker(COMMUNITY, name) for name, _ in COMMUNITY.staff)
SUE, SAUL = (asker(ACADEMY, name) for name, _ in ACADEMY.staff)
SEFA = asker(SPECIAL, "Sefa Specimen")
