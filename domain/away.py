"""The days on which nobody expects a child at the provider of its placement, because that broke down or was stopped (item 70; 003 ¶51)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.duties.story import Story
from domain.placement import Placement
from domain.placement_life_events import (
    BrokenDown,
    Recovered,
    Reopened,
    SafeguardingConcernReported,
    TomorrowAnswered,
)
from domain.stages import Stage

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """From one day until the day of coming back, which is not one of them; while the placement does not go on, none is known."""

    from_on: date
    back_on: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day and (self.back_on is None or day < self.back_on)


def away(placement: Placement) -> tuple[Away, ...]:
    """One for each time it fell, in order.

    From the first day of the answer, or else from the day after it fell: on that day itself the child may have been there. The provider
    at which it broke down is never the answer, so that whatever was answered, the child is not expected there.
    """
    if not (placement.breakdowns or placement.safeguarding):
        return ()
    found: list[Away] = []
    fell: date | None = None
    for event in Story(placement).events:
        if isinstance(event, BrokenDown | SafeguardingConcernReported | TomorrowAnswered):
            if fell is None and not isinstance(event, TomorrowAnswered):
                fell = event.breakdown.on if isinstance(event, BrokenDown) else event.concern.on
                found.append(Away(fell + DAY))
            # An answer that is said to begin before the fall is a slip.
            if fell is not None and fell <= event.tomorrow.from_on < found[-1].from_on:
                found[-1] = Away(event.tomorrow.from_on)
        elif fell is not None and (back := _back(event)) is not None:
            found[-1], fell = Away(found[-1].from_on, back), None
    return tuple(one for one in found if one.back_on is None or one.from_on < one.back_on)


def is_away(times: Iterable[Away], day: date) -> bool:
    """Whether a day is one of them."""
    return any(day in time for time in times)


def _back(event: object) -> date | None:
    """The day from which the child is expected again; none where an event says nothing of it."""
    if isinstance(event, Recovered):
        return event.recovery.back_on
    if isinstance(event, Reopened):
        return event.occurred_on if event.stage is Stage.REVIEW else None
    return None
