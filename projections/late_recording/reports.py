"""The reports of late recording and of separate duties, as they are asked for."""

from __future__ import annotations

from datetime import date

from domain.people import Scope
from projections.asking import Asking
from projections.late_recording.improving import Improvement, improvements
from projections.late_recording.report import LateRecording, late_recording
from projections.late_recording.separation import Separation, duties_together
from projections.late_recording.wanted import Wanted

AT_MOST = 500


class Recording:
    """How decisions were written down, and by how few. Threads may share it."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def late(self, scope: Scope, wanted: Wanted, limit: int = AT_MOST) -> LateRecording:
        """The delays, and the first of what stands out. Raises Unavailable."""
        return late_recording(self._asking, scope, wanted, limit)

    def improved(self, scope: Scope, wanted: Wanted) -> list[Improvement]:
        """The corrections that improve compliance, the newest first. Raises Unavailable."""
        return improvements(self._asking, scope, wanted)

    def together(self, scope: Scope, on: date, at_least: int = 2, limit: int = AT_MOST) -> Separation:
        """Placements in which one person held so many of the duties that ought to lie apart. Raises Unavailable."""
        return duties_together(self._asking, scope, on, at_least, limit)
