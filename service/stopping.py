"""Sees to it that every operation that stops a provider's placements comes to its end, also where a process died in the middle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from domain.reasons import ChangedMeanwhile
from history.rounds import Rounds
from history.store import History
from workflows.carrying_through import carry_through
from workflows.casework import Casework
from workflows.lasting import Lasting

PAUSE = 1.0
"""Seconds between two looks."""
RUNNING: LiteralString = """
    SELECT b.originator_id FROM history.events b
    WHERE b.topic = 'stoppage.begun' AND NOT EXISTS (
        SELECT FROM history.events f WHERE f.topic = 'stoppage.finished'
            AND f.originator_id = b.originator_id AND f.originator_version > b.originator_version
    )
    ORDER BY b.notification_id
"""


class Stopping(Rounds):
    """One leads; two at once do no harm, for each placement has a receipt that says whether it was seen to."""

    name = "stopping"
    words = "stops the placements of providers that fail"
    lock = 4703268521017386353
    every = PAUSE
    has_to_wait_for = (ChangedMeanwhile,)

    def __init__(self, dsn: str, history: History, clock: Callable[[], datetime]) -> None:
        super().__init__(dsn)
        self._history, self._clock = history, clock

    def step(self) -> int:
        """Carry through what is running; how many operations that were. Raises Unavailable and ChangedMeanwhile."""
        found: list[tuple[UUID]] = self._history.rows(RUNNING, {})
        for (id,) in found:
            casework = Casework(self._history, self._clock, Lasting(self._history))
            carry_through(casework, self._history, id, lambda round: self.well())
        return len(found)
