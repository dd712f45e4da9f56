"""The proof that the history is sound and the read models say what it says, and what is said when they do not."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import psycopg
import pytest

from history.store import History
from tests.commands.terminal import Terminal
from tests.demo.filled import MASTER_KEY, filled
from tests.soundness.conftest import SIGNER
from tests.support.postgres import TestPostgres, as_owner
from tests.support.sealing import seal


@pytest.fixture
def own_database(prepared_postgres: TestPostgres, inventshire: Terminal) -> Iterator[psycopg.Connection]:
    """A filled database that a test may damage; the terminal stands at it, with its read models rebuilt."""
    with filled(prepared_postgres) as dsn, psycopg.connect(as_owner(dsn), autocommit=True) as connection:
        inventshire.monkeypatch.setenv("PLACEMENTS_DATABASE_URL", dsn)
        inventshire.monkeypatch.setenv(
            "PLACEMENTS_LEDGER_KEY", base64.b64encode(bytes(range(32, 64))).decode()
        )
        inventshire.monkeypatch.setenv("PLACEMENTS_LEDGER_NAME", SIGNER.public.name)
        history = History(dsn, master_key=MASTER_KEY, pool_size=1)
        seal(dsn, history, SIGNER)
        history.close()
        assert inventshire.type("rebuild").status == 0
        yield connection


def test_a_sound_service_is_found_sound(inventshire: Terminal, own_database: psycopg.Connection) -> None:
    answer = inventshire.type("check")
    assert answer.status == 0
    [(receipts,)] = own_database.execute("SELECT count(*) FROM history.receipts").fetchall()
    assert f"events can be read and stand where they belong; {receipts} receipts" in answer.out
    assert "of the events are sealed, and are as they were then." in answer.out
    assert answer.out.splitlines()[-1].startswith("Sound, after ")
    assert "The read models say what a rebuild says." in answer.out
    facts = inventshire.type("check", "--json").facts
    assert (facts["sound"], facts["events_behind"], facts["faults"], facts["differences"]) == (
        True,
        0,
        [],
        [],
    )


def test_a_row_that_says_something_else_is_named_with_its_columns(
    inventshire: Terminal, own_database: psycopg.Connection
) -> None:
    own_database.execute("UPDATE read_models.directory SET name = 'Somebody Else' WHERE name = 'Sample Farm'")
    answer = inventshire.type("check")
    assert answer.status == 1
    assert "The read model directory: row " in answer.out
    assert "is different in name" in answer.out
    assert "Somebody Else" not in answer.out
    assert inventshire.type("rebuild", "directory").status == 0
    assert inventshire.type("check").status == 0


def test_what_is_missing_in_the_history_is_named(
    inventshire: Terminal, own_database: psycopg.Connection
) -> None:
    own_database.execute("ALTER TABLE history.events DISABLE TRIGGER ALL")
    own_database.execute("DELETE FROM history.events WHERE notification_id IN (1500, 1501)")
    answer = inventshire.type("check", "--json")
    assert answer.status == 1
    faults = answer.facts["faults"]
    assert {"part": "events", "what": "position missing", "where": "between 1499 and 1502"} in faults
    assert answer.facts["first_wrong"] == 1500
    assert "trigger is another" in {fault["what"] for fault in faults if fault["part"] == "schema"}
    assert "version missing" in {fault["what"] for fault in faults}


def test_what_cannot_be_read_is_named_and_does_not_hide_the_rest(
    inventshire: Terminal, own_database: psycopg.Connection
) -> None:
    own_database.execute("ALTER TABLE history.events DISABLE TRIGGER ALL")
    spoil = "UPDATE history.events SET state = %s WHERE notification_id = %s"
    own_database.execute(spoil, [b"rubbish", 1000])
    # It says everything but when it was written down.
    own_database.execute(
        "UPDATE history.events SET state = convert_to(replace(convert_from(state, 'UTF8'), %s, %s), 'UTF8') "
        "WHERE notification_id = 1010",
        ['"recorded_at"', '"recorded"'],
    )
    answer = inventshire.type("check", "--json")
    assert answer.status == 1
    unreadable = [fault["where"] for fault in answer.facts["faults"] if fault["what"] == "unreadable"]
    assert [where.split(",")[0] for where in unreadable] == ["position 1000", "position 1010"]


def test_rebuild_says_what_it_made_and_how_far(
    inventshire: Terminal, own_database: psycopg.Connection
) -> None:
    answer = inventshire.type("rebuild", "caseload", "--json")
    assert "caseload" in answer.facts["names"]
    assert answer.facts["parked"] == 0


def test_a_read_model_that_there_is_not_is_said_with_those_there_are(inventshire: Terminal) -> None:
    answer = inventshire.type("rebuild", "nonsense")
    assert answer.status == 1
    assert answer.err.startswith("There is no read model nonsense; there are: children, caseload")


def test_a_database_that_was_not_set_up_is_said(empty: Terminal, empty_database_url: str) -> None:
    empty.monkeypatch.setenv("PLACEMENTS_DATABASE_URL", empty_database_url)
    answer = empty.type("check")
    assert answer.status == 1
    assert "`placements setup`" in answer.err
