"""Prepares a database for the read models, and marks those that this version of the service makes otherwise."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from projections import kept_rows
from projections.table import Table
from projections.tables import TABLES

ONE_AT_A_TIME = "SELECT pg_advisory_lock(4703268521017386330)"
DONE = "SELECT pg_advisory_unlock(4703268521017386330)"
SCHEMA = "read_models"

# `shape` is what the table is like, `wanted` what the newest version of the service wants it to be like;
# `forgotten` counts how often words were erased that a reader may still remember; `later`: nobody waits for it who does not ask for it;
# `at_work` is what the workers do now.
FRAME = """
    CREATE TABLE IF NOT EXISTS read_models.positions (
        name text PRIMARY KEY,
        position bigint NOT NULL,
        built_at timestamptz,
        shape text NOT NULL,
        wanted text NOT NULL
    );
    ALTER TABLE read_models.positions ADD COLUMN IF NOT EXISTS forgotten bigint NOT NULL DEFAULT 0;
    ALTER TABLE read_models.positions ADD COLUMN IF NOT EXISTS later boolean NOT NULL DEFAULT false;
    CREATE TABLE IF NOT EXISTS read_models.parked (
        name text NOT NULL,
        record_id uuid NOT NULL,
        position bigint NOT NULL,
        error text NOT NULL,
        parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (name, record_id)
    );
    CREATE INDEX IF NOT EXISTS parked_by_record ON read_models.parked (record_id);
    CREATE TABLE IF NOT EXISTS read_models.page_key (key bytea NOT NULL);
    CREATE TABLE IF NOT EXISTS read_models.at_work (
        worker text NOT NULL,
        job text NOT NULL,
        words text NOT NULL,
        state text NOT NULL,
        since timestamptz NOT NULL,
        well_at timestamptz NOT NULL,
        patience float NOT NULL,
        faults int NOT NULL,
        in_a_row int NOT NULL,
        error text NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (worker, job)
    );
    ALTER TABLE read_models.at_work ADD COLUMN IF NOT EXISTS counts jsonb NOT NULL DEFAULT '{}'
"""
THERE = "SELECT 1 WHERE to_regnamespace('read_models') IS NOT NULL"
FRAMED = """
    SELECT FROM pg_attribute WHERE attrelid = to_regclass('read_models.positions') AND attname = 'later'
"""
KNOWN = "SELECT name, position, shape, wanted FROM read_models.positions"
MADE = """
    INSERT INTO read_models.positions (name, position, built_at, shape, wanted)
    VALUES (%(name)s, 0, clock_timestamp(), %(shape)s, %(shape)s)
    ON CONFLICT (name) DO UPDATE SET position = 0, built_at = clock_timestamp(), shape = %(shape)s, wanted = %(shape)s
"""
WANTED = """
    INSERT INTO read_models.positions (name, position, shape, wanted) VALUES (%(name)s, 0, '', %(shape)s)
    ON CONFLICT (name) DO UPDATE SET wanted = %(shape)s
"""
LATER = "UPDATE read_models.positions SET later = NOT later WHERE later <> (name = ANY(%(names)s))"
GONE = """
    WITH gone AS (DELETE FROM read_models.positions WHERE name = %(name)s)
    DELETE FROM read_models.parked WHERE name = %(name)s
"""
PAGE_KEY = (
    "INSERT INTO read_models.page_key SELECT %(key)s WHERE NOT EXISTS (SELECT FROM read_models.page_key)"
)


def set_up(dsn: str, tables: Sequence[Table] = TABLES) -> list[str]:
    """Create what is missing, and say which read models have to be rebuilt. Safe to repeat, and from several processes.

    A read model whose shape changed stays as it is, for those who still read it, until it is rebuilt: the worker does
    that when it starts. Raises psycopg.Error when the database refuses.
    """
    with psycopg.connect(dsn, autocommit=True) as database:
        database.execute(ONE_AT_A_TIME)
        try:
            with database.transaction():
                return _set_up(database, tables)
        finally:
            if not database.broken:
                database.execute(DONE)


def _set_up(database: psycopg.Connection[Any], tables: Sequence[Table]) -> list[str]:
    # Asked first, because CREATE SCHEMA needs a right that a later, lesser role may lack.
    if not database.execute(FRAMED).fetchall():
        if not database.execute(THERE).fetchall():
            database.execute("CREATE SCHEMA read_models")
        database.execute(FRAME)
    database.execute(PAGE_KEY, {"key": os.urandom(32)})
    database.execute("SET LOCAL search_path = read_models")
    known = {name: (position, shape, wanted) for name, position, shape, wanted in database.execute(KNOWN)}
    nothing_yet = all(position == 0 for position, _, _ in known.values())
    to_rebuild = []
    for table in tables:
        _, shape, wanted = known.pop(table.name, (0, "", ""))
        if shape == wanted == table.shape:
            continue
        if nothing_yet:
            # Empty is what it should be before the first event.
            create(database, table)
            database.execute(MADE, {"name": table.name, "shape": table.shape})
        else:
            database.execute(WANTED, {"name": table.name, "shape": table.shape})
            if shape != table.shape:
                to_rebuild.append(table.name)
    database.execute(LATER, {"names": [table.name for table in tables if table.later]})
    for name in known:
        drop(database, name)
        database.execute(GONE, {"name": name})
    return to_rebuild


def create(database: psycopg.Connection[Any], table: Table) -> None:
    """Make an empty table, in the first schema of the connection's search path."""
    drop(database, table.name)
    database.execute(table.create)
    kept_rows.create(database, table)
    if table.indexes:
        database.execute(table.indexes)


def drop(database: psycopg.Connection[Any], name: str) -> None:
    """Do away with a table of that schema."""
    database.execute(
        sql.SQL("DROP TABLE IF EXISTS {}, {}").format(sql.Identifier(name), sql.Identifier(f"{name}_was"))
    )
