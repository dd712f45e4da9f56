"""Proves that read models say what the history says: builds them anew beside those in use, and compares row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import psycopg
from psycopg import sql

from history.reading import Reading
from projections.scratch import Progress, lock_those_in_use, positions_in_use, scratch
from projections.table import Table
from projections.tables import TABLES, named, with_lenders

AT_MOST = 100
"""Differences told of one table."""

COMPARE = sql.SQL("""
    SELECT to_jsonb(live), to_jsonb(fresh)
    FROM {live} live FULL JOIN {fresh} fresh USING ({key})
    WHERE to_jsonb(live) IS DISTINCT FROM to_jsonb(fresh)
    LIMIT {at_most}
""")


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the history says. Values are left out: they may be about a child."""

    table: str
    key: tuple[str, ...]
    kind: Literal["missing", "too_many", "different"]
    columns: tuple[str, ...] = ()
    """The columns that differ."""


def differences(
    history: Reading,
    dsn: str,
    names: Iterable[str] = (),
    progress: Progress = lambda done, of: None,
    tables: Sequence[Table] = TABLES,
) -> list[Difference]:
    """Where the named read models, or all, differ from what a rebuild gives at the same position; at most 100 a table.

    Raises NoSuchReadModel, AlreadyRebuilding, psycopg.Error and Unavailable.
    """
    found: list[Difference] = []
    compared = named(names, tables)
    with scratch(dsn, history, with_lenders(compared, tables), "read_models_compared") as built:
        connection = built.connection
        built.fill(progress, up_to=_reached(positions_in_use(connection), built.names))
        # The follower waits while they are compared: two moments would differ without anything being wrong.
        with connection.transaction():
            built.catch_up(_reached(lock_those_in_use(connection), built.names))
            built.lend_all()
            for table in compared:
                found += _differences(connection, table)
    return found


def _reached(positions: dict[str, int], names: Sequence[str]) -> int:
    return min(positions.get(name, 0) for name in names)


def _differences(connection: psycopg.Connection[Any], table: Table) -> list[Difference]:
    compare = COMPARE.format(
        live=sql.Identifier("read_models", table.name),
        fresh=sql.Identifier("read_models_compared", table.name),
        key=sql.SQL(", ").join(map(sql.Identifier, table.key)),
        at_most=sql.Literal(AT_MOST),
    )
    return [_difference(table, live, fresh) for live, fresh in connection.execute(compare).fetchall()]


def _difference(table: Table, live: dict[str, Any] | None, fresh: dict[str, Any] | None) -> Difference:
    row = live or fresh or {}
    key = tuple(str(row[column]) for column in table.key)
    if live is None:
        return Difference(table.name, key, "missing")
    if fresh is None:
        return Difference(table.name, key, "too_many")
    return Difference(table.name, key, "different", tuple(sorted(c for c in live if live[c] != fresh.get(c))))
