"""For whoever acts on time: the duties that fell due between two instants, and those that have been overdue for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from projections.asking import Asking
from projections.due import DueColumns
from projections.finding_due import FELL, Fallen

POSITION: LiteralString = "SELECT position FROM positions WHERE name = 'due' AND shape = wanted"
OPEN: LiteralString = """
    d.done_on IS NULL AND d.rule = ANY(%(rules)s) AND d.overdue_at <= %(until)s AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on)
"""
ALIKE_OVERDUE: LiteralString = f"""
    SELECT d.rule, d.organisation_id, d.anchor_on, d.due_on, max(d.known_at) AS last_known_at FROM due d
    WHERE {OPEN} AND d.overdue_at > %(since)s GROUP BY 1, 2, 3, 4
"""
STILL_OVERDUE: LiteralString = f"""
    SELECT d.* FROM due d WHERE {OPEN} AND d.due_on = ANY(%(days)s) ORDER BY d.overdue_at, d.duty_id
"""
ONE: LiteralString = "SELECT * FROM due WHERE duty_id = %(duty)s"


class Alike(msgspec.Struct, frozen=True):
    """Duties of one rule, owed by one organisation, that began and end on the same days: whatever is counted of one is counted of all."""

    rule: str
    organisation_id: UUID | None
    anchor_on: date
    due_on: date
    last_known_at: datetime
    """When the last of them became known."""


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

    def alike_overdue(self, rules: Sequence[str], since: datetime, until: datetime) -> list[Alike]:
        """What became overdue between two instants by these rules and is still open, told together as far as it counts alike."""
        asked = {"rules": list(rules), "since": since, "until": until}
        return self._asking.rows(Alike, ALIKE_OVERDUE, asked)

    def still_overdue(self, rules: Sequence[str], days: Sequence[date], until: datetime) -> list[DueColumns]:
        """What was to be done by these days, is overdue by these rules and still open, in the order in which it became so."""
        asked = {"rules": list(rules), "days": list(days), "until": until}
        return self._asking.rows(DueColumns, STILL_OVERDUE, asked)

    def find(self, duty: UUID) -> DueColumns | None:
        """One duty, open or not."""
        return next(iter(self._asking.rows(DueColumns, ONE, {"duty": duty})), None)

    def close(self) -> None:
        """Let go of the connection."""
        self._asking.close()
