"""What is counted for those who run the service: nothing but numbers, and labels that are names in the code."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString, NamedTuple

import msgspec

from history.reading import Reading
from projections.asking import Asking


class DutiesCounted(msgspec.Struct, frozen=True, kw_only=True):
    """Open duties at an instant."""

    due_soon: int
    due: int
    overdue: int


class UndoneCounted(NamedTuple):
    """What triggers could not do and nobody has seen to."""

    refused: int
    """By a rule: a person's business."""
    failed: int
    """By a fault of ours: parked."""


class LedgerAge(msgspec.Struct, frozen=True, kw_only=True):
    """How far the history is sealed."""

    sealed: int
    unsealed: int
    """Events after the newest checkpoint."""
    seconds: float
    """How long the first of them has been waiting; 0 where there is none."""


# Each of the three is one walk along a partial index over what is open and has come so far.
DUTIES: LiteralString = """
    SELECT
        (SELECT count(*) FROM due WHERE done_on IS NULL AND soon_at <= %(now)s AND due_at > %(now)s
            AND (lapsed_on IS NULL OR lapsed_on > soon_on)) AS due_soon,
        (SELECT count(*) FROM due WHERE done_on IS NULL AND due_at <= %(now)s AND overdue_at > %(now)s
            AND (lapsed_on IS NULL OR lapsed_on > due_on)) AS due,
        (SELECT count(*) FROM due WHERE done_on IS NULL AND overdue_at <= %(now)s
            AND (lapsed_on IS NULL OR lapsed_on > due_on)) AS overdue
"""
LEDGER: LiteralString = """
    SELECT sealed, greatest(0, head - sealed), CASE WHEN head > sealed THEN coalesce(extract(epoch FROM clock_timestamp() - (
        SELECT history.recorded_at(e.state) FROM history.events e WHERE e.notification_id = sealed + 1
    )), 0)::float ELSE 0 END
    FROM (SELECT max(size) AS sealed FROM history.ledger_checkpoints) c,
        (SELECT coalesce(max(notification_id), 0) AS head FROM history.events) h
    WHERE sealed IS NOT NULL
"""
WITNESSED: LiteralString = """
    SELECT witness, extract(epoch FROM clock_timestamp() - max(witnessed_at))::float FROM history.witnessed GROUP BY witness
"""
# One event a record; and every attention is the second of its record.
UNDONE: LiteralString = """
    SELECT position('"failed_with":"' IN convert_from(e.state, 'UTF8')) > 0
        AND position('"failed_with":""' IN convert_from(e.state, 'UTF8')) = 0 AS failed
    FROM history.events e WHERE e.originator_version = 1 AND e.topic = 'trigger.could_not_act'
        AND NOT EXISTS (SELECT FROM history.events a WHERE a.originator_id = e.originator_id AND a.originator_version = 2)
"""


def duties_counted(asking: Asking, now: datetime) -> DutiesCounted:
    """How many duties are open and due at an instant. Raises Unavailable, and BeingRebuilt."""
    [found] = asking.rows(DutiesCounted, DUTIES, {"now": now})
    return found


def undone_counted(history: Reading) -> UndoneCounted:
    """What waits for a person or for a mend. Raises Unavailable."""
    failed = [failed for (failed,) in history.rows(UNDONE, {})]
    return UndoneCounted(refused=failed.count(False), failed=failed.count(True))


def ledger_age(history: Reading) -> LedgerAge | None:
    """How far the history is sealed; none where it never was. Raises Unavailable."""
    for sealed, unsealed, seconds in history.rows(LEDGER, {}):
        return LedgerAge(sealed=sealed, unsealed=unsealed, seconds=seconds)
    return None


def seconds_since_witnessed(history: Reading) -> dict[str, float]:
    """How long ago each witness took its newest checkpoint. Raises Unavailable."""
    return {witness: float(seconds) for witness, seconds in history.rows(WITNESSED, {})}
