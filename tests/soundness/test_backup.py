"""A drill: a backup is taken while the service runs, and the history comes back from it, whole and provable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from domain.child import Child
from domain.personal import ERASED
from history.ledger.stored import Stored
from history.store import History
from projections.rebuilding import rebuild
from service.backups import HISTORY, KEYS, back_up, restore
from service.plain_error import PlainError
from service.settings import Settings
from service.soundness.checking import Found, Promised, check
from service.wiring import prepare_database
from tests.demo.filled import MASTER_KEY, filled
from tests.soundness.conftest import SIGNER, erase
from tests.support.postgres import TestPostgres, as_owner
from tests.support.sealing import seal


@pytest.fixture(scope="module")
def backed_up(
    prepared_postgres: TestPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A service that went on after its backup: its DSN, and the backup."""
    folder = tmp_path_factory.mktemp("backups") / "monday"
    with filled(prepared_postgres) as dsn:
        history = History(dsn, master_key=MASTER_KEY, pool_size=2)
        seal(dsn, history, SIGNER)
        assert back_up(as_owner(dsn), folder) == history.head()
        erase(history, history.ids_of("child.registered")[0])
        seal(dsn, history, SIGNER)
        back_up(as_owner(dsn), folder.with_name("tuesday"))
        history.close()
        yield dsn, folder


@contextmanager
def brought_back(server: TestPostgres, history: Path, keys: Path | None) -> Iterator[tuple[str, History]]:
    """A fresh database with a backup in it."""
    with server.database("template1") as dsn:
        restore(as_owner(dsn), history, keys)
        prepare_database(Settings(database_url=dsn, owner_url=as_owner(dsn), private_database=True))
        restored = History(dsn, master_key=MASTER_KEY, pool_size=2)
        rebuild(restored, dsn)
        yield dsn, restored
        restored.close()


def found(dsn: str, history: History, *kept: str) -> Found:
    """What a check finds."""
    return check(history, dsn, [SIGNER.public], promised=Promised(kept))


def newest(dsn: str) -> str:
    """The newest checkpoint of a service, as a witness holds it."""
    history = History(dsn, master_key=MASTER_KEY, pool_size=1)
    checkpoint = Stored(history).newest()
    history.close()
    assert checkpoint
    return checkpoint.note


def test_what_comes_back_is_sound_and_its_ledger_goes_on(
    backed_up: tuple[str, Path], prepared_postgres: TestPostgres
) -> None:
    _, folder = backed_up
    with brought_back(prepared_postgres, folder / HISTORY, folder / KEYS) as (dsn, history):
        before = found(dsn, history)
        assert (before.faults, before.differences) == ([], [])
        assert before.sealed == before.events == history.head()
        erase(history, history.ids_of("child.registered")[1])
        seal(dsn, history, SIGNER)
        rebuild(history, dsn)
        after = found(dsn, history)
        assert (after.faults, after.differences, after.sealed) == ([], [], before.sealed + 1)


def test_that_the_newest_events_were_lost_is_noticed_by_what_a_witness_holds(
    backed_up: tuple[str, Path], prepared_postgres: TestPostgres
) -> None:
    service, folder = backed_up
    with brought_back(prepared_postgres, folder / HISTORY, folder / KEYS) as (dsn, history):
        lost = history.head() + 1
        assert found(dsn, history, newest(service)).first_wrong == lost
        # Also when it has gone on in its own way.
        erase(history, history.ids_of("child.registered")[1])
        seal(dsn, history, SIGNER)
        assert not found(dsn, history, newest(service)).sound


def test_an_old_file_of_keys_brings_no_erased_word_back(
    backed_up: tuple[str, Path], prepared_postgres: TestPostgres
) -> None:
    _, folder = backed_up
    tuesday = folder.with_name("tuesday")
    with brought_back(prepared_postgres, tuesday / HISTORY, folder / KEYS) as (dsn, history):
        again = found(dsn, history)
        assert (again.faults, again.differences) == ([], [])
        with psycopg.connect(as_owner(dsn)) as owner:
            [(erased,)] = owner.execute("SELECT keys[1] FROM history.erasures").fetchall()
        assert not history.keys.for_opening([erased])


def test_without_the_keys_nobody_is_named_and_everything_is_proved(
    backed_up: tuple[str, Path], prepared_postgres: TestPostgres
) -> None:
    _, folder = backed_up
    with brought_back(prepared_postgres, folder / HISTORY, None) as (dsn, history):
        child = history.get(Child, history.ids_of("child.registered")[3])
        assert child.given_names == ERASED
        without = found(dsn, history)
        assert {fault.part for fault in without.faults} == {"keys"}
        assert without.first_wrong is None


def test_nothing_is_restored_over_a_history(backed_up: tuple[str, Path]) -> None:
    service, folder = backed_up
    with pytest.raises(PlainError, match="has a history already"):
        restore(as_owner(service), folder / HISTORY, None)
    with pytest.raises(PlainError, match="name a new folder"):
        back_up(as_owner(service), folder)
