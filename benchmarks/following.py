"""Read models that catch up with a long history, beside the bare inserts of their rows."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Figure
from projections.leading import Leading
from projections.tables import TABLES

LIVES = 400
PAGE = 500
GROUP = f"Read models catch up with {LIVES} placements"


def measure(seconds: float) -> Iterator[Figure]:
    """From empty read models to all of them full."""
    with durable_database() as dsn, history_in(dsn, 2) as history:
        store_lives(history, LIVES, until="end_placement")
        head = history.head()
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("SET search_path = read_models")
            connection.execute("SET synchronous_commit = off")
            leading, began = Leading(connection, history, TABLES), time.perf_counter()
            while leading.step():
                pass
            followed = time.perf_counter() - began
            rows, inserted = bare_inserts(connection)
            yield Figure(
                GROUP, "bare inserts of the final rows, 500 a transaction", rows / inserted, "rows/s", 1.0
            )
            yield Figure(
                GROUP,
                f"the same rows, followed out of {head:,} events",
                rows / followed,
                "rows/s",
                inserted / followed,
            )
            yield Figure(GROUP, "events followed", head / followed, "events/s")


def bare_inserts(connection: psycopg.Connection[tuple[object, ...]]) -> tuple[int, float]:
    """Insert the rows of all read models into empty copies of their tables: how many, and how long it took."""
    connection.execute("CREATE SCHEMA bare_rows")
    rows, took = 0, 0.0
    for table in TABLES:
        name = sql.Identifier("bare_rows", table.name)
        connection.execute(
            sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING INDEXES)").format(name, sql.Identifier(table.name))
        )
        cursor = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table.name)))
        columns = cursor.description or []
        found = [tuple(map(as_given, row, columns)) for row in cursor.fetchall()]
        width = len(columns)
        insert = sql.SQL("INSERT INTO {} VALUES ({})").format(
            name, sql.SQL(", ").join([sql.Placeholder()] * width)
        )
        began = time.perf_counter()
        for first in range(0, len(found), PAGE):
            with connection.transaction(), connection.cursor() as writing:
                writing.executemany(insert, found[first : first + PAGE])
        took += time.perf_counter() - began
        rows += len(found)
    return rows, took


def as_given(value: object, column: psycopg.Column) -> object:
    """A value in the form in which it is inserted."""
    return Jsonb(value) if column.type_display == "jsonb" and value is not None else value
