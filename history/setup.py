"""Prepares a database for the history: applies the numbered files of `history/schema/`, each once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg

SCHEMA = Path(__file__).parent / "schema"

ONE_AT_A_TIME = "SELECT pg_advisory_lock(4703268521017386317)"
DONE = "SELECT pg_advisory_unlock(4703268521017386317)"

APPLIED = """
    CREATE SCHEMA IF NOT EXISTS history;
    CREATE TABLE IF NOT EXISTS history.applied (
        file text PRIMARY KEY,
        sha256 text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )
"""


class SchemaChanged(Exception):
    """An applied file reads differently now. Such files are never edited; a new one follows them."""


def set_up(dsn: str, files: Path = SCHEMA) -> list[str]:
    """Apply what is missing, and say what that was. Safe to repeat, and from several processes at once.


    Raises SchemaChanged when an applied file was edited, and psycopg.Error when the database refuses.
    """
    with psycopg.connect(dsn, autocommit=True) as database:
        database.execute(ONE_AT_A_TIME)
        try:
            return _apply_missing(database, files)
        finally:
            if not database.broken:
                database.execute(DONE)


def _apply_missing(database: psycopg.Connection, files: Path) -> list[str]:
    # Asked first, because CREATE SCHEMA needs a right that a later, lesser role may lack.
    if database.execute("SELECT to_regclass('history.applied')").fetchone() == (None,):
        database.execute(APPLIED)
    applied: dict[str, str] = dict(database.execute("SELECT file, sha256 FROM history.applied").fetchall())
    new = []
    for path in sorted(files.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        if path.name not in applied:
            with database.transaction():
                database.execute(text)
                database.execute(
                    "INSERT INTO history.applied (file, sha256) VALUES (%s, %s)", (path.name, sha256)
                )
            new.append(path.name)
        elif applied[path.name] != sha256:
            raise SchemaChanged(f"{path.name} was changed after it had been applied to this database")
    return new
