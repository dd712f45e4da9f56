"""Whether the read models are well: how far behind, what is parked, what waits to be rebuilt, and whether anyone follows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from projections.asking import Asking


class ParkedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record that a read model could not follow. Its rows are marked stale."""

    name: str
    """The read model; empty where nobody can tell what kind of record it is."""
    record_id: UUID
    position: int
    """The event that failed."""
    error: str
    """The class of the error; its words might quote the record."""
    parked_at: datetime


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """The read models at one moment."""

    position: int
    """How far all of them have come."""
    head: int
    """How far the history reaches."""
    seconds_behind: float
    """How long the first event that was not taken in yet has been waiting; 0 where there is none."""
    parked: int
    """Records that could not be followed."""
    to_rebuild: tuple[str, ...]
    """Read models that have another shape than this or a newer version of the service wants."""
    followed: bool
    """Whether a worker keeps them in step now."""

    @property
    def events_behind(self) -> int:
        """Events that were not taken in yet."""
        return max(0, self.head - self.position)


# The key of the lock of the one who leads, in the two halves in which the database shows it.
NOW = """
    SELECT n.position, n.to_rebuild, h.head, k.parked, f.followed, coalesce(extract(epoch FROM clock_timestamp() - (
        SELECT (convert_from(e.state, 'UTF8')::jsonb ->> 'recorded_at')::timestamptz
        FROM history.events e WHERE e.notification_id = n.position + 1
    )), 0)::float AS seconds_behind
    FROM
        (
            SELECT coalesce(min(position) FILTER (WHERE shape = wanted), 0) AS position,
                coalesce(array_agg(name ORDER BY name) FILTER (WHERE shape <> wanted), '{}') AS to_rebuild
            FROM positions
        ) n,
        (SELECT coalesce(max(notification_id), 0) AS head FROM history.events) h,
        (SELECT count(DISTINCT record_id) AS parked FROM parked) k,
        (
            SELECT EXISTS (
                SELECT FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND objsubid = 1
                    AND (classid::bigint << 32 | objid::bigint) = 4703268521017386331
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            ) AS followed
        ) f
"""
PARKED = "SELECT name, record_id, position, error, parked_at FROM parked ORDER BY position, name LIMIT 1000"


def condition(asking: Asking) -> Condition:
    """How the read models are. Raises Unavailable."""
    [found] = asking.rows(Condition, NOW, {})
    return found


def parked_records(asking: Asking) -> list[ParkedRecord]:
    """The first thousand records that could not be followed. Raises Unavailable."""
    return asking.rows(ParkedRecord, PARKED, {})
