"""What is done in the demonstration, by whom and when: written down in any order, performed in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from domain.people import Asker
from domain.placement import Placement
from domain.working_days import LONDON

DEMO = UUID("1d4c4a1e-0000-5000-8000-1479e54715e0")
"""The namespace of all ids in the demonstration."""

Body: TypeAlias = dict[str, Any]
LateBody: TypeAlias = Callable[[Placement], Body]
"""A body that names an earlier event of the placement, and so can be written only when its turn has come."""

MINUTES_A_STEP = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One command, given by a person at an instant."""

    at: datetime
    command: str
    on: UUID
    by: Asker
    body: Body | LateBody


@dataclass(slots=True)
class Script:
    """The steps. Those of one record on one day follow each other within minutes, as at a desk."""

    steps: list[Step] = field(default_factory=list)
    _last: dict[tuple[UUID, date], int] = field(default_factory=dict)

    def add(
        self, day: date, by: Asker, command: str, on: UUID, body: Body | LateBody | None = None, hour: int = 9
    ) -> None:
        """Someone does something on a day, not before an hour."""
        earliest = hour * 60 + on.int % 37
        minute = max(earliest, self._last.get((on, day), 0) + MINUTES_A_STEP)
        self._last[on, day] = minute
        at = datetime.combine(day, time(), LONDON) + timedelta(minutes=minute)
        self.steps.append(Step(at.astimezone(UTC), command, on, by, {} if body is None else body))

    def in_order(self) -> Iterator[Step]:
        """The steps by time; those of one instant as they were written."""
        return iter(sorted(self.steps, key=lambda step: step.at))


def named(*words: object) -> UUID:
    """The id of something in the demonstration, the same every time."""
    return uuid5(DEMO, " ".join(map(str, words)))
