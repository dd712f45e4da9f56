"""Two roles: one owns the history and sets it up, the other is the service's own, which reads and adds, and can do nothing else to it."""

from __future__ import annotations

from typing import LiteralString, NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

READ_ONLY = ("applied", "erasures")
"""Tables of the history into which only the set-up writes, and the function that destroys keys."""
BESIDES: tuple[LiteralString, ...] = (
    # A person's keys are destroyed as an approved erasure says, with the owner's rights; no row is deleted in any other way.
    "EXECUTE ON FUNCTION history.carry_out_erasure(uuid, bigint)",
    "EXECUTE ON FUNCTION history.write_keys_anew()",
)
"""What the service's role may do besides reading and adding, and why."""
NOTHING: tuple[LiteralString, ...] = (
    "REVOKE ALL ON SCHEMA history FROM {}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA history FROM {}",
    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA history FROM {}",
)

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(4703268521017386317)"
RELATIONS = "SELECT relname FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind = ANY(%s) ORDER BY 1"
KNOWN = "SELECT FROM pg_roles WHERE rolname = %s"
MAY_CREATE = "SELECT has_database_privilege(%s, current_database(), 'CREATE')"
READ_MODELS = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'read_models' AND c.relkind = 'r' AND c.relowner <> to_regrole(%s)
"""
READ_MODELS_OF = "SELECT FROM pg_namespace WHERE nspname = 'read_models' AND nspowner <> to_regrole(%s)"
OWNED = """
    SELECT r.rolsuper OR EXISTS (
        SELECT FROM pg_class c WHERE c.relnamespace = 'history'::regnamespace AND pg_has_role(r.oid, c.relowner, 'USAGE')
    ) FROM pg_roles r WHERE r.rolname = current_user
"""


class Account(NamedTuple):
    """A role of the database, and with what it signs in."""

    name: str
    password: str | None = None


def account_of(dsn: str) -> Account:
    """Who signs in with a connection string that names somebody."""
    parts = conninfo_to_dict(dsn)
    return Account(str(parts.get("user") or ""), str(parts["password"]) if parts.get("password") else None)


def admit(owner_dsn: str, service: Account) -> None:
    """Let the service's role read the history and add to it, and nothing more; make the role where there is none.

    Safe to repeat. Raises psycopg.Error when the owner may not do so.
    """
    role = sql.Identifier(service.name)
    with psycopg.connect(owner_dsn) as database:
        database.execute(ONE_AT_A_TIME)
        if not database.execute(KNOWN, [service.name]).fetchall():
            create(database, service)
        for statement in _grants(database, role):
            database.execute(statement)
        if database.execute(MAY_CREATE, [service.name]).fetchone() != (True,):
            # Read models are built beside those in use, in a schema of their own.
            name = sql.Identifier(database.info.dbname)
            database.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(name, role))
        _hand_over_read_models(database, service)


def create(database: psycopg.Connection, service: Account) -> None:
    """Make the service's role, which may sign in and has no right to anything yet."""
    password = (
        sql.SQL(" PASSWORD {}").format(sql.Literal(service.password)) if service.password else sql.SQL("")
    )
    database.execute(
        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE{}").format(
            sql.Identifier(service.name), password
        )
    )


def is_protected(dsn: str) -> bool:
    """Whether the database itself refuses this role to change the history. Raises psycopg.Error."""
    with psycopg.connect(dsn) as database:
        return database.execute(OWNED).fetchone() == (False,)


def _grants(database: psycopg.Connection, role: sql.Identifier) -> list[sql.Composed]:
    def grant(right: LiteralString, on: LiteralString, name: str) -> sql.Composed:
        words = sql.SQL(f"GRANT {right} ON {on} {{}} TO {{}}")
        return words.format(sql.Identifier("history", name), role)

    tables = [name for (name,) in database.execute(RELATIONS, [["r", "p"]])]
    sequences = [name for (name,) in database.execute(RELATIONS, [["S"]])]
    return [
        *(sql.SQL(words).format(role) for words in NOTHING),
        sql.SQL("GRANT USAGE ON SCHEMA history TO {}").format(role),
        *(grant("SELECT", "TABLE", name) for name in tables),
        *(grant("INSERT", "TABLE", name) for name in tables if name not in READ_ONLY),
        *(grant("SELECT, USAGE", "SEQUENCE", name) for name in sequences),
        *(sql.SQL(f"GRANT {right} TO {{}}").format(role) for right in BESIDES),
    ]


def _hand_over_read_models(database: psycopg.Connection, service: Account) -> None:
    """Those that were made before there were two roles: who rebuilds a table has to own it."""
    role = sql.Identifier(service.name)
    if database.execute(READ_MODELS_OF, [service.name]).fetchall():
        database.execute(sql.SQL("ALTER SCHEMA read_models OWNER TO {}").format(role))
    for (name,) in database.execute(READ_MODELS, [service.name]).fetchall():
        table = sql.Identifier("read_models", name)
        database.execute(sql.SQL("ALTER TABLE {} OWNER TO {}").format(table, role))
