"""The world of the stories: two authorities, three providers, five children, all set up once and then copied."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from history.store import History
from service.publishing import publish_what_is_shipped
from tests.support.walk import MONDAY
from tests.whole.at_the_provider import offer
from tests.whole.conftest import MASTER_KEY
from tests.whole.town import Around, Town
from workflows.casework import Casework
from workflows.examples import EXAMPLES


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


PROVIDERS = {name: _id(name) for name in ("the boatyard", "the kitchen", "the school of few")}
CHILDREN = [_id(f"child {number}") for number in range(5)]
AUTHORITIES = [
    Around(authority=_id(name), school=_id("school"), provider=PROVIDERS["the boatyard"])
    for name in ("east", "west")
]
PLACES = {"the boatyard": 2, "the kitchen": 4, "the school of few": 1}


def make_world(dsn: str) -> None:
    """Set everything up; the boatyard and the kitchen are no registered schools."""
    history = History(dsn, master_key=MASTER_KEY)
    town = Town(Casework(history, lambda: MONDAY))
    east, west = AUTHORITIES
    publish_what_is_shipped(town.casework, history)
    town.found(east, "authority", "school")
    town.found(west, "authority")
    for name, id in PROVIDERS.items():
        there = east.but(provider=id, office=_id(f"office of {name}"))
        town.found(there, "provider", "office")
        offer(town, there, PLACES[name], hours=25)
        if name == "the school of few":
            found = {**EXAMPLES["record_registration"]["registration"], "status": "registered_school"}
            town.do("record_registration", there, registration=found)
        for authority in AUTHORITIES:
            town.found(authority.but(provider=id, agreement=uuid5(authority.authority, name)), "agreement")
    for child, authority in zip(CHILDREN, (east, west, east, west, east), strict=True):
        town.found(authority.but(child=child), "child")
    history.close()
