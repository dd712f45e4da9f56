"""How far the ledger was witnessed outside: which checkpoint each witness took last, and how long it waits for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from history.reading import Reading

# The oldest checkpoint that a witness has not seen: it need not have every one, so it waits from the first after its last.
WITNESSED = """
    SELECT named.witness, coalesce(w.size, 0), w.witnessed_at, (
        SELECT extract(epoch FROM clock_timestamp() - c.sealed_at)::float FROM history.ledger_checkpoints c
        WHERE c.size > coalesce(w.size, 0) ORDER BY c.size LIMIT 1
    )
    FROM (SELECT witness FROM history.witnessed UNION SELECT unnest(%(named)s::text[])) named
    LEFT JOIN LATERAL (
        SELECT size, witnessed_at FROM history.witnessed w WHERE w.witness = named.witness ORDER BY size DESC LIMIT 1
    ) w ON true
    ORDER BY coalesce(w.size, 0) DESC, named.witness
"""


class Witnessed(NamedTuple):
    """How far one witness has come."""

    witness: str
    size: int
    """How many events its newest checkpoint covers; 0 where it never took one."""
    at: datetime | None
    """When it took it."""
    waits: float | None
    """Seconds since the first checkpoint was made that it has not seen; none where it has the newest."""


def witnessed(history: Reading, named: Sequence[str]) -> list[Witnessed]:
    """Every witness that took a checkpoint, and those that are named in the settings, the furthest first. Raises Unavailable."""
    return [Witnessed(*row) for row in history.rows(WITNESSED, {"named": list(named)})]
