"""Keeps the due list in step: the rows of the files that a change touches are made anew from all records of the file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.events import Corrected, stored_name
from domain.placement import Placement
from domain.record import Record
from history.reading import Reading
from projections.due import DueColumns
from projections.last_written import LastWritten
from projections.loading_files import AsItWas, FileKind, Files, as_it_is
from projections.telling import Told
from projections.touched_files import TouchedFiles, ids_in

log = logging.getLogger(__name__)

AT_A_TIME = 200
"""Files of one round: some thousand events."""
CORRECTED = stored_name(Corrected)
MOST_ROWS = 20_000
"""Rows that are remembered as they stand, some 1 KB each."""
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
DELETE_GONE: LiteralString = "DELETE FROM due WHERE duty_id = ANY(%(gone)s)"
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


class Some(NamedTuple):
    """Some files of one kind, and which other records lie on each."""

    kind: FileKind
    around: Mapping[UUID, Collection[UUID]]


Failed = Callable[[UUID, Exception], None]


class Gathering:
    """Makes the due list's rows on one connection, in whatever tables its search path finds."""

    def __init__(self, connection: psycopg.Connection[Any], history: Reading, failed: Failed) -> None:
        self._connection, self._files, self._failed = connection, Files(connection, history), failed
        self._touched = TouchedFiles(connection)
        self.any_parked = True
        """Whether any record may be parked."""
        self._written: LastWritten[dict[UUID, DueColumns]] = LastWritten(MOST_ROWS, len)
        self._around: LastWritten[frozenset[UUID]] = LastWritten(MOST_ROWS, len)
        """Which other records lie on a file."""

    def follow(self, rows: Sequence[Any], since: int) -> None:
        """Take in all that happened after a position, at which the table stands."""
        self._files.follow(rows, since)
        # It may move a register from one child's file to another's, and duties with it.
        if any(topic == CORRECTED for _, topic, *_ in rows):
            self.trust_nothing()
        for remembered in self._written, self._around:
            remembered.follow(since, rows[-1][0])

    def trust_nothing(self) -> None:
        """What was written may be lost."""
        self._written.clear()
        self._around.clear()

    def touched(self, touched: Sequence[Told], since: int) -> list[Some]:
        """All files that these records lie on. `since` is how far the table had come before them."""
        records = [told.record for told in touched if told.record]
        self._notice_what_is_new_on_a_file(records)
        found = self._touched.by(records, since)
        return [some for kind, ids in found.items() for some in self._some_at_a_time(kind, sorted(ids))]

    def make_all(self, as_at: int, as_it_was: AsItWas = as_it_is) -> None:
        """Make every row there is."""
        for kind, every in EVERY.items():
            for some in self._some_at_a_time(kind, ids_in(self._connection, every, {})):
                self.make([some], as_at, as_it_was)

    def make_as_at(self, position: int, reached: int) -> None:
        """Make the rows of all files that are not what they were at a position, where the rows are those of another."""
        low, high = sorted((position, reached))
        changed = ids_in(self._connection, CHANGED, {"low": low, "high": high})
        for start in range(0, len(changed), AT_A_TIME):
            records = self._files.records(changed[start : start + AT_A_TIME], high)
            for kind, ids in self._touched.by(records, low).items():
                self.make(self._some_at_a_time(kind, sorted(ids)), position)

    def make(
        self,
        files: Iterable[Some],
        as_at: int,
        as_it_was: AsItWas = as_it_is,
    ) -> None:
        """Make the rows of these files as the history had them at a position."""
        for some in files:
            made: dict[UUID, list[DueColumns]] = {}
            for id, found in self._files.rows(some.kind, some.around, as_at, as_it_was).items():
                if isinstance(found, Exception):
                    self._failed(id, found)
                    self._connection.execute(STALE, {"files": [id]})
                    self._written.let_go(id)
                else:
                    made[id] = found
            if self.any_parked:
                # What could not be made before can be made now.
                self._connection.execute(CLEAR, {"files": list(made)})
            self._write(made)

    def _some_at_a_time(self, kind: FileKind, ids: Sequence[UUID]) -> Iterator[Some]:
        for start in range(0, len(ids), AT_A_TIME):
            yield Some(kind, self._lying_on(kind, ids[start : start + AT_A_TIME]))

    def _lying_on(self, kind: FileKind, ids: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
        found = {id: around for id in ids if (around := self._around.of(id)) is not None}
        if unknown := [id for id in ids if id not in found]:
            for id, others in self._files.around(kind, unknown).items():
                found[id] = frozenset(others)
                self._around.keep(id, found[id])
        return found

    def _notice_what_is_new_on_a_file(self, records: Iterable[Record]) -> None:
        for record in records:
            if isinstance(record, Placement | Attendance | Agreement):
                id = record.provider_id if isinstance(record, Agreement) else record.child_id
                if id is not None and record.id not in (self._around.of(id) or ()):
                    self._around.let_go(id)

    def _write(self, made: Mapping[UUID, list[DueColumns]]) -> None:
        """Write what is not there already, and delete what is there and should not be."""
        unknown: list[UUID] = []
        kept: list[UUID] = []
        gone: list[UUID] = []
        changed: list[DueColumns] = []
        for id, rows in made.items():
            now, there = {row.duty_id: row for row in rows}, self._written.of(id)
            if there is None:
                unknown.append(id)
                kept += now
                changed += rows
            else:
                gone += there.keys() - now.keys()
                changed += (row for row in rows if there.get(row.duty_id) != row)
            self._written.keep(id, now)
        if unknown:
            self._connection.execute(DELETE, {"files": unknown, "kept": _json(kept)}, prepare=True)
        if gone:
            self._connection.execute(DELETE_GONE, {"gone": gone}, prepare=True)
        if changed:
            self._connection.execute(PUT, {"rows": _json(changed)}, prepare=True)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
