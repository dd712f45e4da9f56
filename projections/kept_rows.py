"""What rows were before they were replaced. A long list of the past copies them, where else it would tell every record anew.

A row follows from its record at one version, and from nothing else; so what it was stays true, and these tables are a memory like
any other: what they lack is told from the events. Only words that are erased are taken out of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

from projections.table import Table
from projections.telling import Teller

RECORDS_AT_A_TIME = 200

# Without statistics: the database's own would keep some words after they were erased.
_CREATE = sql.SQL("""
    CREATE TABLE {was} AS SELECT {own} FROM {table} WITH NO DATA;
    ALTER TABLE {was} ADD PRIMARY KEY ({record}, version), {no_statistics}
""")
# A stale row is not what its record was.
_KEEP = sql.SQL("""
    INSERT INTO {was} SELECT {own} FROM {table} WHERE {record} = ANY(%(ids)s) AND NOT stale ON CONFLICT DO NOTHING
""")
_FORGET = sql.SQL("DELETE FROM {was} WHERE {record} = ANY(%(ids)s)")
_RECORDS = sql.SQL("""
    SELECT {record}, array_agg(version) FROM {was} WHERE {record} > %(after)s GROUP BY 1 ORDER BY 1 LIMIT %(limit)s
""")
_WRONG = sql.SQL("""
    SELECT w.{record}, w.version FROM {was} w
    LEFT JOIN json_populate_recordset(NULL::{was}, %(rows)s::json) r USING ({record}, version)
    WHERE w.{record} = ANY(%(ids)s) AND to_jsonb(w) IS DISTINCT FROM to_jsonb(r)
""")


def names_of(table: Table) -> tuple[str, ...]:
    """The table, and the one that keeps what its rows were."""
    return (table.name, f"{table.name}_was") if table.kept else (table.name,)


def create(connection: psycopg.Connection[Any], table: Table) -> None:
    """Make the empty table beside a read model that has one, in the first schema of the search path."""
    if table.kept:
        connection.execute(_CREATE.format(**_parts(table)))


def keeping(table: Table) -> bytes:
    """The statement that keeps the rows of some records, which are about to be replaced."""
    return _KEEP.format(**_parts(table)).as_bytes()


def forget(connection: psycopg.Connection[Any], table: Table, ids: Sequence[UUID]) -> None:
    """Keep nothing any more of what was in the rows of these records, for words were erased."""
    connection.execute(_FORGET.format(**_parts(table)), {"ids": ids})


def wrong(
    connection: psycopg.Connection[Any], table: Table, teller: Teller, as_at: int
) -> Iterator[tuple[UUID, int]]:
    """The kept rows, by record and version, that are not what the events give. Raises psycopg.Error and Unavailable."""
    parts = _parts(table, "read_models")
    records, compare = _RECORDS.format(**parts), _WRONG.format(**parts)
    after = UUID(int=0)
    while found := connection.execute(records, {"after": after, "limit": RECORDS_AT_A_TIME}).fetchall():
        versions: dict[UUID, list[int]] = dict(found)
        yield from ((id, n) for id, kept in found for n in set(kept) if kept.count(n) > 1)
        rows = [
            row
            for told in teller.each_version(versions, as_at)
            if told.record is not None and told.record.version in versions[told.id]
            for row in table.rows(told.record, told.position)
        ]
        asked = {"ids": list(versions), "rows": msgspec.json.encode(rows).decode()}
        yield from connection.execute(compare, asked).fetchall()
        after = found[-1][0]


def _parts(table: Table, schema: str = "") -> dict[str, sql.Composable]:
    return {
        "table": sql.Identifier(table.name),
        "was": sql.Identifier(*([schema] if schema else []), f"{table.name}_was"),
        "own": sql.SQL(", ").join(map(sql.Identifier, table.columns)),
        "record": sql.Identifier(table.record),
        "no_statistics": sql.SQL(", ").join(
            sql.SQL("ALTER {} SET STATISTICS 0").format(sql.Identifier(column)) for column in table.columns
        ),
    }
