"""Held against what came: how many breakdowns a trigger would have warned of, how many days before, and how often for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from domain.placement import Placement
from domain.placement_life_events import BrokenDown, SafeguardingConcernReported
from history.reading import Stored
from workflows.supposing.firing import Firing
from workflows.supposing.walking import Walking

HORIZON = 90
"""Days before a breakdown within which a firing counts as a warning of it: about a term, our own choice."""


@dataclass(frozen=True, slots=True)
class Broke:
    """A breakdown as it was recorded."""

    placement_id: UUID
    position: int
    on: date


@dataclass(slots=True)
class Placed:
    """What the report groups by."""

    provider_id: UUID | None = None
    need: str = ""
    """The child's main special educational need, or else the reason of the placement."""
    whose: frozenset[UUID] = frozenset()
    """The organisations in whose scope it is."""


@dataclass(slots=True)
class Scored:
    """One line of the report."""

    breakdowns: int = 0
    warned: int = 0
    lead_days: list[int] = field(default_factory=list)
    firings: int = 0
    false_alarms: int = 0

    @property
    def median_lead(self) -> float | None:
        """Days between the first warning and the breakdown, the middle one."""
        return median(self.lead_days) if self.lead_days else None


class Breakdowns:
    """Gathers, on the walk, the breakdowns and what is known of each placement."""

    def __init__(self) -> None:
        self.broke: list[Broke] = []
        self.placed: dict[UUID, Placed] = {}

    def see(self, stored: Stored, walking: Walking) -> None:
        """Take in one event, with the records right after it."""
        event = stored.event
        if type(event) not in Placement.folds:
            return
        placement = walking.find(Placement, event.originator_id)
        if placement is None:
            return
        if isinstance(event, BrokenDown | SafeguardingConcernReported):
            on = event.breakdown.on if isinstance(event, BrokenDown) else event.concern.on
            self.broke.append(Broke(placement.id, stored.position, on))
        known = self.placed.setdefault(placement.id, Placed())
        known.provider_id = placement.provider_id or known.provider_id
        whose = {placement.commissioner_id, placement.home_school_id}
        known.whose |= {id for id in whose if id is not None}
        needs = placement.needs.needs if placement.needs else ()
        main = next((need.sen_type for need in needs if need.rank == 1), None)
        known.need = str(main or placement.reason or "")


def score(
    firings: Sequence[Firing], broke: Iterable[Broke], horizon: int = HORIZON
) -> tuple[Scored, dict[UUID, Scored]]:
    """All of it, and placement by placement. A firing on the day of the breakdown or after it warned of nothing."""
    mine: dict[UUID, list[Firing]] = {}
    for firing in firings:
        for id in firing.placement_ids:
            mine.setdefault(id, []).append(firing)
    by_placement: dict[UUID, Scored] = {}
    right: set[tuple[UUID, str, str]] = set()
    for one in broke:
        scored = by_placement.setdefault(one.placement_id, Scored())
        scored.breakdowns += 1
        since = one.on - timedelta(days=horizon)
        warnings = [
            f for f in mine.get(one.placement_id, ()) if since <= f.on < one.on and f.position < one.position
        ]
        right |= {(one.placement_id, f.trigger, f.key) for f in warnings}
        if warnings:
            scored.warned += 1
            scored.lead_days.append((one.on - min(f.on for f in warnings)).days)
    for id, fired in mine.items():
        scored = by_placement.setdefault(id, Scored())
        scored.firings += len(fired)
        scored.false_alarms += sum((id, f.trigger, f.key) not in right for f in fired)
    return added(by_placement.values()), by_placement


def added(several: Iterable[Scored]) -> Scored:
    """Several lines as one."""
    total = Scored()
    for one in several:
        total.breakdowns += one.breakdowns
        total.warned += one.warned
        total.lead_days += one.lead_days
        total.firings += one.firings
        total.false_alarms += one.false_alarms
    return total


def grouped(by_placement: Mapping[UUID, Scored], key: Mapping[UUID, str]) -> dict[str, Scored]:
    """The lines of each provider, or of each need."""
    groups: dict[str, list[Scored]] = {}
    for id, scored in by_placement.items():
        groups.setdefault(key.get(id, ""), []).append(scored)
    return {name: added(lines) for name, lines in sorted(groups.items())}
