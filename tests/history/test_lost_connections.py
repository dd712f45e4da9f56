"""The history outlives its connections."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from history.patience import Unavailable
from history.store import History
from tests.history.conftest import MASTER_KEY
from tests.history.cutting import Cutting
from tests.history.diary import Diary, more, new_diary

OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def test_the_next_question_is_answered_after_all_connections_were_lost(
    history: History, database: psycopg.Connection
) -> None:
    history.save(diary := new_diary("one"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: history.head(), range(50)))
    database.execute(OTHERS)

    assert history.get(Diary, diary.id).words == ["one"]
    database.execute(OTHERS)
    assert history.save(new_diary("two")).position == 2


def test_what_is_saved_while_connections_are_cut_is_saved_once(
    dsn: str, database: psycopg.Connection
) -> None:
    history = History(dsn, master_key=MASTER_KEY, pool_size=6)
    stop = threading.Event()

    def write(_: int) -> tuple[Diary, int]:
        history.save(diary := new_diary(""))
        saves = 1
        while not stop.is_set():
            history.save(more(history.get(Diary, diary.id), ""))
            saves += 1
        return diary, saves

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, n) for n in range(4)]
        for _ in range(20):
            time.sleep(0.05)
            database.execute(OTHERS)
        stop.set()
        outcomes = [writer.result() for writer in writers]

    assert [history.get(Diary, diary.id).version for diary, _ in outcomes] == [saves for _, saves in outcomes]
    assert history.head() == sum(saves for _, saves in outcomes)
    history.close()


def test_nobody_waits_for_a_history_that_was_closed(dsn: str) -> None:
    history = History(dsn, master_key=MASTER_KEY)
    history.close()
    began = time.monotonic()

    with pytest.raises(Unavailable):
        history.head()
    assert time.monotonic() - began < 1


def test_who_asks_while_the_database_is_away_is_told_so(far_history: History, line: Cutting) -> None:
    far_history.save(diary := new_diary("one"))
    line.die()

    with pytest.raises(Unavailable):
        far_history.get(Diary, diary.id)
    with pytest.raises(Unavailable):
        far_history.save(new_diary("two"))

    line.revive()
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline:
        try:
            assert far_history.get(Diary, diary.id).words == ["one"]
            break
        except Unavailable:
            continue
    else:
        pytest.fail("it did not come back")
