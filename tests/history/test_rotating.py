"""A new master key takes the place of the old one, while the service goes on working, and nothing is lost on the way."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import psycopg
import pytest

from history import rotating
from history.keys import WrongMasterKey
from history.master_keys import MasterKeys, name_of
from history.rotating import rotate, wrapped_by
from history.store import History
from tests.history.conftest import MASTER_KEY
from tests.history.diary import Diary, more, new_diary
from tests.support.postgres import as_owner

NEW_KEY = bytes(range(100, 132))
BOTH = MasterKeys(lambda: [NEW_KEY, MASTER_KEY])
ROTATES = """
import sys
from history import rotating
from history.master_keys import MasterKeys
rotating.AT_A_TIME = 1
both = MasterKeys(lambda: [bytes(range(100, 132)), bytes(range(32))])
rotating.rotate(sys.argv[1], both, lambda done: (print(done, flush=True), done < 5 or __import__("time").sleep(60)))
"""


def test_every_key_is_wrapped_anew_and_no_event_is_touched(
    history: History, dsn: str, database: psycopg.Connection
) -> None:
    diaries = [new_diary(f"words {n}") for n in range(5)]
    history.save(*diaries)
    events = database.execute("SELECT * FROM history.events ORDER BY notification_id").fetchall()

    assert rotate(as_owner(dsn), BOTH) == 5
    assert rotate(as_owner(dsn), BOTH) == 0

    assert wrapped_by(dsn) == {name_of(NEW_KEY): 5}
    assert database.execute("SELECT * FROM history.events ORDER BY notification_id").fetchall() == events
    new = History(dsn, master_key=NEW_KEY)
    assert [new.get(Diary, diary.id).words for diary in diaries] == [[f"words {n}"] for n in range(5)]
    new.close()
    with pytest.raises(WrongMasterKey):
        History(dsn, master_key=MASTER_KEY)


def test_a_process_that_runs_takes_up_the_new_key_when_it_meets_it(dsn: str) -> None:
    given = [MASTER_KEY]
    running = History(dsn, master_key=lambda: given)
    running.save(diary := new_diary("before"))
    given.insert(0, NEW_KEY)
    rotate(as_owner(dsn), MasterKeys(lambda: given))
    running.keys.let_go()

    assert running.get(Diary, diary.id).words == ["before"]
    running.save(more(running.get(Diary, diary.id), "after"), new_diary("other"))
    assert wrapped_by(dsn) == {name_of(NEW_KEY): 2}
    running.close()


def test_broken_off_by_a_kill_it_has_lost_nothing_and_goes_on(history: History, dsn: str) -> None:
    diaries = [new_diary(f"words {n}") for n in range(9)]
    history.save(*diaries)
    rotating_process = subprocess.Popen(
        [sys.executable, "-c", ROTATES, as_owner(dsn)], stdout=subprocess.PIPE, text=True
    )
    assert rotating_process.stdout is not None
    while rotating_process.stdout.readline() != "5\n":
        time.sleep(0)
    rotating_process.send_signal(signal.SIGKILL)
    rotating_process.communicate()

    assert wrapped_by(dsn) == {name_of(NEW_KEY): 5, name_of(MASTER_KEY): 4}
    both = History(dsn, master_key=lambda: [NEW_KEY, MASTER_KEY])
    assert [both.get(Diary, diary.id).words for diary in diaries] == [[f"words {n}"] for n in range(9)]
    both.close()
    assert rotate(as_owner(dsn), BOTH) == 4


def test_a_key_that_no_master_key_opens_stops_it_before_anything_is_written(
    history: History, dsn: str
) -> None:
    history.save(new_diary("one"))
    with pytest.raises(WrongMasterKey):
        rotate(as_owner(dsn), MasterKeys(lambda: [NEW_KEY]))
    assert wrapped_by(dsn) == {name_of(MASTER_KEY): 1}


def test_a_key_that_is_destroyed_meanwhile_stays_destroyed(
    history: History, dsn: str, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.save(new_diary("one"), new_diary("two"))
    unwrap = MasterKeys.unwrap

    def and_meanwhile(masters: MasterKeys, *row: object) -> bytes:
        database.execute("DELETE FROM history.keys WHERE id = (SELECT min(id) FROM history.keys)")
        monkeypatch.setattr(MasterKeys, "unwrap", unwrap)
        return unwrap(masters, *row)  # type: ignore[arg-type]

    monkeypatch.setattr(MasterKeys, "unwrap", and_meanwhile)
    assert rotate(as_owner(dsn), BOTH) == 1
    assert wrapped_by(dsn) == {name_of(NEW_KEY): 1}


def test_pages_are_small(history: History, dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotating, "AT_A_TIME", 2)
    history.save(*(new_diary(f"words {n}") for n in range(5)))
    told: list[int] = []
    rotate(as_owner(dsn), BOTH, told.append)
    assert told == [2, 4, 5]
