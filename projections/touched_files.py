"""Which files a change touches: those on which the changed records lie, and those whose days are counted by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from domain import organisation_events as o
from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.child import Child
from domain.events import Corrected
from domain.guidance import Guidance
from domain.organisation import Organisation
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record
from projections.loading_files import FileKind

SETTINGS = (
    o.OrganisationFounded,
    o.CalendarSet,
    o.WarningsChosen,
    o.ParameterTightened,
    Corrected,
)
"""Events of an organisation that change how the days of others are counted."""

CHILDREN_AT: LiteralString = """
    SELECT child_id FROM children WHERE authority_id = ANY(%(ids)s) OR roll_school_ids && %(ids)s
    UNION SELECT child_id FROM caseload WHERE commissioner_id = ANY(%(ids)s) OR home_school_id = ANY(%(ids)s)
"""
PROVIDERS_OF: LiteralString = "SELECT provider_id FROM agreements WHERE commissioner_id = ANY(%(ids)s)"
COUNTED_BY: LiteralString = """
    SELECT DISTINCT file_id, CASE file_id WHEN child_id THEN 'child' WHEN provider_id THEN 'provider' ELSE 'organisation' END
    FROM due WHERE starts_with(rule, %(rule)s) AND anchor_on >= %(on)s
"""
VERSIONS: LiteralString = """
    SELECT asked.id, newest.originator_version FROM unnest(%(ids)s::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
        SELECT originator_version FROM history.events
        WHERE originator_id = asked.id AND notification_id + 0 <= %(as_at)s ORDER BY originator_version DESC LIMIT 1
    ) AS newest
"""


class TouchedFiles:
    """Finds them through the tables that the due list leans on."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def by(self, records: Iterable[Record], since: int) -> dict[FileKind, set[UUID]]:
        """The files on which records lie, and those that are counted by what changed of an organisation or a parameter."""
        found: dict[FileKind, set[UUID]] = defaultdict(set)
        organisations: list[Organisation] = []
        for record in records:
            if isinstance(record, Child | Provider):
                found["child" if isinstance(record, Child) else "provider"].add(record.id)
            elif isinstance(record, Placement | Attendance):
                # Of a correction that moved it to another child, the file on which it lay is made anew, too.
                found["child"] |= _known(record.child_id, *(event.about for event in record.events))
            elif isinstance(record, Agreement):
                found["provider"] |= _known(record.provider_id)
            elif isinstance(record, Organisation):
                found["organisation"].add(record.id)
                organisations.append(record)
            elif isinstance(record, Guidance):
                self._counted_by(record, since, found)
        changed = self._changed(organisations, since)
        if changed:
            found["child"] |= set(ids_in(self._connection, CHILDREN_AT, {"ids": changed}))
            found["provider"] |= set(ids_in(self._connection, PROVIDERS_OF, {"ids": changed}))
            found["organisation"] |= set(changed)
        return found

    def _changed(self, organisations: Collection[Organisation], since: int) -> list[UUID]:
        """Those of which something was written that changes how days are counted."""
        if not organisations:
            return []
        asked = {"ids": [organisation.id for organisation in organisations], "as_at": since}
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            before: dict[UUID, int] = dict(cursor.execute(VERSIONS, asked).fetchall())
        return [
            organisation.id
            for organisation in organisations
            if any(
                isinstance(event, SETTINGS) and event.originator_version > before.get(organisation.id, 0)
                for event in organisation.events
            )
        ]

    def _counted_by(self, record: Guidance, since: int, found: dict[FileKind, set[UUID]]) -> None:
        """A published version counts for anchors from its first day on; nothing that began before is counted anew."""
        if not record.versions:
            return
        first = min((v.in_force_from or date.min for v in record.versions[-1:]), default=date.min)
        rule = record.parameter.removeprefix("deadline_").partition("_")[0].upper()
        asked = {"rule": rule if record.parameter.startswith("deadline_") else "T", "on": first}
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            for id, kind in cursor.execute(COUNTED_BY, asked).fetchall():
                found[kind].add(id)


def ids_in(
    connection: psycopg.Connection[Any], statement: LiteralString, parameters: dict[str, Any]
) -> list[UUID]:
    """The first column of what a question finds."""
    with connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        return [id for (id,) in cursor.execute(statement, parameters).fetchall()]


def _known(*ids: UUID | None) -> set[UUID]:
    return {id for id in ids if id is not None}
