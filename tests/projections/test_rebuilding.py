"""Read models are made anew beside those in use, which answer all the while; and one can prove that they are right."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from domain.people import Scope
from history.store import History
from projections.asking import BeingRebuilt
from projections.comparing import Difference, differences
from projections.following import Following
from projections.reading import ReadModels
from projections.rebuilding import AlreadyRebuilding, rebuild
from projections.scratch import scratch
from projections.setup import set_up
from projections.tables import TABLES, NoSuchReadModel, named, with_lenders, with_those_that_lean
from tests.projections.conftest import PATIENCE, followed
from tests.projections.filling import Filling

EVERYTHING = Scope(everything=True)


def fill(filling: Filling, number: int) -> None:
    """Placements, each of a child of its own."""
    authority = filling.organisation("North")
    for n in range(number):
        filling.placement(filling.child("Ann", f"Number {n}", authority), authority)


@pytest.mark.parametrize("names", [[], ["caseload"], ["children"], ["children", "grants"], ["grants"]])
def test_a_rebuild_gives_what_was_there(
    filling: Filling,
    caught_up: Callable[[], None],
    dsn: str,
    history: History,
    read_models: ReadModels,
    names: list[str],
) -> None:
    fill(filling, 30)
    caught_up()
    heard: list[tuple[int, int]] = []

    rebuilt = rebuild(history, dsn, names, lambda done, of: heard.append((done, of)))

    # The caseload is rebuilt together with the children, whose names it borrows; and with a table those that lean on it.
    assert set(rebuilt.names) == {table.name for table in with_lenders(with_those_that_lean(named(names)))}
    assert (rebuilt.position, rebuilt.parked) == (history.head(), 0)
    assert heard[-1] == (history.head(), history.head())
    assert differences(history, dsn) == []
    assert sum(read_models.caseload.counts(EVERYTHING).values()) == 30


@pytest.mark.parametrize("names", [[], ["caseload"], ["children"]])
def test_a_rebuild_goes_on_while_the_world_does(
    filling: Filling, dsn: str, history: History, read_models: ReadModels, names: list[str]
) -> None:
    fill(filling, 20)
    stop, least = threading.Event(), []

    def look() -> None:
        while not stop.is_set():
            least.append(sum(read_models.caseload.counts(EVERYTHING).values()))

    def write() -> None:
        authority, n = filling.organisation("South"), 0
        while not stop.is_set():
            child = filling.child("Bea", f"Number {n}", authority)
            filling.placement(child, authority)
            filling.rename(child, "Bea", f"Renamed {n}")
            n += 1

    with followed(dsn, history, page=5):
        assert read_models.wait_for(history.head(), PATIENCE)
        threads = [threading.Thread(target=look), threading.Thread(target=write)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(3):
                rebuild(history, dsn, names)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert read_models.wait_for(history.head(), PATIENCE)
        assert differences(history, dsn) == []
    assert least == sorted(least)
    assert least[0] >= 20


def test_a_rebuild_that_is_broken_off_changes_nothing(
    filling: Filling, caught_up: Callable[[], None], dsn: str, history: History, database: psycopg.Connection
) -> None:
    fill(filling, 3)
    caught_up()

    def break_off(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        rebuild(history, dsn, progress=break_off)
    assert differences(history, dsn) == []
    assert database.execute(
        "SELECT count(*) FROM pg_namespace WHERE nspname = 'read_models_next'"
    ).fetchone() == (0,)


def test_only_one_rebuilds_at_a_time(dsn: str, history: History) -> None:
    with scratch(dsn, history, TABLES, "read_models_next"), pytest.raises(AlreadyRebuilding):
        rebuild(history, dsn)


def test_what_is_not_what_the_history_says_is_named_without_its_words(
    filling: Filling, caught_up: Callable[[], None], dsn: str, history: History, database: psycopg.Connection
) -> None:
    fill(filling, 3)
    caught_up()
    (wrong,), (gone,), _ = database.execute("SELECT child_id FROM children ORDER BY name_key").fetchall()
    database.execute("UPDATE children SET given_names = 'Changed', sex = 'F' WHERE child_id = %s", [wrong])
    database.execute("DELETE FROM children WHERE child_id = %s", [gone])
    invented = uuid4()
    database.execute("INSERT INTO grants VALUES (%s, 'p', 'auditor', 1, 1, false, 'P')", [invented])

    assert set(differences(history, dsn)) == {
        Difference("children", (str(wrong),), "different", ("given_names", "sex")),
        Difference("children", (str(gone),), "missing"),
        Difference("grants", (str(invented), "p", "auditor"), "too_many"),
    }
    assert differences(history, dsn, ["caseload"]) == []
    rebuild(history, dsn)
    assert differences(history, dsn) == []


def test_an_unknown_name_is_refused(dsn: str, history: History) -> None:
    with pytest.raises(NoSuchReadModel, match="no read model caselode"):
        rebuild(history, dsn, ["caselode"])


def test_a_new_shape_is_rebuilt_by_the_worker_and_the_old_one_answers_until_then(
    filling: Filling, caught_up: Callable[[], None], dsn: str, history: History, read_models: ReadModels
) -> None:
    fill(filling, 5)
    caught_up()
    changed = tuple(
        replace(
            table,
            create=table.create.replace("recorded_at timestamptz NOT NULL,", "recorded_at timestamptz,"),
        )
        if table.name == "caseload"
        else table
        for table in TABLES
    )
    assert set_up(dsn, changed) == ["caseload"]
    assert read_models.condition().to_rebuild == ("caseload",)
    assert sum(read_models.caseload.counts(EVERYTHING).values()) == 5

    filling.placement(filling.child("Ann", "Last"), uuid4())
    stop = threading.Event()
    thread = threading.Thread(target=Following(dsn, history, changed).run, args=[stop])
    thread.start()
    try:
        deadline = time.monotonic() + PATIENCE
        while read_models.condition().to_rebuild and time.monotonic() < deadline:
            time.sleep(0.02)
        assert read_models.wait_for(history.head(), PATIENCE)
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert sum(read_models.caseload.counts(EVERYTHING).values()) == 6
    assert differences(history, dsn, tables=changed) == []
    assert set_up(dsn, changed) == []


def test_an_older_version_leaves_alone_what_a_newer_one_wants_otherwise(
    filling: Filling, caught_up: Callable[[], None], dsn: str, history: History, read_models: ReadModels
) -> None:
    caught_up()
    newer = tuple(replace(table, edition=table.edition + 1) for table in TABLES)
    fill(filling, 1)
    with followed(dsn, history):
        assert read_models.wait_for(history.head(), PATIENCE)
    assert len(set_up(dsn, newer)) == len(TABLES)

    fill(filling, 1)
    with followed(dsn, history) as following:
        assert following.leads.wait(PATIENCE)
        assert read_models.condition().to_rebuild == tuple(sorted(table.name for table in TABLES))
    assert read_models.position("caseload") == 0


def test_a_table_that_is_not_there_yet_is_being_rebuilt(
    read_models: ReadModels, database: psycopg.Connection
) -> None:
    database.execute("DROP TABLE caseload")

    with pytest.raises(BeingRebuilt):
        read_models.caseload.counts(EVERYTHING)


def test_setting_up_twice_changes_nothing(dsn: str, database: psycopg.Connection) -> None:
    before = database.execute("SELECT * FROM positions ORDER BY name").fetchall()

    assert set_up(dsn) == []
    assert database.execute("SELECT * FROM positions ORDER BY name").fetchall() == before


def test_a_read_model_that_is_no_more_is_dropped(dsn: str, database: psycopg.Connection) -> None:
    for name in ("grants", "children"):
        database.execute(
            "INSERT INTO parked (name, record_id, position, error) VALUES (%s, %s, 1, 'Unreadable')",
            (name, uuid4()),
        )
    set_up(dsn, named(["caseload", "children"]))

    assert database.execute("SELECT to_regclass('read_models.grants')").fetchone() == (None,)
    assert database.execute("SELECT count(*) FROM positions").fetchone() == (2,)
    # What nobody will ever take in again is no reason for an alert.
    assert database.execute("SELECT name FROM parked").fetchall() == [("children",)]
