"""Whatever somebody with every right changes in whatever table, behind the service's back, the check finds it and names the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg import sql

from history.looks_added_up import processes_that_noted
from history.moments import position_at
from history.store import History
from projections.kept_rows import names_of
from projections.tables import TABLES
from service.soundness.checking import Found

READ_MODELS = tuple(name for table in TABLES for name in names_of(table))
MAY_BE_GONE = {"children_was", "caseload_was"}
"""What these lack is told from the events, so that nobody is told anything else by it."""
HARMLESS = {
    "keys.created_at": "nothing reads it; which key opens which words is bound to the key itself",
    "applied.applied_at": "nothing reads it; which files were applied is compared with the files",
    "positions.built_at": "nothing reads it",
    "positions.forgotten": "a new number makes followers let go of what they remember, and read it again",
    "parked.parked_at": "tells people since when to look; the position beside it is compared",
    "page_key.key": "with another key, links to a next page that somebody holds no longer work",
}
"""Columns whose change does no harm, and why."""
NOTHING_IN_IT = {
    "outbox": "the demonstration owes nobody a letter; it is a read model like the others",
    "improvements": "no correction in the demonstration makes a missed day look met; it is compared like the others",
    "at_work": "empty but for the moment in which a worker carries something out, and read by people alone",
    "parked": "a sound service parks no record, so there is no row to alter; one that is put in is found",
}
LISTED = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
    ORDER BY 1, 2
"""
COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
LOOSENED = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', conrelid::regclass, conname) FROM pg_constraint
    WHERE conrelid = %(table)s::regclass AND contype <> 'n'
    UNION ALL
    SELECT format('ALTER TABLE %s ALTER %I DROP IDENTITY', attrelid::regclass, attname) FROM pg_attribute
    WHERE attrelid = %(table)s::regclass AND attidentity <> ''
    UNION ALL
    SELECT format('DROP INDEX IF EXISTS %s', indexrelid::regclass) FROM pg_index
    WHERE indrelid = %(table)s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    UNION ALL
    SELECT format('ALTER TABLE %s DISABLE TRIGGER ALL', %(table)s)
""".replace("%s", "%%s").replace("%I", "%%I")
OTHERWISE = {
    "text": "coalesce({}, '') || 'x'",
    "text[]": "coalesce({}, ARRAY[]::text[]) || ARRAY['x']",
    "bigint[]": "{} || 99::bigint",
    "uuid[]": "{} || gen_random_uuid()",
    "uuid": "gen_random_uuid()",
    "bytea": "set_byte({0} || '\\x00'::bytea, 0, get_byte({0} || '\\x00'::bytea, 0) # 1)",
    "jsonb": "jsonb_build_array({}, 1)",
    "boolean": "NOT coalesce({}, false)",
    "date": "coalesce({}, '2026-01-01') + 1",
    "timestamp with time zone": "coalesce({}, now()) + interval '1 hour'",
}
NUMBERS = ("smallint", "integer", "bigint", "numeric", "double precision")
Tables = tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def tables(owner: psycopg.Connection, history: History) -> Tables:
    """Every table there is, once nothing in the database keeps anybody from anything."""
    assert position_at(history, datetime(2026, 11, 20, tzinfo=UTC)) > 0  # so that moments are noted
    assert processes_that_noted(history) != []  # and looks are added up
    found = tuple(owner.execute(LISTED).fetchall())
    for schema, table in found:
        for (statement,) in owner.execute(LOOSENED, {"table": f"{schema}.{table}"}).fetchall():
            owner.execute(statement.encode())
    return found


class Tampering:
    """Changes to one table, each taken back after somebody has looked."""

    def __init__(self, owner: psycopg.Connection, schema: str, table: str) -> None:
        self.owner, self.table = owner, sql.Identifier(schema, table)
        self.columns: dict[str, str] = dict(owner.execute(COLUMNS, [f"{schema}.{table}"]).fetchall())
        # What the database works out itself cannot be put in.
        self.own = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        self.do("CREATE TEMPORARY TABLE before AS SELECT {own} FROM {}", own=self.own)
        [(self.rows,)] = owner.execute("SELECT count(*) FROM before").fetchall()
        # Not the first and not the last.
        middle = sql.SQL("SELECT ctid FROM {} ORDER BY ctid OFFSET {} LIMIT {}")
        self.one = middle.format(self.table, sql.Literal((self.rows - 1) // 2), sql.Literal(1))
        self.two = middle.format(self.table, sql.Literal((self.rows - 1) // 2), sql.Literal(2))

    def do(self, words: str, **more: sql.Composable) -> int:
        """Run a statement about the table."""
        return self.owner.execute(sql.SQL(words).format(self.table, **more)).rowcount

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Put everything back afterwards."""
        try:
            yield
        finally:
            self.do("TRUNCATE {}")
            self.do("INSERT INTO {} ({own}) SELECT {own} FROM before", own=self.own)

    def alter(self, column: str) -> None:
        """One value of one row."""
        kind = self.columns[column].split("(")[0]
        change = "coalesce({}, 0) + 1" if kind in NUMBERS else OTHERWISE[kind]
        new = sql.SQL(change).format(sql.Identifier(column))
        one = sql.SQL("SELECT ctid FROM {} WHERE {} IS NOT NULL ORDER BY ctid OFFSET {} LIMIT 1")
        known = one.format(self.table, sql.Identifier(column), sql.Literal(0))
        words = "UPDATE {} SET {column} = {new} WHERE ctid = coalesce(({known}), ({one}))"
        assert self.do(words, column=sql.Identifier(column), new=new, known=known, one=self.one) == 1

    def delete(self) -> None:
        """One row."""
        assert self.do("DELETE FROM {} WHERE ctid = ({one})", one=self.one) == 1

    def duplicate(self) -> None:
        """One row."""
        assert (
            self.do(
                "INSERT INTO {0} ({own}) SELECT {own} FROM {0} WHERE ctid = ({one})",
                own=self.own,
                one=self.one,
            )
            == 1
        )

    def insert(self) -> None:
        """A row that differs from one that is there in all columns."""
        self.owner.execute("DROP TABLE IF EXISTS new")
        assert (
            self.do(
                "CREATE TEMPORARY TABLE new AS SELECT {own} FROM {} WHERE ctid = ({one})",
                own=self.own,
                one=self.one,
            )
            == 1
        )
        for column, kind in self.columns.items():
            change = (
                "coalesce({}, 0) + 1000000"
                if kind.split("(")[0] in NUMBERS
                else OTHERWISE[kind.split("(")[0]]
            )
            if kind == "smallint":
                change = "coalesce({}, 0) + 1"
            new = sql.SQL(change).format(sql.Identifier(column))
            self.owner.execute(sql.SQL("UPDATE new SET {} = {}").format(sql.Identifier(column), new))
        self.do("INSERT INTO {} ({own}) SELECT {own} FROM new", own=self.own)

    def swap(self) -> bool:
        """All but the first column of two rows change places; whether there are two."""
        _first, *others = self.columns
        rows = self.owner.execute(
            sql.SQL("SELECT ctid::text FROM {} WHERE ctid IN ({})").format(self.table, self.two)
        ).fetchall()
        if len(rows) < 2 or not others:
            return False
        names = sql.SQL(", ").join(map(sql.Identifier, others))
        theirs = sql.SQL(", ").join(sql.Identifier("o", name) for name in others)
        other = "SELECT {theirs} FROM {table} o WHERE o.ctid IN ({two}) AND o.ctid <> t.ctid"
        words = f"UPDATE {{}} t SET ({{names}}) = ({other}) WHERE t.ctid IN ({{two}})"  # noqa: S608 - of this file
        self.do(words, names=names, theirs=theirs, table=self.table, two=self.two)
        # Two that have the same first column have only changed places in the file, which means nothing.
        return bool(
            self.owner.execute(
                sql.SQL("SELECT {own} FROM {} EXCEPT TABLE before").format(self.table, own=self.own)
            ).fetchall()
        )


@pytest.fixture
def tampering(
    owner: psycopg.Connection, tables: Tables, request: pytest.FixtureRequest
) -> Iterator[Tampering]:
    """Tampering with the table that the test is about."""
    [(schema, table)] = [(schema, table) for schema, table in tables if table == request.param]
    yield Tampering(owner, schema, table)
    owner.execute("DROP TABLE before")


def named(found: Found, table: str) -> set[str]:
    """What is said about a table, apart from that nothing protects it any more."""
    ledger = table.startswith(("events", "ledger"))
    said = {
        f"{fault.part}: {fault.what}, {fault.where}"
        for fault in found.faults
        if fault.part == table
        or (fault.part in ("ledger", "events") and ledger)
        # Keys that have changed places are named by the events whose words they no longer open.
        or (table == "keys" and fault.what == "unreadable")
    }
    rows = {
        f"{d.kind} {'/'.join(d.key)}"
        for d in found.differences
        if d.table == table and d.key[0] not in OF_TABLES
    }
    return said | rows


OF_TABLES = ("table", "column", "constraint", "index", "trigger", "rule", "policy")
HISTORY = (
    "applied", "erasures", "events", "keys", "ledger_checkpoints", "ledger_index", "ledger_index_tops", "ledger_tiles",
    "looks_added_up", "moments", "receipts", "register", "witnessed",
)  # fmt: skip
BOOKS = ("positions", "page_key", "parked", "at_work")
ALL = (*HISTORY, *READ_MODELS, *BOOKS)


def test_no_table_was_forgotten(tables: Tables) -> None:
    assert {table for _, table in tables} == set(ALL)


def test_nothing_is_said_while_nothing_is_wrong(tables: Tables, found: Callable[[], Found]) -> None:
    seen = found()
    assert [named(seen, table) for table in ALL] == [set()] * len(ALL)
    assert {fault.part for fault in seen.faults} <= {"schema"}


@pytest.mark.parametrize("tampering", ALL, indirect=True)
def test_a_row_that_is_gone_or_put_in_is_found(
    tampering: Tampering, found: Callable[[], Found], request: pytest.FixtureRequest
) -> None:
    table = request.node.callspec.params["tampering"]
    if not tampering.rows:
        pytest.skip(NOTHING_IN_IT[table])
    with tampering.taken_back():
        tampering.delete()
        assert table in MAY_BE_GONE or named(found(), table), "a row that is gone"
    with tampering.taken_back():
        tampering.insert()
        assert named(found(), table), "a row that was put in"


@pytest.mark.parametrize("tampering", ["events"], indirect=True)
def test_a_history_that_breaks_the_tables_made_of_it_is_told_of_and_not_stumbled_over(
    tampering: Tampering, found: Callable[[], Found]
) -> None:
    changes: tuple[Callable[[], None], ...] = (
        lambda: tampering.alter("notification_id"),
        tampering.duplicate,
    )
    for tamper in changes:
        with tampering.taken_back():
            tamper()
            seen = found()
        said = {(fault.part, fault.what) for fault in seen.faults}
        assert said >= {("read models", "nothing could be compared"), ("events", "position missing")}
        assert seen.first_wrong is not None


@pytest.mark.long
@pytest.mark.parametrize("tampering", ALL, indirect=True)
def test_a_row_that_is_altered_is_found_whichever_column_it_is(
    tampering: Tampering, found: Callable[[], Found], request: pytest.FixtureRequest
) -> None:
    table = request.node.callspec.params["tampering"]
    if not tampering.rows:
        pytest.skip(NOTHING_IN_IT[table])
    missed = []
    for column in tampering.columns:
        if f"{table}.{column}" not in HARMLESS:
            with tampering.taken_back():
                tampering.alter(column)
                if not named(found(), table):
                    missed.append(column)
    assert missed == []


@pytest.mark.long
@pytest.mark.parametrize("tampering", ALL, indirect=True)
def test_rows_that_change_places_or_are_there_twice_are_found(
    tampering: Tampering, found: Callable[[], Found], request: pytest.FixtureRequest
) -> None:
    table = request.node.callspec.params["tampering"]
    if not tampering.rows:
        pytest.skip(NOTHING_IN_IT[table])
    with tampering.taken_back():
        tampering.duplicate()
        assert named(found(), table), "a row that is there twice"
    with tampering.taken_back():
        if tampering.swap():
            assert named(found(), table), "two rows that changed places"


def test_a_record_that_is_said_to_be_parked_and_is_not_is_found(
    owner: psycopg.Connection, tables: Tables, found: Callable[[], Found]
) -> None:
    owner.execute("INSERT INTO read_models.parked SELECT 'caseload', gen_random_uuid(), 1, 'KeyError', now()")
    try:
        assert named(found(), "parked")
    finally:
        owner.execute("TRUNCATE read_models.parked")
