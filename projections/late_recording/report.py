"""The report of late recording: every entry's two clocks, by organisation, provider, role and kind, and what stands out."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from projections.asking import Asking
from projections.late_recording.figures import ALL, Group, after_an_incident, days_late, groups_of
from projections.late_recording.wanted import FITS, Wanted, asked, told


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Something after which people may want the record to look better than it did."""

    what: str
    position: int
    record_id: UUID
    on: date
    at: datetime | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One event with its two clocks."""

    position: int
    record_id: UUID
    kind: str
    """The kind of its record."""
    version: int
    event: str
    true_on: date
    true_at: datetime | None
    recorded_at: datetime
    days_late: int
    hours_late: float | None
    """Where the instant is known."""
    person_id: str
    person: str
    roles: tuple[str, ...]
    organisation_id: UUID | None
    """For whom the person wrote it."""
    provider_id: UUID | None
    placement_id: UUID | None
    child_id: UUID | None
    after: Incident | None
    """The incident that came between: what it tells was before, and it was written down after."""


class LateRecording(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report."""

    groups: tuple[Group, ...]
    entries: tuple[Entry, ...]
    """The first of those that stand out: after an incident first, then the longest delay."""
    found: int
    """How many stand out."""


COLUMNS: LiteralString = """
    SELECT e.position, e.record_id, e.kind, e.version, e.event, e.true_on, e.true_at, e.recorded_at, e.days_late, e.hours_late,
        e.person_id, e.person, e.roles, e.organisation_id, e.provider_id, e.placement_id, e.child_id,
"""
INCIDENT: LiteralString = """
    jsonb_build_object('what', i.incident, 'position', i.position, 'record_id', i.record_id, 'on', i.true_on, 'at', i.true_at)
        AS incident
"""
INCIDENTS: LiteralString = (
    "SELECT "
    + INCIDENT
    + " FROM entries i WHERE i.position = ANY(e.after) AND "
    + told("i")
    + " ORDER BY i.position LIMIT 1"
)
"""The first incident that came between, of those that may be told."""
CONVENIENT: LiteralString = (
    COLUMNS
    + " first.incident AS after FROM entries e CROSS JOIN LATERAL ("
    + INCIDENTS
    + ") AS first WHERE e.after IS NOT NULL AND e.days_late >= %(days_at_least)s AND "
    + told("e")
    + " AND "
    + FITS
    + " ORDER BY e.days_late DESC, e.position LIMIT %(limit)s"
)
LATE: LiteralString = (
    COLUMNS
    + " NULL AS after FROM entries e WHERE e.days_late > 0 AND e.days_late >= %(fewest)s AND "
    + told("e")
    + " AND "
    + FITS
    + " AND (e.after IS NULL OR NOT EXISTS ("
    + INCIDENTS
    + ")) ORDER BY e.days_late DESC, e.position LIMIT %(limit)s"
)


def late_recording(asking: Asking, scope: Scope, wanted: Wanted, limit: int) -> LateRecording:
    """The report over all records that someone may know of, and the first of the entries that stand out. Raises Unavailable."""
    days, after = days_late(asking, scope, wanted), after_an_incident(asking, scope, wanted)
    late, convenient = days.get(ALL, Counter()), after.get(ALL, Counter())
    question = asked(scope, wanted)
    entries = _entries(asking, CONVENIENT, question, limit) if convenient else []
    found = sum(n for day, n in convenient.items() if day >= wanted.days_at_least)
    if not wanted.after_an_incident:
        fewest = _fewest_days(late, max(1, wanted.days_at_least), found + limit)
        if fewest and len(entries) < limit:
            entries += _entries(asking, LATE, question | {"fewest": fewest}, limit - len(entries))
        # Those after an incident are among the late, but for some that are late by hours.
        found = sum(n for day, n in late.items() if day >= max(1, wanted.days_at_least))
        found += convenient[0] if wanted.days_at_least == 0 else 0
    return LateRecording(groups=tuple(groups_of(days, after)), entries=tuple(entries), found=found)


def _fewest_days(late: Counter[int], at_least: int, so_many: int) -> int:
    """So many days late are the latest entries at least: what is less late need not be looked at. 0 where none is late."""
    fewest = 0
    for day in sorted((day for day in late if day >= at_least), reverse=True):
        fewest = day
        so_many -= late[day]
        if so_many <= 0:
            break
    return fewest


def _entries(asking: Asking, statement: LiteralString, question: dict[str, Any], limit: int) -> list[Entry]:
    return asking.rows(Entry, statement, question | {"limit": limit})
