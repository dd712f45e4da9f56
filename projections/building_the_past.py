"""Makes read models as they were at a position: what did not change since is copied from those in use, the rest is told anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import sql

from domain.events import Corrected, stored_name
from domain.record import Record
from domain.two_times import told_on
from history.collecting import nothing_collected
from history.reading import Reading
from projections import kept_rows
from projections.table import Table
from projections.tables import teller_for
from projections.telling import Told
from projections.writing import Writer

RECORDS_AT_A_TIME = 200

# Only what was built is found by its bare name: a table that is missing must not be answered for by the one in use.
# The default would keep a list of ten thousand and its indexes moving in and out of a file; what is not needed is not taken.
FRAME = """
    SET search_path = pg_temp;
    SET temp_buffers = '32MB';
    SET synchronous_commit = off;
    CREATE TABLE parked (LIKE read_models.parked INCLUDING ALL);
    CREATE TABLE told_anew (id uuid PRIMARY KEY, version bigint)
"""
IN_USE = "SELECT name, position, shape FROM read_models.positions WHERE shape = wanted"
# The version at the position: of what changed before it the last, of what only changed after it the one before.
BEGIN: LiteralString = """
    INSERT INTO told_anew
    SELECT originator_id, coalesce(max(changed.version) FILTER (WHERE at <= %(position)s), min(changed.version) - 1) FROM (
"""
CHANGED: LiteralString = """
    SELECT originator_id, originator_version AS version, notification_id AS at FROM history.events
    WHERE notification_id > %(low)s AND notification_id <= %(high)s AND topic = ANY(%(topics)s)
"""
NOT_YET_TRUE: LiteralString = """
    UNION ALL SELECT originator_id, originator_version, notification_id FROM history.events
    WHERE notification_id <= %(position)s AND topic = ANY(%(topics)s) AND history.occurred_on(state) > %(true_on)s
"""
OF_KIND: LiteralString = """
    ) changed JOIN history.events began USING (originator_id)
    WHERE began.originator_version = 1 AND began.topic = ANY(%(topics)s)
    GROUP BY 1
"""
TO_TELL: LiteralString = BEGIN + CHANGED + OF_KIND
TO_TELL_BY_DAY: LiteralString = BEGIN + CHANGED + NOT_YET_TRUE + OF_KIND
COPY = sql.SQL("""
    INSERT INTO {table} ({all})
    SELECT {told} FROM read_models.{table} r {join}
    WHERE NOT EXISTS (SELECT FROM told_anew a WHERE a.id = r.{record})
""")
COPY_KEPT = sql.SQL("""
    WITH copied AS (
        INSERT INTO {table} ({all})
        SELECT {told} FROM told_anew a JOIN read_models.{was} r ON r.{record} = a.id AND r.version = a.version {join}
        RETURNING {record} AS id
    )
    DELETE FROM told_anew a USING copied c WHERE a.id = c.id
""")
# Of what had not begun there is nothing to tell.
LEFT: LiteralString = "SELECT id FROM told_anew WHERE version IS DISTINCT FROM 0"


@dataclass(frozen=True, slots=True)
class Then:
    """A place on both axes of time: what was known, and on which day it was to be true."""

    position: int
    """What was written down up to here is known."""
    true_on: date | None = None
    """What was true on this day; none for whatever was written down."""


class Building:
    """Makes tables on one connection, each when it is first wanted."""

    def __init__(
        self, connection: psycopg.Connection[Any], history: Reading, then: Then, tables: Sequence[Table]
    ) -> None:
        self._connection, self._history, self._then, self._tables = connection, history, then, tables
        self._there: set[str] = set()
        self._copied_from = 0
        connection.execute(FRAME)

    def build(self, wanted: Sequence[Table]) -> None:
        """Make those of these tables that are missing, lenders first. Raises psycopg.Error and Unavailable."""
        missing = [table for table in wanted if table.name not in self._there]
        if missing:
            self._history.mapper.keys.let_go()
        for kind in dict.fromkeys(
            table.of for table in sorted(missing, key=lambda t: t.borrowed is not None)
        ):
            # All that a kind of record gives, so that no record has to be told twice.
            self._of_kind(kind, [table for table in self._tables if table.of is kind])
        for table in missing:
            if table.gathered:
                self._gather(table)

    def _gather(self, table: Table) -> None:
        """Rows that whole files give: those of files that are not what they were then are made anew."""
        day = self._then.true_on
        with self._connection.transaction(), nothing_collected():
            writer = Writer(self._connection, [table], self._history)
            if day is None:
                writer.gather_as_at(self._then.position, self._copied_from)
            else:
                writer.gather_all(
                    self._then.position, lambda record: told_on(type(record), record.events, day)
                )

    def _of_kind(self, kind: type[Record], tables: Sequence[Table]) -> None:
        with self._connection.transaction():
            # One view of all tables in use and of how far they have come.
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            reached = self._reached(tables)
            self._find_changed(kind, reached.values())
            for table in tables:
                self._connection.execute(table.create)
                if table.gathered:
                    self._copied_from = reached[table.name]
                # What whole files give is made anew for a day, all of it: rows of files that came later must not be there.
                if reached[table.name] and not (table.gathered and self._then.true_on):
                    self._connection.execute(_copy(COPY, table))
            # Where a kind of record gives other tables as well, its records have to be told anyway.
            only = tables[0]
            if len(tables) == 1 and only.kept and reached[only.name] and self._then.true_on is None:
                self._connection.execute(_copy(COPY_KEPT, only))
            ids = [row["id"] for row in self._connection.execute(LEFT).fetchall()]
        with nothing_collected():
            Writer(self._connection, tables).load(self._told(tables, ids))
        for table in tables:
            if indexes := table.indexes_of_the_past or table.indexes:
                self._connection.execute(indexes)
            self._connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table.name)))
            self._there.add(table.name)

    def _reached(self, tables: Sequence[Table]) -> dict[str, int]:
        """How far each of the tables in use has come; 0 for one that is made otherwise or not at all."""
        found = {row["name"]: row for row in self._connection.execute(IN_USE).fetchall()}
        return {
            table.name: found[table.name]["position"]
            if table.name in found and found[table.name]["shape"] == table.shape
            else 0
            for table in tables
        }

    def _find_changed(self, kind: type[Record], reached: Collection[int]) -> None:
        """Which records' rows may be others than in use: they changed since, or not all of it was true then."""
        then = self._then
        asked = {
            "low": min(then.position, *reached),
            "high": max(then.position, *reached),
            "position": then.position,
            "true_on": then.true_on,
            "topics": [stored_name(event) for event in kind.folds] + [stored_name(Corrected)],
        }
        statement = TO_TELL if then.true_on is None else TO_TELL_BY_DAY
        self._connection.execute("TRUNCATE told_anew")
        self._connection.execute(statement, asked)

    def _told(self, tables: Sequence[Table], ids: Sequence[UUID]) -> Iterator[Told]:
        teller = teller_for(self._history, tables)
        for start in range(0, len(ids), RECORDS_AT_A_TIME):
            some = teller.load(ids[start : start + RECORDS_AT_A_TIME], self._then.position)
            yield from some if self._then.true_on is None else _true_on(some, self._then.true_on)


def _true_on(some: Sequence[Told], day: date) -> Iterator[Told]:
    for told in some:
        if told.record is not None:
            record = told_on(type(told.record), told.record.events, day)
            if record is not None:
                told.record = record
                yield told


def _copy(statement: sql.SQL, table: Table) -> sql.Composed:
    borrowed = table.borrowed
    own = [sql.Identifier("r", column) for column in table.columns]
    lent = list(borrowed.columns.items()) if borrowed else []
    return statement.format(
        table=sql.Identifier(table.name),
        was=sql.Identifier(kept_rows.names_of(table)[-1]),
        record=sql.Identifier(table.record),
        all=sql.SQL(", ").join(map(sql.Identifier, [*table.columns, *(name for name, _ in lent)])),
        told=sql.SQL(", ").join([*own, *(sql.SQL(worth) for _, worth in lent)]),
        join=sql.SQL("LEFT JOIN {} l ON {} = {}").format(
            sql.Identifier(borrowed.lender),
            sql.Identifier("l", borrowed.key),
            sql.Identifier("r", borrowed.key),
        )
        if borrowed
        else sql.SQL(""),
    )
