"""Once a night everything is checked, and what was found is on record, for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import psycopg
import pytest

from domain.upkeep import StoreChecked
from history.ledger.stored import Stored
from history.store import History
from projections.upkeep import checks, is_overdue
from service.nightly import Nightly, night_of
from tests.history.diary import numbered
from tests.soundness.conftest import SIGNER
from tests.support.postgres import as_owner
from tests.support.running_service import wait_until
from tests.support.sealing import seal

NIGHT = datetime(2026, 11, 24, 2, 31, tzinfo=UTC)
AT = time(2, 30)


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """A small history of its own, which a test may damage."""
    history = History(database_url, master_key=bytes(range(32)), pool_size=4)
    history.save(numbered(*range(20)))
    seal(database_url, history, SIGNER)
    yield history
    history.close()


@pytest.fixture
def tampering(database_url: str) -> Iterator[psycopg.Connection]:
    """Somebody with every right."""
    with psycopg.connect(as_owner(database_url), autocommit=True) as connection:
        for table in (
            "events",
            "register",
            "ledger_checkpoints",
            "ledger_tiles",
            "ledger_index",
            "ledger_index_tops",
        ):
            connection.execute(f"ALTER TABLE history.{table} DISABLE TRIGGER USER".encode())
        yield connection


def worker(dsn: str, history: History, now: datetime = NIGHT) -> Nightly:
    """A worker's part that checks at night."""
    return Nightly(dsn, history, [SIGNER.public], lambda: now, AT)


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 11, 24, 2, 29, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 2, 30, tzinfo=UTC), date(2026, 11, 24)),
        # In summer London is an hour ahead.
        (datetime(2026, 7, 1, 1, 29, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 7, 1, 1, 30, tzinfo=UTC), date(2026, 7, 1)),
        # The clocks go forward at one and back at two.
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_night_begins_at_its_time_in_london(now: datetime, night: date) -> None:
    assert night_of(now, AT) == night


def test_a_sound_night_is_on_record_with_how_far_everything_had_come(
    history: History, database_url: str
) -> None:
    found = worker(database_url, history).step()
    assert found is not None
    assert found.sound
    [told] = checks(history)
    assert (told.night, told.position, told.sealed, told.faults) == (date(2026, 11, 24), 20, 20, ())
    assert told.root == found.root
    assert told.decision.by.kind == "machine"
    assert {said.table for said in told.tables} == {"receipts", "ledger_checkpoints", "erasures", "witnessed"}
    assert not is_overdue(told, NIGHT + timedelta(hours=35))
    assert is_overdue(told, NIGHT + timedelta(hours=37))


def test_a_night_is_checked_once_however_many_workers_there_are(history: History, database_url: str) -> None:
    stop, jobs = threading.Event(), [worker(database_url, history) for _ in range(3)]
    workers = [threading.Thread(target=job.run, args=[stop]) for job in jobs]
    for job, one in zip(jobs, workers, strict=True):
        job.first_after = 0.0
        one.start()
    assert wait_until(lambda: len(checks(history)) > 0)
    assert sum(job.leads.is_set() for job in jobs) == 1
    stop.set()
    for one in workers:
        one.join()
    assert len(checks(history)) == 1
    assert worker(database_url, history).step() is None
    assert worker(database_url, history, NIGHT + timedelta(days=1)).step() is not None
    assert len(checks(history)) == 2


def test_what_is_wrong_is_on_record_by_table_and_place(
    history: History, database_url: str, tampering: psycopg.Connection
) -> None:
    tampering.execute("UPDATE history.events SET state = 'x' WHERE notification_id = 7")
    worker(database_url, history).step()
    [told] = checks(history)
    assert told.first_wrong == 7
    assert ("events", "unreadable") in {(fault.part, fault.what) for fault in told.faults}


def test_a_register_that_was_begun_anew_contradicts_the_night_before(
    history: History, database_url: str, tampering: psycopg.Connection
) -> None:
    """Who has every right and the key can make another register, but last night's is in the history."""
    worker(database_url, history).step()
    seal(database_url, history, SIGNER)
    newest = Stored(history).newest()
    assert newest
    tampering.execute("UPDATE history.ledger_checkpoints SET sealed_at = sealed_at - interval '1 year'")
    tampering.execute("TRUNCATE history.register")
    seal(database_url, history, SIGNER)

    found = worker(database_url, history, NIGHT + timedelta(days=1)).step()
    assert found is not None
    assert {
        (fault.part, fault.what.split(" are ")[-1]) for fault in found.faults if fault.part == "register"
    } == {("register", "not those that were promised")}
    assert isinstance(checks(history)[0], StoreChecked)
