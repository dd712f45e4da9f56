"""Looks for words wherever a database could have kept them: every table, the database's own statistics, and the files on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 'p') AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_toast'
        AND has_table_privilege(c.oid, 'SELECT')
"""
FOLDER = "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()"


def dump(owner: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """Each row of every table of the database, the catalogue with its statistics among them, as text and as it is sent."""
    for schema, table in owner.execute(TABLES).fetchall():
        name = sql.Identifier(schema, table)
        with owner.cursor() as cursor:
            for row in cursor.execute(sql.SQL("SELECT {}::text FROM {}").format(sql.Identifier(table), name)):
                yield f"{schema}.{table}", str(row[0]).encode()
        if schema == "history":
            with owner.cursor(binary=True) as cursor:
                for row in cursor.execute(sql.SQL("SELECT * FROM {}").format(name)):
                    yield f"{schema}.{table}", b" ".join(v for v in row if isinstance(v, bytes))


def files(owner: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """The files of the database as a backup would copy them, without the log of writes."""
    owner.execute("CHECKPOINT")
    [(folder,)] = owner.execute(FOLDER).fetchall()
    for path in sorted(Path(folder).iterdir()):
        if path.is_file():
            yield path.name, path.read_bytes()
