"""Builds read models beside those in use, in a schema of their own, from every record there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from history.collecting import nothing_collected
from history.reading import Reading
from projections import kept_rows
from projections.memory import Memory
from projections.table import Table
from projections.tables import teller_for
from projections.writing import Writer

Progress = Callable[[int, int], None]
"""Hears how many events were read, of how many."""

TURN = "SELECT pg_try_advisory_lock(4703268521017386332)"
LIVE = "SELECT coalesce(max(position), 0) FROM read_models.positions WHERE shape = wanted AND NOT name = ANY(%(names)s)"
POSITIONS = "SELECT name, position FROM read_models.positions"
LOCK = "SELECT name, position FROM read_models.positions ORDER BY name FOR UPDATE"
# With a key of its own: those in use may be what is wrong.
PARKED = "CREATE TABLE parked (LIKE read_models.parked INCLUDING DEFAULTS, PRIMARY KEY (name, record_id))"
DONE = "SELECT pg_advisory_unlock(4703268521017386332)"
CATCHING_UP = 500


class AlreadyRebuilding(Exception):
    """Another process is rebuilding or comparing read models; only one does at a time."""


class Scratch:
    """Read models being built. `position` says how far they have come."""

    def __init__(
        self, connection: psycopg.Connection[Any], history: Reading, tables: Sequence[Table]
    ) -> None:
        self.connection, self.history, self.tables = connection, history, tables
        self.names = [table.name for table in tables]
        self.position = self.forgotten = 0
        teller = teller_for(history, tables)
        self._teller, self._memory = teller, Memory(teller)
        self._writer = Writer(connection, tables, history)

    def fill(self, progress: Progress, up_to: int | None = None) -> None:
        """Make every row as it was when the history had reached a position: the goal, or an earlier one."""
        self.forgotten = times_forgotten(self.connection)
        self.history.mapper.keys.let_go()
        self.position = self.goal() if up_to is None else up_to
        done = 0

        def between(events: int) -> None:
            nonlocal done
            done = min(done + events, self.position)
            progress(done, self.position)

        with nothing_collected():
            self._writer.load(self._teller.every_record(self.position, between))
        for table in self.tables:
            if table.indexes:
                self.connection.execute(table.indexes)
        self._writer.lend_all()
        self._writer.gather_all(self.position)
        for name in self.names:
            # Not for what is dead, of which there is little: so that what an index holds is read from it alone.
            self.connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(name)))

    def goal(self) -> int:
        """How far they should come: as far as those in use that are not being built; the head where all are."""
        [(live,)] = self.connection.execute(LIVE, {"names": self.names}).fetchall()
        head = self.history.head()
        return min(live, head) or head

    def lend_all(self) -> None:
        """Fill in what one table borrows from another."""
        self._writer.lend_all()

    def catch_up(self, to: int) -> None:
        """Take in what came meanwhile, up to a position."""
        while self.position < to:
            limit = min(CATCHING_UP, to - self.position)
            rows = self._teller.rows_after(self.position, limit)
            page = self._teller.read_each(rows)
            self._writer.follow(rows, self.position)
            self._writer.write_or_park(self._memory.advance(page))
            self.position = page[-1].position


@contextmanager
def scratch(dsn: str, history: Reading, tables: Sequence[Table], schema: LiteralString) -> Iterator[Scratch]:
    """New, empty tables for these read models, and their indexes not yet made; gone afterwards.

    Raises AlreadyRebuilding, and psycopg.Error.
    """
    name = sql.Identifier(schema)
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute(TURN).fetchone() != (True,):
            raise AlreadyRebuilding("read models are being rebuilt or compared already")
        connection.execute("SET synchronous_commit = off")
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
        # What is not being built, such as a table that lends, is found among those in use.
        connection.execute(sql.SQL("SET search_path = {}, read_models").format(name))
        try:
            connection.execute(PARKED)
            for table in tables:
                connection.execute(table.create)
                kept_rows.create(connection, table)
            yield Scratch(connection, history, tables)
        finally:
            if not connection.broken:
                connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
                # The end of the connection would free it too, but only some time after we think it ended.
                connection.execute(DONE)


def times_forgotten(connection: psycopg.Connection[Any]) -> int:
    """How often words were erased."""
    [(times,)] = connection.execute(
        "SELECT coalesce(max(forgotten), 0) FROM read_models.positions"
    ).fetchall()
    return int(times)


def positions_in_use(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """How far each read model has come."""
    return dict(connection.execute(POSITIONS).fetchall())


def lock_those_in_use(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Keep the follower from moving on until the end of the transaction, and say how far each read model has come."""
    return dict(connection.execute(LOCK).fetchall())
