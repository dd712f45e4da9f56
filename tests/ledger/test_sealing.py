"""Every event is sealed once, in its place, whoever dies meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from history.ledger.checkpoints import open_checkpoint
from history.ledger.sealer import Broken, Sealer
from history.ledger.sealing import Sealing
from history.ledger.stored import Checkpoint, Stored
from history.ledger.verifying import Verdict
from history.store import History
from tests.history.diary import numbered
from tests.ledger.conftest import SIGNER, TRUSTED
from tests.ledger.plain_tree import tree_hash

PATIENCE = 20.0
COLUMNS = {
    "ledger_tiles": "root",
    "ledger_checkpoints": "note",
    "ledger_index": "chain",
    "ledger_index_tops": "hash",
}


def checkpoints(history: History) -> list[Checkpoint]:
    """All there are."""
    return list(Stored(history).checkpoints(history.head()))


def add(history: History, *batches: int) -> None:
    """Save so many events, batch after batch."""
    for events in batches:
        history.save(numbered(*range(events)))


@contextmanager
def sealing(history: History, dsn: str, rhythm: float = 0.01) -> Iterator[Sealing]:
    """Somebody who seals."""
    stop, sealing = threading.Event(), Sealing(dsn, history, SIGNER, rhythm=rhythm)
    thread = threading.Thread(target=sealing.run, args=[stop])
    thread.start()
    try:
        yield sealing
    finally:
        stop.set()
        thread.join()


def wait_until(what: Callable[[], bool]) -> None:
    """Wait for something that happens soon."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_every_checkpoint_has_the_root_of_all_events_up_to_it(history: History, sealer: Sealer) -> None:
    for batch in (1, 2, 3, 249, 1, 1, 300, 256, 512, 5):
        add(history, batch)
        sealer.step()
    entries = [event.entry() for event in Stored(history).events(0, 2000)]

    assert [c.size for c in checkpoints(history)] == [1, 3, 6, 255, 256, 257, 557, 813, 1325, 1330]
    for checkpoint in checkpoints(history):
        head = open_checkpoint(checkpoint.note, TRUSTED)
        assert (head.size, head.root) == (checkpoint.size, tree_hash(entries[: checkpoint.size]))


def test_an_event_is_sealed_a_moment_after_it_was_written(history: History, database_url: str) -> None:
    with sealing(history, database_url, rhythm=1.0) as one:
        wait_until(one.leads.is_set)
        add(history, 1)
        wait_until(lambda: len(checkpoints(history)) == 1)
        # What comes together is sealed together, a second later at most.
        began = time.monotonic()
        add(history, *[1] * 20)
        wait_until(lambda: checkpoints(history)[-1].size == 21)
        assert time.monotonic() - began < 3
    assert len(checkpoints(history)) <= 4


def test_a_sealer_goes_on_where_the_last_one_ended(
    history: History, database: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    for batch in (3, 250, 3, 700, 1, 1):
        add(history, batch)
        # A new one each time, as after a restart.
        Sealer(database, history, SIGNER).step()
        assert Sealer(database, history, SIGNER).step() == 0
    assert verdict().intact
    assert verdict().sealed == 958


@pytest.mark.parametrize("where", ["ledger_tiles", "ledger_checkpoints", "ledger_index", "ledger_index_tops"])
def test_one_that_is_killed_between_tile_and_checkpoint_leaves_nothing_half_done(
    history: History,
    database: psycopg.Connection,
    database_url: str,
    verdict: Callable[[], Verdict],
    where: str,
) -> None:
    add(history, 300)
    with psycopg.connect(database_url, autocommit=True) as doomed:
        sealer = Sealer(doomed, history, SIGNER)
        # The server ends its session right after this table was written.
        database.execute(
            "CREATE FUNCTION kill() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        database.execute(
            f"CREATE TRIGGER kill AFTER INSERT ON history.{where} EXECUTE FUNCTION kill()".encode()
        )
        with pytest.raises(psycopg.OperationalError):
            sealer.step()
    database.execute(f"DROP TRIGGER kill ON history.{where}".encode())
    assert Stored(history).newest() is None
    assert Stored(history).tile(0, 0) is None

    Sealer(database, history, SIGNER).step()
    assert (verdict().intact, verdict().sealed) == (True, 300)


def test_of_two_one_seals_and_the_other_takes_over(
    history: History, database: psycopg.Connection, database_url: str, verdict: Callable[[], Verdict]
) -> None:
    with sealing(history, database_url) as one, sealing(history, database_url) as other:
        for _ in range(3):
            wait_until(lambda: one.leads.is_set() or other.leads.is_set())
            add(history, *[5] * 20)
            wait_until(lambda: verdict().sealed == history.head())
            assert not (one.leads.is_set() and other.leads.is_set())
            ended = database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND (classid::bigint << 32 | objid::bigint) = 4703268521017386340"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            ).fetchall()
            assert ended == [(True,)]
            add(history, *[5] * 20)
            wait_until(lambda: verdict().sealed == history.head())
    assert verdict().intact


def test_two_who_both_believe_they_lead_make_no_fork(
    history: History, database: psycopg.Connection, sealer: Sealer, verdict: Callable[[], Verdict]
) -> None:
    add(history, 3)
    late = Sealer(database, history, SIGNER)
    sealer.step()
    add(history, 2)

    with pytest.raises(psycopg.errors.UniqueViolation):
        late.step()
    sealer.step()
    stale = Sealer(database, history, SIGNER)
    add(history, 2)
    stale.step()
    with pytest.raises(psycopg.errors.UniqueViolation):
        sealer.step()
    assert [c.size for c in checkpoints(history)] == [3, 5, 7]
    assert verdict().intact


def test_a_checkpoint_never_goes_back(history: History, database: psycopg.Connection, sealer: Sealer) -> None:
    for _ in range(3):
        add(history, 2)
        sealer.step()
    insert = "INSERT INTO history.ledger_checkpoints (size, extends, tail, note) VALUES (%s, %s, '', '')"
    for size, extends in ((3, None), (3, 2), (5, 6), (6, 4), (7, 4), (8, 7), (9, 9)):
        with pytest.raises(psycopg.IntegrityError):
            database.execute(insert, (size, extends))
    assert [(c.size, c.extends) for c in checkpoints(history)] == [(2, None), (4, 2), (6, 4)]


@pytest.mark.parametrize("table", list(COLUMNS))
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_nobody_changes_the_ledger(database: psycopg.Connection, table: str, role: str) -> None:
    database.execute("SELECT set_config('session_replication_role', %s, false)", (role,))
    for change in ("UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        statement = change.format(f"history.{table}", COLUMNS[table], COLUMNS[table])
        with pytest.raises(psycopg.errors.RaiseException, match="the history is permanent"):
            database.execute(statement.encode())


def test_nothing_is_sealed_before_it_is_on_disk(
    history: History, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    settle, sign = history.settle, SIGNER.sign

    def settled() -> None:
        order.append("settle")
        settle()

    def signed(text: str) -> str:
        order.append("sign")
        return sign(text)

    monkeypatch.setattr(history, "settle", settled)
    monkeypatch.setattr(SIGNER, "sign", signed)
    add(history, 1)
    sealer.step()
    assert order == ["settle", "sign"]


def test_nothing_is_signed_on_top_of_what_does_not_fit(
    history: History, sealed: Callable[[int], None], tampering: psycopg.Connection
) -> None:
    sealed(10)
    tampering.execute("UPDATE history.ledger_checkpoints SET tail = overlay(tail placing 'x' from 5)")
    with pytest.raises(Broken, match="not have the root that was signed"):
        Sealer(tampering, history, SIGNER)


def test_a_gap_is_not_sealed_over(history: History, sealer: Sealer, tampering: psycopg.Connection) -> None:
    add(history, 5)
    tampering.execute("DELETE FROM history.events WHERE notification_id = 3")
    with pytest.raises(Broken, match="position 4 stands where 3 belongs"):
        sealer.step()
    assert Stored(history).newest() is None


def test_appends_wait_for_no_sealer(history: History, database: psycopg.Connection, sealer: Sealer) -> None:
    add(history, 1)
    with database.transaction():
        sealer.step()
        # Its transaction is open still.
        add(history, 1)
    assert (history.head(), sealer.size) == (2, 1)
