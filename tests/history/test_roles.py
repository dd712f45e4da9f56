"""The database itself refuses the service's own role to change the history, whatever a program may try."""

from collections.abc import Iterator

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from history.roles import account_of, admit, is_protected
from history.store import History
from service.plain_error import PlainError
from service.preparing import set_up_the_history
from tests.history.diary import Diary, more, new_diary
from tests.support.postgres import as_owner

OBJECTS = "SELECT relname FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind = ANY(%s) ORDER BY 1"
REFUSED_TABLE = (
    "UPDATE {} SET {column} = {column}",
    "UPDATE {} SET {column} = {column} WHERE false",
    "DELETE FROM {}",
    "DELETE FROM {} WHERE false",
    "TRUNCATE {}",
    "TRUNCATE {} CASCADE",
    "DROP TABLE {} CASCADE",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} ADD COLUMN more int",
    "ALTER TABLE {} OWNER TO CURRENT_USER",
    "CREATE TRIGGER mine BEFORE INSERT ON {} EXECUTE FUNCTION history.refuse_to_forget()",
    "CREATE INDEX ON {} ({column})",
    "CREATE RULE mine AS ON INSERT TO {} DO INSTEAD NOTHING",
)
REFUSED = (
    "CREATE FUNCTION history.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION history.settle() RETURNS void LANGUAGE sql AS 'SELECT'",
    "DROP FUNCTION history.settle()",
    "CREATE TABLE history.mine (id int)",
    "DROP SCHEMA history CASCADE",
    "ALTER SCHEMA history RENAME TO gone",
    "ALTER SCHEMA history OWNER TO CURRENT_USER",
    "SET session_replication_role = replica",
    "INSERT INTO history.applied (file, sha256) VALUES ('099_mine.sql', '')",
    "SET ROLE placements",
)
MAY_REFUSE = (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidObjectDefinition)


@pytest.fixture
def service(dsn: str) -> Iterator[psycopg.Connection]:
    """A connection of the service's own role."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


def test_no_table_of_the_history_can_be_changed(service: psycopg.Connection) -> None:
    tables = [name for (name,) in service.execute(OBJECTS, [["r", "p"]])]
    assert {"events", "receipts", "keys", "ledger_tiles", "ledger_checkpoints", "applied"} <= set(tables)
    for table in tables:
        # The first that the database does not number by itself: such a one it refuses to anybody.
        first = """
            SELECT attname FROM pg_attribute
            WHERE attrelid = %s::regclass AND attnum > 0 AND attidentity = '' ORDER BY attnum LIMIT 1
        """
        [(column,)] = service.execute(first, [f"history.{table}"]).fetchall()
        for words in REFUSED_TABLE:
            statement = sql.SQL(words).format(sql.Identifier("history", table), column=sql.Identifier(column))
            with pytest.raises(MAY_REFUSE):
                service.execute(statement)


def test_nor_can_what_keeps_it_be_taken_away(service: psycopg.Connection) -> None:
    for words in REFUSED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            service.execute(words.encode())
    for (name,) in service.execute(OBJECTS, [["S"]]).fetchall():
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            service.execute("SELECT setval(%s, 1)", [f"history.{name}"])


def test_it_can_add_and_destroys_no_key_without_an_approval(history: History) -> None:
    history.save(diary := new_diary("one"))
    history.save(more(history.get(Diary, diary.id), "two"))

    with pytest.raises(PersistenceError, match="no such erasure was approved"):
        history.keys.carry_out(diary.id, 1)
    history.keys.let_go()
    assert history.get(Diary, diary.id).words == ["one", "two"]


def test_a_role_that_is_given_is_made_and_admitted_and_nothing_is_left_to_do(dsn: str) -> None:
    other = make_conninfo(dsn, user="another_service", password="secret")
    with psycopg.connect(as_owner(dsn), autocommit=True) as owner:
        try:
            admit(as_owner(dsn), account_of(other))
            admit(as_owner(dsn), account_of(other))
            assert is_protected(other)
            with psycopg.connect(other) as connection:
                assert connection.execute("SELECT count(*) FROM history.events").fetchone() == (0,)
        finally:
            owner.execute("REASSIGN OWNED BY another_service TO CURRENT_USER")
            owner.execute("DROP OWNED BY another_service")
            owner.execute("DROP ROLE another_service")


def test_who_owns_the_history_is_not_refused_and_that_is_known(dsn: str) -> None:
    assert is_protected(dsn)
    assert not is_protected(as_owner(dsn))


def test_a_lesser_role_that_is_alone_says_who_has_to_set_up(dsn: str, empty_database_url: str) -> None:
    lesser = make_conninfo(empty_database_url, user=str(conninfo_to_dict(dsn)["user"]))
    with psycopg.connect(empty_database_url, autocommit=True) as owner:
        owner.execute(
            sql.SQL("REVOKE CREATE ON DATABASE {} FROM placements_service").format(
                sql.Identifier(owner.info.dbname)
            )
        )
    with pytest.raises(PlainError, match="PLACEMENTS_OWNER_URL"):
        set_up_the_history(lesser, None)
    with pytest.raises(PlainError, match="name two"):
        set_up_the_history(lesser, lesser)
