"""From which day on a placement stood where an event led it: the day that its fact tells, and not the day on which somebody wrote it."""

from __future__ import annotations

from datetime import date

from domain.events import Event
from domain.placement_events import Started, Withdrawn
from domain.placement_life_events import (
    BrokenDown,
    Ended,
    Recovered,
    Replaced,
    SafeguardingConcernReported,
)


def stood_from(event: Event) -> date:
    """The true day of an event that led to a stage; where its fact names none, the day on which it was said to have happened."""
    if isinstance(event, BrokenDown):
        return event.breakdown.on
    if isinstance(event, SafeguardingConcernReported):
        return event.concern.on
    if isinstance(event, Recovered):
        return event.recovery.back_on
    if isinstance(event, Started | Withdrawn | Ended | Replaced):
        return event.on
    return event.occurred_on
