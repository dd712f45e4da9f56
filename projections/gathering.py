"""Keeps the due list in step: the rows of the files that a change touches are made anew from all records of the file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, LiteralString
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

from domain.record import Record
from history.reading import Reading
from projections.due import DueColumns
from projections.loading_files import FileKind, Files
from projections.telling import Told
from projections.touched_files import TouchedFiles, ids_in

log = logging.getLogger(__name__)

AT_A_TIME = 200
"""Files of one round: some thousand events."""
EVERY: dict[FileKind, LiteralString] = {
    "child": "SELECT child_id FROM children ORDER BY child_id",
    "provider": "SELECT provider_id FROM directory ORDER BY provider_id",
    "organisation": "SELECT organisation_id FROM organisations ORDER BY organisation_id",
}
CHANGED: LiteralString = "SELECT DISTINCT originator_id FROM history.events WHERE notification_id > %(low)s AND notification_id <= %(high)s"
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
        self._touched = TouchedFiles(connection)

    def renew(self, touched: Sequence[Told], since: int) -> None:
        """Make the rows anew of all files that these records lie on. `since` is how far the table had come before them."""
        if not touched:
            return
        as_at = max(max(told.position, told.failed_at) for told in touched)
        for kind, ids in self._touched.by([told.record for told in touched if told.record], since).items():
            self.make(kind, sorted(ids), as_at)

    def make_all(
        self, as_at: int, as_it_was: Callable[[Record], Record | None] = lambda record: record
    ) -> None:
        """Make every row there is."""
        for kind, every in EVERY.items():
            self.make(kind, ids_in(self._connection, every, {}), as_at, as_it_was)

    def make_as_at(self, position: int, reached: int) -> None:
        """Make the rows of all files that are not what they were at a position, where the rows are those of another."""
        low, high = sorted((position, reached))
        changed = ids_in(self._connection, CHANGED, {"low": low, "high": high})
        for start in range(0, len(changed), AT_A_TIME):
            records = self._files.records(changed[start : start + AT_A_TIME], high)
            for kind, ids in self._touched.by(records, low).items():
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


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
