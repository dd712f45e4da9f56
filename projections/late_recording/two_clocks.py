"""When something was true and when it was written down: the two clocks of an event, and what lies between them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from domain.events import Event
from domain.school_days import london_day

OF_THE_EVENT = frozenset(
    {
        "on",
        "day",
        "held_on",
        "asked_on",
        "assessed_on",
        "served_on",
        "checked_on",
        "notified_on",
        "received_on",
    }
)
"""Fields of facts with the day on which that was done which the event tells. A plan issued years ago is not a late entry."""
HOURS = 1.0
"""Hours between the clocks that count as none: people finish what they are doing before they write."""


class Gap(NamedTuple):
    """How far the clocks are apart."""

    true_on: date
    true_at: datetime | None
    days: int
    """Days in London between the day on which it was true and the day on which it was written down."""
    hours: float | None
    """Hours, where the instant is known."""

    @property
    def late(self) -> bool:
        """Whether the clocks disagree."""
        return self.days > 0 or (self.hours is not None and self.hours >= HOURS)


def gap_of(event: Event) -> Gap:
    """The clocks of an event. Where its facts name an earlier day than the decision does, that day counts."""
    recorded_on = london_day(event.recorded_at)
    told = [day for day in _days_told(event) if day <= recorded_on]
    true_on = min(event.occurred_on, max(told, default=event.occurred_on))
    at = event.occurred_at
    hours = (event.recorded_at - at).total_seconds() / 3600 if at is not None else None
    return Gap(
        true_on, at, max(0, (recorded_on - true_on).days), round(hours, 1) if hours is not None else None
    )


def _days_told(event: Event) -> Iterator[date]:
    for name in event.__struct_fields__:
        if name in Event.__struct_fields__:
            continue
        value = getattr(event, name)
        if name == "day" and isinstance(value, date):
            yield value
        for fact in value if isinstance(value, tuple) else (value,):
            yield from _days_in(fact)


def _days_in(fact: Any) -> Iterator[date]:
    if dataclasses.is_dataclass(fact):
        for field in dataclasses.fields(fact):
            value = getattr(fact, field.name)
            if field.name in OF_THE_EVENT and isinstance(value, date):
                yield value
