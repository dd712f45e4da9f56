"""A database is prepared once, however often and from wherever it is asked for."""

import multiprocessing
from pathlib import Path

import psycopg
import pytest

from history.connecting import NotReady
from history.setup import SCHEMA, SchemaChanged, set_up
from history.store import History
from tests.history.conftest import MASTER_KEY

FILES = [path.name for path in sorted(SCHEMA.glob("*.sql"))]


def test_it_says_what_it_applied_and_then_applies_nothing(empty_database_url: str) -> None:
    assert set_up(empty_database_url) == FILES
    assert set_up(empty_database_url) == []


def test_four_processes_may_set_up_at_once(empty_database_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        applied = pool.map(set_up, [empty_database_url] * 4)

    assert sorted(applied, key=len) == [[], [], [], FILES]


def test_a_file_that_was_applied_is_never_edited(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "001_one.sql").write_text("CREATE TABLE history.one (id bigint)")
    set_up(empty_database_url, tmp_path)
    (tmp_path / "001_one.sql").write_text("CREATE TABLE history.one (id uuid)")

    with pytest.raises(SchemaChanged, match=r"001_one\.sql"):
        set_up(empty_database_url, tmp_path)


def test_a_file_that_fails_leaves_nothing_behind(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "001_one.sql").write_text("CREATE TABLE history.one (id bigint)")
    (tmp_path / "002_two.sql").write_text("CREATE TABLE history.two (id bigint); SELECT 1 / 0")
    with pytest.raises(psycopg.errors.DivisionByZero):
        set_up(empty_database_url, tmp_path)
    (tmp_path / "002_two.sql").write_text("CREATE TABLE history.two (id bigint)")

    assert set_up(empty_database_url, tmp_path) == ["002_two.sql"]


def test_a_history_is_not_opened_before_it_was_set_up(empty_database_url: str) -> None:
    with pytest.raises(NotReady, match="set-up"):
        History(empty_database_url, master_key=MASTER_KEY)


def test_a_database_that_cannot_be_reached_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="No such file"):
        History(f"host={tmp_path} dbname=nowhere", master_key=MASTER_KEY)


def test_the_whole_connection_string_is_used(dsn: str) -> None:
    """The event library knows five words of it, and would drop the others."""
    told = psycopg.conninfo.make_conninfo(
        dsn, application_name="whole", options="-c statement_timeout=4321", sslmode="disable"
    )
    history = History(told, master_key=MASTER_KEY)
    shown = "SELECT current_setting('application_name'), current_setting('statement_timeout'), current_setting('{}')"

    assert history.rows(shown.format("default_transaction_isolation"), {}) == [
        ("whole", "4321ms", "read committed")
    ]
    history.close()
