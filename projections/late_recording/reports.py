"""The reports of late recording and of separate duties, as they are asked for."""

from __future__ import annotations

from datetime import date
from itertools import islice

from domain.people import Scope
from history.store import History
from projections.asking import Asking
from projections.late_recording.improving import Improvement, improvements
from projections.late_recording.report import LateRecording, Wanted, late_recording
from projections.late_recording.separation import Together, duties_together

MOST_CORRECTIONS = 200
"""The newest so many corrections are weighed in one report: each takes the file of a child twice."""


class Recording:
    """How decisions were written down, and by how few. Threads may share it."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def late(self, history: History, scope: Scope, wanted: Wanted) -> LateRecording:
        """The delays, and what stands out. Raises Unavailable."""
        return late_recording(history, self._asking, scope, wanted)

    def improved(self, history: History, scope: Scope, report: LateRecording) -> list[Improvement]:
        """Those of its corrections that improve compliance, the newest first. Raises Unavailable."""
        newest = sorted(report.corrections, key=lambda one: -one.position)
        return list(improvements(history, self._asking, scope, islice(newest, MOST_CORRECTIONS)))

    def together(self, history: History, scope: Scope, on: date, at_least: int = 2) -> list[Together]:
        """Placements in which one person held so many of the duties that ought to lie apart. Raises Unavailable."""
        return duties_together(history, self._asking, scope, on, at_least)
