"""Adds the rows of single events: each is written once, with its event, and those before it are not written again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import psycopg

from projections.last_written import LastWritten
from projections.parking import Parked
from projections.statements import Statements
from projections.table import Row, Table
from projections.telling import Told

MOST_RECORDS = 20_000
"""Records of which it is remembered which events have their rows."""


class Adding:
    """Does so in the tables of one connection, and remembers how far it came with each record."""

    def __init__(self, connection: psycopg.Connection[Any], tables: Sequence[Table]) -> None:
        self._connection, self._tables = connection, tables
        self._statements = {table.name: Statements(table) for table in tables}
        self._versions: dict[str, LastWritten[int]] = {
            table.name: LastWritten(MOST_RECORDS) for table in tables
        }
        """Of each record, the version of its last event that has its row."""

    def follow(self, since: int, to: int) -> None:
        """The tables stand at a position, and are about to be brought to another."""
        for versions in self._versions.values():
            versions.follow(since, to)

    def trust_nothing(self) -> None:
        """What was written may be lost."""
        for versions in self._versions.values():
            versions.clear()

    def add(self, touched: Sequence[Told]) -> list[Parked]:
        """Write the rows of these records' events that have none yet. Returns those that could not be told."""
        parked: list[Parked] = []
        for table in self._tables:
            mine = [told for told in touched if isinstance(told.record, table.of)]
            if mine:
                parked += self._add(table, mine)
        return parked

    def _add(self, table: Table, touched: Sequence[Told]) -> list[Parked]:
        statements, written = self._statements[table.name], self._versions[table.name]
        there = {told.id: version for told in touched if (version := written.of(told.id)) is not None}
        if unknown := [told.id for told in touched if told.id not in there]:
            with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
                there |= cursor.execute(statements.newest, {"ids": unknown}, prepare=True).fetchall()
        rows: list[Row] = []
        parked = []
        for told in touched:
            try:
                rows += _of_events(table, told, there.get(told.id, 0))
            except Exception as problem:
                parked.append(Parked(table.name, told, problem))
                written.let_go(told.id)
            else:
                written.keep(told.id, told.record.version if told.record is not None else 0)
        if rows:
            asked = {"rows": msgspec.json.encode(rows).decode()}
            self._connection.execute(statements.put, asked, prepare=True)
        return parked


def _of_events(table: Table, told: Told, after: int) -> Iterator[Row]:
    """The rows of a record's events after a version, the last one first."""
    events = told.record.events if told.record is not None else []
    for event, position in zip(reversed(events), reversed(told.positions), strict=True):
        if event.originator_version <= after:
            return
        row = table.of_event(told.record, event, position) if table.of_event else None
        if row is not None:
            yield row
