"""The organisations of Inventshire: founded, with their calendar and the roles of their people."""

from __future__ import annotations

from domain.people import Asker, Role
from service.demo.days import Days
from service.demo.people import (
    ADMINISTRATOR,
    COUNCIL,
    NAMED_OFFICER,
    SCHOOLS,
    SET_UP,
    Place,
    person_id,
)
from service.demo.providers import SEEN, SETTINGS
from service.demo.script import Script

FOUNDED = SEEN + 1
LAID_OUT = "Inventshire, laid out around "
"""Begins the grounds of the first decision; the day follows, so that what was broken off can be taken up on another day."""


def found(script: Script, days: Days) -> None:
    """Found the council and its schools, and let their people act."""
    day = days.ago(FOUNDED)
    for place in (COUNCIL, *SCHOOLS):
        is_council = place is COUNCIL
        script.add(day, SET_UP, "found_organisation", place.id, {
            "organisation_name": place.name, "kind": place.kind, "urn": place.urn, "maintained": place.maintained,
            "local_authority_code": "999" if is_council else None,
            "authority_id": None if is_council else str(COUNCIL.id),
            "administrator_id": person_id(place.administrator), "administrator_name": place.administrator,
            "decision": {"words": f"{LAID_OUT}{days.today.isoformat()}"},
        }, hour=8 if is_council else 9)  # fmt: skip
        calendar = {"calendar": days.calendar}
        by = ADMINISTRATOR if is_council else SET_UP
        script.add(day, by, "set_calendar", place.id, calendar)
        _grant(script, days, place, by, FOUNDED)
    script.add(day, ADMINISTRATOR, "appoint_named_officer", COUNCIL.id, {
        "person_id": NAMED_OFFICER.person_id, "person_name": NAMED_OFFICER.name,
    })  # fmt: skip
    script.add(
        days.ago(30),
        ADMINISTRATOR,
        "choose_warnings",
        COUNCIL.id,
        {"rules": ["it_keeps_to_the_proposed_limits"]},
    )


def found_offices(script: Script, days: Days) -> None:
    """Let the people of the providers in, once the providers are known."""
    for setting in SETTINGS:
        place = setting.office
        script.add(days.ago(SEEN), SET_UP, "found_organisation", place.id, {
            "organisation_name": place.name, "kind": place.kind, "provider_id": str(setting.id),
            "administrator_id": person_id(place.administrator), "administrator_name": place.administrator,
        }, hour=15)  # fmt: skip
        _grant(script, days, place, SET_UP, SEEN, hour=15)


def _grant(script: Script, days: Days, place: Place, by: Asker, ago: int, hour: int = 9) -> None:
    for name, roles in place.staff:
        for role in roles:
            if role is not Role.ADMINISTRATOR:  # granted when it was founded
                script.add(days.ago(ago), by, "grant_role", place.id, {
                    "person_id": person_id(name), "person_name": name, "role": role,
                }, hour=hour)  # fmt: skip
