"""For whoever acts on time: the duties that fell due between two instants, and those that have been overdue for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from projections.asking import Asking
from projections.due import DueColumns
from projections.finding_due import FELL, Fallen

POSITION: LiteralString = "SELECT position FROM positions WHERE name = 'due' AND shape = wanted"
STILL_OVERDUE: LiteralString = """
    SELECT d.* FROM due d
    WHERE d.overdue_at > %(since)s AND d.overdue_at <= %(until)s AND d.done_on IS NULL AND d.rule = ANY(%(rules)s)
        AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on)
    ORDER BY d.overdue_at, d.duty_id
"""
ONE: LiteralString = "SELECT * FROM due WHERE duty_id = %(duty)s"


class Falling:
    """The due list, asked by the clock."""

    def __init__(self, dsn: str) -> None:
        """Opens one connection. Every question raises Unavailable."""
        self._asking = Asking(dsn, 1)

    def position(self) -> int:
        """How far the due list has come; -1 while it waits to be rebuilt."""
        found = self._asking.plain_rows(POSITION, {})
        return int(found[0]["position"]) if found else -1

    def fell_due(self, after: datetime, until: datetime) -> list[Fallen]:
        """What became due soon, due or overdue after one instant and by another, and is still open, in that order."""
        return self._asking.rows(Fallen, FELL, {"after": after, "until": until})

    def still_overdue(self, rules: Sequence[str], since: datetime, until: datetime) -> list[DueColumns]:
        """What became overdue between two instants by these rules and is still open."""
        return self._asking.rows(
            DueColumns, STILL_OVERDUE, {"rules": list(rules), "since": since, "until": until}
        )

    def find(self, duty: UUID) -> DueColumns | None:
        """One duty, open or not."""
        return next(iter(self._asking.rows(DueColumns, ONE, {"duty": duty})), None)

    def close(self) -> None:
        """Let go of the connection."""
        self._asking.close()
