"""What the history's schema is made of: tables, constraints, triggers, functions. Whoever drops one has changed the rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql

from history.setup import APPLIED, SCHEMA

AS_IT_SHOULD_BE = "history_as_it_should_be"
NAME = re.compile(r"\bhistory(?=\.)")
"""The schema's name, where a file of the schema speaks of something in it."""

OBJECTS = """
    WITH relation AS (
        SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity
        FROM pg_class c WHERE c.relnamespace = to_regnamespace(%(schema)s)
    )
    SELECT 'table', relname, format('%%s %%s %%s %%s', relkind, relpersistence, relrowsecurity, relforcerowsecurity)
        FROM relation WHERE relkind NOT IN ('i', 'S')
    UNION ALL
    SELECT 'column', r.relname || '.' || a.attname, format(
            '%%s %%s %%s%%s %%s default %%s', a.attnum, format_type(a.atttypid, a.atttypmod), a.attstorage, a.attidentity,
            CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END, pg_get_expr(d.adbin, d.adrelid)
        )
        FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
        WHERE r.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 'constraint', r.relname || '.' || k.conname, format('%%s %%s', pg_get_constraintdef(k.oid), k.convalidated)
        FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid
    UNION ALL
    SELECT 'index', x.relname, format('%%s %%s', pg_get_indexdef(i.indexrelid), i.indisvalid)
        FROM relation r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid
        WHERE r.relkind IN ('r', 'p', 'm')
    UNION ALL
    SELECT 'trigger', r.relname || '.' || t.tgname, format('%%s %%s', pg_get_triggerdef(t.oid), t.tgenabled)
        FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'rule', r.relname || '.' || w.rulename, pg_get_ruledef(w.oid)
        FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
    UNION ALL
    SELECT 'policy', r.relname || '.' || p.polname, format('%%s %%s', p.polcmd, pg_get_expr(p.polqual, p.polrelid))
        FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'sequence', r.relname, format('%%s %%s %%s %%s %%s', s.seqstart, s.seqincrement, s.seqmin, s.seqcache, s.seqcycle)
        FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid
    UNION ALL
    SELECT 'function', format('%%s(%%s)', p.proname, pg_get_function_identity_arguments(p.oid)), pg_get_functiondef(p.oid)
        FROM pg_proc p WHERE p.pronamespace = to_regnamespace(%(schema)s) AND p.prokind IN ('f', 'p')
"""
RIGHTS = """
    SELECT c.relname, right_to FROM pg_class c, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS right_to
    WHERE c.relnamespace = 'history'::regnamespace AND c.relkind IN ('r', 'p')
        AND has_table_privilege(c.oid, right_to)
    UNION ALL
    SELECT a.attrelid::regclass::text || '.' || a.attname, 'UPDATE' FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'history'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
        AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'UPDATE') AND NOT has_table_privilege(c.oid, 'UPDATE')
    ORDER BY 1, 2
"""


class Object(NamedTuple):
    """A part of a schema, by its kind and name."""

    kind: str
    name: str


def objects_of(connection: psycopg.Connection, schema: str) -> dict[Object, str]:
    """The parts of a schema with their definitions, in which the schema's own name is left out."""
    # What lies on the search path is shown without its schema, so that two schemas are shown alike.
    connection.execute(sql.SQL("SET LOCAL search_path = {}, pg_catalog").format(sql.Identifier(schema)))
    own = re.compile(rf"\b{schema}\.")
    found = connection.execute(OBJECTS, {"schema": schema}).fetchall()
    return {
        Object(kind, own.sub("", name)): own.sub("", definition or "") for kind, name, definition in found
    }


def differences(dsn: str, files: Path = SCHEMA) -> list[tuple[Object, str]]:
    """Where the history's schema is not what its files make of an empty database. Raises psycopg.Error.

    They are applied to a schema of another name, in a transaction that is taken back.
    """
    with psycopg.connect(dsn) as connection:
        is_now = objects_of(connection, "history")
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(AS_IT_SHOULD_BE)))
        for text in (
            APPLIED.split(";", 1)[1],
            *(path.read_text("utf-8") for path in sorted(files.glob("*.sql"))),
        ):
            connection.execute(NAME.sub(AS_IT_SHOULD_BE, text).encode())
        should_be = objects_of(connection, AS_IT_SHOULD_BE)
        connection.rollback()
    return [
        (
            part,
            "is not there"
            if part not in is_now
            else "is too many"
            if part not in should_be
            else "is another",
        )
        for part in sorted(is_now.keys() | should_be.keys())
        if is_now.get(part) != should_be.get(part)
    ]


def files_that_differ(connection: psycopg.Connection, files: Path = SCHEMA) -> list[tuple[str, str]]:
    """Where the list of files that were applied is not the list of those that there are."""
    from hashlib import sha256

    applied: dict[str, str] = dict(connection.execute("SELECT file, sha256 FROM history.applied").fetchall())
    there = {path.name: sha256(path.read_bytes()).hexdigest() for path in files.glob("*.sql")}
    return [
        (
            name,
            "was not applied"
            if name not in applied
            else "is not of this version"
            if name not in there
            else "reads otherwise",
        )
        for name in sorted(applied.keys() | there.keys())
        if applied.get(name) != there.get(name)
    ]


def rights_too_many(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """What the role of a connection may do to tables of the history, and should not: table or column, and right."""
    return connection.execute(RIGHTS).fetchall()
