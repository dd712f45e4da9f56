"""Makes read models anew from the history, and puts them in the place of the old ones, which answer until that moment."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from history.reading import Reading
from projections import kept_rows
from projections.progress import TELL
from projections.scratch import (
    AlreadyRebuilding,
    Progress,
    Scratch,
    lock_those_in_use,
    scratch,
    times_forgotten,
)
from projections.table import Table
from projections.tables import TABLES, named, with_lenders, with_those_that_lean
from projections.writing import Writer

__all__ = ["AlreadyRebuilding", "Rebuilt", "rebuild"]

CLOSE_ENOUGH = 200
"""Events that may be left to take in while the follower waits."""
SWAPPED = """
    INSERT INTO read_models.positions (name, position, built_at, shape, wanted)
    VALUES (%(name)s, %(position)s, clock_timestamp(), %(shape)s, %(shape)s)
    ON CONFLICT (name) DO UPDATE
        SET position = %(position)s, built_at = clock_timestamp(), shape = %(shape)s, wanted = %(shape)s
"""
UNPARK = "DELETE FROM read_models.parked WHERE name = ANY(%(names)s) OR (%(all)s AND name = '')"
PARK_AGAIN = "INSERT INTO read_models.parked SELECT * FROM parked ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to."""

    names: tuple[str, ...]
    position: int
    """How far the history reached."""
    seconds: float
    parked: int
    """Records that could not be followed to their end."""


def rebuild(
    history: Reading,
    dsn: str,
    names: Iterable[str] = (),
    progress: Progress = lambda done, of: None,
    tables: Sequence[Table] = TABLES,
) -> Rebuilt:
    """Rebuild the named read models with those they borrow from, or all. Safe while the service runs, and safe to break off.

    Raises NoSuchReadModel, AlreadyRebuilding, psycopg.Error and Unavailable.
    """
    began = time.monotonic()
    wanted = with_lenders(with_those_that_lean(named(names, tables), tables), tables)
    while True:
        with scratch(dsn, history, wanted, "read_models_next") as built:
            built.fill(progress)
            while (goal := built.goal()) - built.position > CLOSE_ENOUGH:
                built.catch_up(goal)
            with built.connection.transaction():
                position = _position_in_use(built)
                # Words that were erased meanwhile may have been read before; then all of it is read again.
                if built.forgotten == times_forgotten(built.connection):
                    built.catch_up(position)
                    parked = _put_in_place(built, tables)
                    return Rebuilt(tuple(built.names), built.position, time.monotonic() - began, parked)


def _position_in_use(built: Scratch) -> int:
    """Where the new tables have to join the others. The follower waits from here on."""
    in_use = lock_those_in_use(built.connection)
    others = [position for name, position in in_use.items() if name not in built.names]
    return max(others or in_use.values(), default=0)


def _put_in_place(built: Scratch, tables: Sequence[Table]) -> int:
    connection, everything = built.connection, len(built.tables) == len(tables)
    connection.execute(UNPARK, {"names": built.names, "all": everything})
    parked = connection.execute(PARK_AGAIN).rowcount
    for table in built.tables:
        _swap(connection, table)
        connection.execute(SWAPPED, {"name": table.name, "position": built.position, "shape": table.shape})
    connection.execute("SET LOCAL search_path = read_models")
    # A table that borrows gets what the new lender lends.
    lent = {table.name for table in built.tables}
    Writer(connection, [t for t in tables if t.borrowed and lent & {t.name, t.borrowed.lender}]).lend_all()
    connection.execute(TELL)
    return parked


def _swap(connection: psycopg.Connection[Any], table: Table) -> None:
    for name in map(sql.Identifier, kept_rows.names_of(table)):
        connection.execute(sql.SQL("DROP TABLE IF EXISTS read_models.{}").format(name))
        connection.execute(sql.SQL("ALTER TABLE {} SET SCHEMA read_models").format(name))
