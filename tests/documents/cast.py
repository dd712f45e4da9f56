"""Who and what is there before the story of the walkthrough begins."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from domain.people import Asker, Role
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES

SET_UP = Asker("setup", "Set-up", None, None, machine=True)
SPACE = UUID("5b0f6a52-6f0e-4d8e-9d54-00000000aaaa")
AUTHORITY, ACADEMY, PARK, BRIDGE, WORKSHOP, OFFICE = (
    uuid5(SPACE, name) for name in ("authority", "academy", "park", "bridge", "workshop", "office")
)
CHECKED_BEFORE = (
    "staff_change_undertaking",
    "insurance",
    "safeguarding_policy",
    "health_and_safety_policy",
    "behaviour_policy",
    "first_aid",
    "fire_safety",
    "site_risk",
    "staff_qualifications",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a role at an organisation."""

    name: str
    role: Role
    organisation_id: UUID

    @property
    def id(self) -> str:
        """How the sign-in service names them."""
        return f"{self.name.split()[0].lower()}@inventshire.example"


CAST: dict[str, Person] = {
    "nia": Person("Nia Example", Role.COMMISSIONER, AUTHORITY),
    "sol": Person("Sol Example", Role.SENIOR_OFFICER, AUTHORITY),
    "vera": Person("Vera Example", Role.VIRTUAL_SCHOOL_HEAD, AUTHORITY),
    "ines": Person("Ines Example", Role.AUDITOR, AUTHORITY),
    "kit": Person("Kit Example", Role.ATTENDANCE_OFFICER, ACADEMY),
    "pat": Person("Pat Example", Role.PROVIDER_STAFF, OFFICE),
}
"""Everyone in the story, by the name that stands for their token."""


def furnish(casework: Casework) -> dict[str, str]:
    """Set it up, and say by which names the page calls it."""
    give = Giver(casework)
    give.organisations()
    give.provider(WORKSHOP, "Invented Workshop", "not_registered", "1 Mill Lane, Inventon")
    give.provider(BRIDGE, "Bridge School", "registered_school", "2 Bridge Street, Inventon")
    for kind in (*CHECKED_BEFORE, "safer_recruitment", "equality_policy"):
        give.check(WORKSHOP, kind, "2026-10-31" if kind == "insurance" else "2027-08-31")
    for kind in CHECKED_BEFORE:
        give.check(BRIDGE, kind, "2027-08-31")
    give.people()
    names = {"authority": AUTHORITY, "academy": ACADEMY, "park": PARK, "bridge": BRIDGE, "workshop": WORKSHOP}
    return {name: str(id) for name, id in names.items()}


@dataclass(frozen=True, slots=True)
class Giver:
    """Gives commands in the service's own name, as an import does: each with its example and these fields instead."""

    casework: Casework

    def __call__(self, command: str, on: UUID, **changes: Any) -> None:
        """Give one command."""
        body = {**deepcopy(EXAMPLES[command]), **changes}
        self.casework.perform(COMMANDS[command].model_validate(body), SET_UP, on)

    def organisations(self) -> None:
        """A council with its calendar, and two schools."""
        self("found_organisation", AUTHORITY)
        self("set_calendar", AUTHORITY)
        for id, name in ((ACADEMY, "Invented Academy"), (PARK, "Park School")):
            school = {"kind": "school", "authority_id": str(AUTHORITY), "local_authority_code": None}
            self("found_organisation", id, organisation_name=name, **school)
            self("set_calendar", id)

    def provider(self, id: UUID, name: str, status: str, address: str) -> None:
        """A provider with one site, an offer, and what the register of schools says of it."""
        self("register_provider", id, provider_name=name)
        site = {"name": address.split(",", maxsplit=1)[0][2:], "address": address, "postcode": "IN1 1AA"}
        self("add_site", id, site=site)
        found = {
            **EXAMPLES["record_registration"]["registration"],
            "status": status,
            "checked_on": "2026-08-20",
        }
        self("record_registration", id, registration=found)
        self("publish_offer", id, offer={**EXAMPLES["publish_offer"]["offer"], "hours_per_week": 25})
        self("move_approval", id)

    def check(self, provider: UUID, kind: str, until: str) -> None:
        """A check that was made in August."""
        check = {**EXAMPLES["record_check"]["check"], "checked_on": "2026-08-20"}
        self("record_check", provider, check={**check, "kind": kind, "expires_on": until})

    def people(self) -> None:
        """The provider's office, and everyone's role."""
        office = {"kind": "provider", "provider_id": str(BRIDGE), "local_authority_code": None}
        self("found_organisation", OFFICE, organisation_name="Bridge School", **office)
        for person in CAST.values():
            grant = {"person_id": person.id, "person_name": person.name, "role": person.role.value}
            self("grant_role", person.organisation_id, **grant)
