"""Finds the event at a position, and the other events that the same decision wrote down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from domain.events import Event
from history.encoding import Unreadable
from history.reading import PAGE, Reading
from projections.telling import Happened, Teller

NEAR = (5, 40, 200)
"""How far around an event the others of its decision are sought: most write a few. No command writes more events than the last."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event in its place, and with it what the same decision wrote down."""

    position: int
    event: Event
    together: tuple[Happened, ...]
    """All events of the decision, in order."""

    @property
    def first(self) -> int:
        """The position of the first of them."""
        return self.together[0].position

    @property
    def last(self) -> int:
        """The position of the last of them."""
        return self.together[-1].position


def find_decision(history: Reading, position: int) -> Found | None:
    """The event at a position. Raises Unreadable, and Unavailable."""
    for reach in NEAR:
        found = _found_within(history, position, reach)
        if found is None or (position - reach < found.first and found.last < position + reach):
            break
    return found


def _found_within(history: Reading, position: int, reach: int) -> Found | None:
    start = max(0, position - reach - 1)
    rows = history.rows(PAGE, {"after": start, "limit": 2 * reach + 1, "topics": []})
    near = Teller(history, ()).read_each(rows)
    found = next((one for one in near if one.position == position), None)
    if found is None:
        return None
    if isinstance(found.event, Unreadable):
        raise found.event
    if not isinstance(found.event, Event):
        return None
    event = found.event
    before = _of_the_same(event, (one for one in reversed(near) if one.position <= position))
    after = _of_the_same(event, (one for one in near if one.position >= position))
    return Found(position, event, (*reversed(before), *after[1:]))


def _of_the_same(event: Event, happened: Iterable[Happened]) -> list[Happened]:
    return list(takewhile(lambda one: same_decision(event, one.event), happened))


def same_decision(event: Event, other: Event | Exception | None) -> bool:
    """Whether one command wrote both: it was the same request, and the clock was read once."""
    return isinstance(other, Event) and (
        (event.decision.correlation_id, event.decision.command, event.recorded_at)
        == (other.decision.correlation_id, other.decision.command, other.recorded_at)
    )
