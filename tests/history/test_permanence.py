"""What happened cannot be made not to have happened."""

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from history.receipts import Receipt
from history.store import History
from tests.history.diary import new_diary

CHANGES = (
    "UPDATE {} SET {} = {}",
    "UPDATE {} SET {} = {} WHERE false",
    "DELETE FROM {}",
    "DELETE FROM {} WHERE false",
    "TRUNCATE {}",
    "TRUNCATE {} CASCADE",
)


@pytest.mark.parametrize(("table", "column"), [("events", "topic"), ("receipts", "command")])
def test_nobody_changes_the_history(
    history: History, database: psycopg.Connection, table: str, column: str
) -> None:
    """Not even the owner of the tables, nor one who switches ordinary triggers off."""
    history.save(new_diary("one"), receipt=Receipt("someone", "key", "write", bytes(32)))
    names = (Identifier("history", table), Identifier(column), Identifier(column))

    for role in ("origin", "replica"):
        database.execute("SELECT set_config('session_replication_role', %s, false)", (role,))
        for change in CHANGES:
            statement = SQL(change).format(*names[: change.count("{}")])
            with pytest.raises(psycopg.errors.RaiseException, match="the history is permanent"):
                database.execute(statement)

    assert history.head() == 1
    assert history.receipt("someone", "key") is not None


def test_a_position_is_never_given_twice(history: History, database: psycopg.Connection) -> None:
    history.save(new_diary("one"))

    with pytest.raises(psycopg.errors.UniqueViolation):
        database.execute(
            "INSERT INTO history.events SELECT gen_random_uuid(), 1, topic, state, 1 FROM history.events"
        )
