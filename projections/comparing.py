"""Proves that read models say what the history says: builds them anew beside those in use, and compares row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import psycopg
from psycopg import sql

from history.objects import objects_of
from history.reading import Reading
from projections import kept_rows
from projections.scratch import Progress, Scratch, lock_those_in_use, positions_in_use, scratch
from projections.table import Table
from projections.tables import TABLES, named, teller_for, with_lenders

Kind = Literal["missing", "too_many", "different", "twice"]
AT_MOST = 100
"""Differences told of one table."""

COMPARE = sql.SQL("""
    SELECT to_jsonb(live), to_jsonb(fresh)
    FROM {live} live FULL JOIN {fresh} fresh USING ({key})
    WHERE to_jsonb(live) IS DISTINCT FROM to_jsonb(fresh)
    LIMIT {at_most}
""")


TWICE = sql.SQL("""
    SELECT to_jsonb(k) FROM (SELECT {key} FROM {live} GROUP BY {key} HAVING count(*) > 1 LIMIT {at_most}) k
""")
PARKED = """
    SELECT coalesce(live.name, fresh.name), coalesce(live.record_id, fresh.record_id)::text,
        CASE WHEN live IS NULL THEN 'missing' WHEN fresh IS NULL THEN 'too_many' ELSE 'different' END,
        array_remove(ARRAY[
            CASE WHEN live.position <> fresh.position THEN 'position' END,
            CASE WHEN live.error <> fresh.error THEN 'error' END
        ], NULL)
    FROM (SELECT * FROM read_models.parked WHERE name = '' OR name = ANY(%(names)s)) live
    FULL JOIN read_models_compared.parked fresh ON fresh.name = live.name AND fresh.record_id = live.record_id
    WHERE live IS NULL OR fresh IS NULL OR live.position <> fresh.position OR live.error <> fresh.error
    LIMIT %(at_most)s
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the history says. Values are left out: they may be about a child."""

    table: str
    key: tuple[str, ...]
    kind: Kind
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
            # Some may be a page ahead of the others: each is compared where it stands.
            reached = lock_those_in_use(connection)
            for position in sorted({reached.get(name, 0) for name in built.names}):
                built.catch_up(position)
                built.lend_all()
                for table in compared:
                    if reached.get(table.name, 0) == position:
                        found += _differences(connection, table)
                        found += _kept(connection, table, built) if table.kept else ()
            found += _parked(connection, built.names)
            found += _definitions(connection, compared)
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
    found = [_difference(table, live, fresh) for live, fresh in connection.execute(compare).fetchall()]
    twice = TWICE.format(
        live=sql.Identifier("read_models", table.name),
        key=sql.SQL(", ").join(map(sql.Identifier, table.key)),
        at_most=sql.Literal(AT_MOST),
    )
    for (row,) in connection.execute(twice).fetchall():
        found.append(Difference(table.name, tuple(str(row[column]) for column in table.key), "twice"))
    return found


def _kept(connection: psycopg.Connection[Any], table: Table, built: Scratch) -> Iterator[Difference]:
    """What rows once were, where it is not what the history says; that something is missing there is nothing wrong."""
    _, was = kept_rows.names_of(table)
    wrong = kept_rows.wrong(connection, table, teller_for(built.history, [table]), built.position)
    for id, version in islice(wrong, AT_MOST):
        yield Difference(was, (str(id), str(version)), "different")


def _parked(connection: psycopg.Connection[Any], names: Sequence[str]) -> Iterator[Difference]:
    """What could not be taken in is the same, too."""
    for name, record, kind, columns in connection.execute(PARKED, {"names": names, "at_most": AT_MOST}):
        yield Difference("parked", (name, record), kind, tuple(columns))


def _definitions(connection: psycopg.Connection[Any], tables: Sequence[Table]) -> Iterator[Difference]:
    """The tables themselves, with their keys and indexes."""
    names = {name for table in tables for name in kept_rows.names_of(table)}
    live = objects_of(connection, "read_models")
    fresh = objects_of(connection, "read_models_compared")
    for part in sorted(live.keys() | fresh.keys()):
        of_table = (live.get(part, "") + fresh.get(part, "") + part.name).replace(".", " ").split()
        if live.get(part) != fresh.get(part) and names.intersection(of_table):
            kind: Kind = "missing" if part not in live else "too_many" if part not in fresh else "different"
            yield Difference(part.name.partition(".")[0], (part.kind, part.name), kind)


def _difference(table: Table, live: dict[str, Any] | None, fresh: dict[str, Any] | None) -> Difference:
    row = live or fresh or {}
    key = tuple(str(row[column]) for column in table.key)
    if live is None:
        return Difference(table.name, key, "missing")
    if fresh is None:
        return Difference(table.name, key, "too_many")
    return Difference(table.name, key, "different", tuple(sorted(c for c in live if live[c] != fresh.get(c))))
