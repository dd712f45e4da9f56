"""How the people of Inventshire are reached. No letter can arrive: their addresses lie under a name that is kept for examples."""

from __future__ import annotations

from service.demo.days import Days
from service.demo.founding import FOUNDED
from service.demo.people import COUNCIL, SCHOOLS, Place, asker, person_id
from service.demo.providers import SEEN, SETTINGS
from service.demo.script import Script

TELEPHONE = "01632 9604"
"""Begins the number of each office. Ofcom gives 01632 960 to nobody, and addresses under `.example` are nobody's either (RFC 2606)."""


def set_addresses(script: Script, days: Days) -> None:
    """Each person's own address, and the mailbox and the number of each office."""
    places = [(place, FOUNDED, 13) for place in (COUNCIL, *SCHOOLS)]
    places += [(setting.office, SEEN, 17) for setting in SETTINGS]
    for number, (place, ago, hour) in enumerate(places):
        by, day = asker(place, place.administrator), days.ago(ago)
        for name, _ in place.staff:
            person = {"person_id": person_id(name), "email": person_id(name)}
            script.add(day, by, "set_person_contact", place.id, person, hour=hour)
        office = {"email": mailbox(place), "telephone": f"{TELEPHONE}{number:02}"}
        script.add(day, by, "set_office_contact", place.id, office, hour=hour)


def mailbox(place: Place) -> str:
    """The mailbox of an office."""
    return f"{place.key.replace(' ', '.')}@inventshire.example"
