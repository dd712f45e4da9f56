"""Keeps the due list in step: which files a change touches, and their rows made anew from the records of the whole file."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

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
from history.reading import Reading
from projections.due import DueColumns
from projections.loading_files import FileKind, Files
from projections.telling import Told

log = logging.getLogger(__name__)

AT_A_TIME = 200
"""Files of one round: some thousand events."""
SETTINGS = (
    o.OrganisationFounded,
    o.CalendarSet,
    o.WarningsChosen,
    o.ParameterTightened,
    Corrected,
)
"""Events of an organisation that change how the days of others are counted."""

EVERY: dict[FileKind, LiteralString] = {
    "child": "SELECT child_id FROM children ORDER BY child_id",
    "provider": "SELECT provider_id FROM directory ORDER BY provider_id",
    "organisation": "SELECT organisation_id FROM organisations ORDER BY organisation_id",
}
CHILDREN_AT: LiteralString = """
    SELECT child_id FROM children WHERE authority_id = ANY(%(ids)s) OR roll_school_ids && %(ids)s
    UNION SELECT child_id FROM caseload WHERE commissioner_id = ANY(%(ids)s) OR home_school_id = ANY(%(ids)s)
"""
PROVIDERS_OF: LiteralString = "SELECT provider_id FROM agreements WHERE commissioner_id = ANY(%(ids)s)"
COUNTED_BY: LiteralString = """
    SELECT DISTINCT file_id, CASE file_id WHEN child_id THEN 'child' WHEN provider_id THEN 'provider' ELSE 'organisation' END
    FROM due WHERE starts_with(rule, %(rule)s) AND anchor_on >= %(on)s
"""
CHANGED: LiteralString = "SELECT DISTINCT originator_id FROM history.events WHERE notification_id > %(low)s AND notification_id <= %(high)s"
VERSIONS: LiteralString = """
    SELECT asked.id, newest.originator_version FROM unnest(%(ids)s::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
        SELECT originator_version FROM history.events
        WHERE originator_id = asked.id AND notification_id + 0 <= %(as_at)s ORDER BY originator_version DESC LIMIT 1
    ) AS newest
"""
DELETE: LiteralString = """
    DELETE FROM due WHERE file_id = ANY(%(files)s)
    AND duty_id NOT IN (SELECT jsonb_array_elements_text(%(kept)s::jsonb)::uuid)
"""
# What stays as it is, is not written again: a file has dozens of duties, and an event changes one or two.
PUT = (
    sql.SQL("""
    INSERT INTO due ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::due, %(rows)s::json) r
    WHERE NOT EXISTS (SELECT FROM due d WHERE d.duty_id = r.duty_id AND d IS NOT DISTINCT FROM r)
    ON CONFLICT (duty_id) DO UPDATE SET ({columns}) = ROW({new})
""")
    .format(
        columns=sql.SQL(", ").join(map(sql.Identifier, DueColumns.__struct_fields__)),
        new=sql.SQL(", ").join(sql.Identifier("excluded", name) for name in DueColumns.__struct_fields__),
    )
    .as_bytes()
)
CLEAR: LiteralString = "DELETE FROM parked WHERE name = 'due' AND record_id = ANY(%(files)s)"
STALE: LiteralString = "UPDATE due SET stale = true WHERE file_id = ANY(%(files)s)"

Failed = Callable[[UUID, Exception], None]


class Gathering:
    """Makes the due list's rows on one connection, in whatever tables its search path finds."""

    def __init__(self, connection: psycopg.Connection[Any], history: Reading, failed: Failed) -> None:
        self._connection, self._files, self._failed = connection, Files(connection, history), failed

    def renew(self, touched: Sequence[Told], since: int) -> None:
        """Make the rows anew of all files that these records lie on. `since` is how far the table had come before them."""
        if not touched:
            return
        as_at = max(max(told.position, told.failed_at) for told in touched)
        for kind, ids in self.files_of([told.record for told in touched if told.record], since).items():
            self.make(kind, sorted(ids), as_at)

    def make_all(
        self, as_at: int, as_it_was: Callable[[Record], Record | None] = lambda record: record
    ) -> None:
        """Make every row there is."""
        for kind, every in EVERY.items():
            self.make(kind, self._ids(every, {}), as_at, as_it_was)

    def make_as_at(self, position: int, reached: int) -> None:
        """Make the rows of all files that are not what they were at a position, where the rows are those of another."""
        low, high = sorted((position, reached))
        changed = self._ids(CHANGED, {"low": low, "high": high})
        for start in range(0, len(changed), AT_A_TIME):
            records = self._files.records(changed[start : start + AT_A_TIME], high)
            for kind, ids in self.files_of(records, low).items():
                self.make(kind, sorted(ids), position)

    def make(
        self,
        kind: FileKind,
        ids: Sequence[UUID],
        as_at: int,
        as_it_was: Callable[[Record], Record | None] = lambda record: record,
    ) -> None:
        """Make the rows of these files as the history had them at a position."""
        for start in range(0, len(ids), AT_A_TIME):
            rows: list[DueColumns] = []
            made: list[UUID] = []
            for id, found in self._files.rows(kind, ids[start : start + AT_A_TIME], as_at, as_it_was).items():
                if isinstance(found, Exception):
                    self._failed(id, found)
                    self._connection.execute(STALE, {"files": [id]})
                else:
                    made.append(id)
                    rows += found
            # What could not be made before can be made now.
            self._connection.execute(CLEAR, {"files": made})
            kept = _json([row.duty_id for row in rows])
            self._connection.execute(DELETE, {"files": made, "kept": kept})
            if rows:
                self._connection.execute(PUT, {"rows": _json(rows)})

    def files_of(self, records: Iterable[Record], since: int) -> dict[FileKind, set[UUID]]:
        """The files on which records lie, and those that are counted by what changed of an organisation or a parameter."""
        found: dict[FileKind, set[UUID]] = defaultdict(set)
        organisations: list[Organisation] = []
        for record in records:
            if isinstance(record, Child | Provider):
                found["child" if isinstance(record, Child) else "provider"].add(record.id)
            elif isinstance(record, Placement | Attendance):
                found["child"] |= _known(record.child_id)
            elif isinstance(record, Agreement):
                found["provider"] |= _known(record.provider_id)
            elif isinstance(record, Organisation):
                found["organisation"].add(record.id)
                organisations.append(record)
            elif isinstance(record, Guidance):
                self._counted_by(record, since, found)
        changed = self._changed(organisations, since)
        if changed:
            found["child"] |= set(self._ids(CHILDREN_AT, {"ids": changed}))
            found["provider"] |= set(self._ids(PROVIDERS_OF, {"ids": changed}))
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

    def _ids(self, statement: LiteralString, parameters: dict[str, Any]) -> list[UUID]:
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            return [id for (id,) in cursor.execute(statement, parameters).fetchall()]


def _known(id: UUID | None) -> set[UUID]:
    return {id} if id is not None else set()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
