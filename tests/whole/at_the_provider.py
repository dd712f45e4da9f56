"""Placements that wait for one decision at a provider that several authorities use."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from domain.events import Event
from history.store import History
from tests.support.walk import MONDAY
from tests.whole.at_once import Overtaken
from tests.whole.town import Around, Town
from workflows.casework import Casework
from workflows.examples import EXAMPLES

LAST_BEFORE = {"complete_contract": "sign_individual_agreement", "start_placement": "plan_contingency"}


def offer(town: Town, around: Around, places: int, hours: int = 18) -> None:
    """The provider offers so many places."""
    example = EXAMPLES["publish_offer"]["offer"]
    town.do("publish_offer", around, offer={**example, "places": places, "hours_per_week": hours})


def ready(town: Town, around: Around, command: str = "complete_contract") -> Around:
    """A new placement of a new child, in which everything is there for a command."""
    mine = around.but("child", "placement")
    town.found(mine, "child")
    return town.live(mine, LAST_BEFORE[command])


def ready_for_a_full_week(town: Town, around: Around) -> Around:
    """The same for twenty hours in eight half-days a week: full-time."""
    full = {"hours_per_week": 20, "sessions_per_week": 8}
    mine = town.found(around.but("child", "placement"), "child")
    town.live(mine, "complete_needs_assessment")
    town.do("propose_provider", mine, proposal={**EXAMPLES["propose_provider"]["proposal"], **full})
    town.live(mine, "agree_plan", after="propose_provider")
    agreement = {**EXAMPLES["make_individual_agreement"]["agreement"], **full}
    town.do("make_individual_agreement", mine, agreement=agreement)
    return town.live(mine, "sign_individual_agreement", after="make_individual_agreement")


def another_authority(town: Town, around: Around) -> Around:
    """Another authority with a contract with the same provider."""
    return town.found(around.but("authority", "agreement"), "authority", "agreement")


def overtaken(history: History, meanwhile: Callable[[], object]) -> Town:
    """The desk of an officer who is overtaken."""
    return Town(Casework(Overtaken(history, meanwhile), lambda: MONDAY))


def stored(history: History, id: UUID, kind: type[Event]) -> list[tuple[int, Event]]:
    """The events of a kind in a record, with their positions."""
    return [(s.position, s.event) for s in history.stream(id) if isinstance(s.event, kind)]
