"""Events have one order without gaps, and become visible in it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from domain.reasons import ChangedMeanwhile
from history.store import History
from tests.history.diary import Diary, more, new_diary, numbered

WRITERS = 8
SAVES = 150
EVENTS = 3


def test_a_reader_at_the_end_misses_nothing_and_sees_everything_in_order(
    history: History, elsewhere: History
) -> None:
    """Two processes write; the reader looks as often as it can, at the place where a gap would show."""
    total = WRITERS * SAVES * EVENTS
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while len(seen) < total and not (done.is_set() and seen and seen[-1] == history.head()):
            seen.extend(stored.position for stored in history.page(seen[-1] if seen else 0, 100))

    def write(writer: int) -> None:
        store = history if writer % 2 else elsewhere
        for n in range(SAVES):
            saved = store.save(numbered(*range(n, n + EVENTS)))
            assert saved.position - saved.first == EVENTS - 1

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    done.set()
    reader.join()

    assert seen == list(range(1, total + 1))


def test_the_events_of_one_save_stand_together(history: History) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: history.save(numbered(*range(5))), range(20)))

    page = history.page(0, 1000)
    for at in range(0, 100, 5):
        assert len({stored.event.originator_id for stored in page[at : at + 5]}) == 1
        assert [stored.event.originator_version for stored in page[at : at + 5]] == [1, 2, 3, 4, 5]


def test_a_refused_save_leaves_no_gap(history: History, database: psycopg.Connection) -> None:
    history.save(diary := new_diary("one"))
    for _ in range(3):
        stale = new_diary("again", id=diary.id)
        with pytest.raises(ChangedMeanwhile):
            history.save(new_diary("new"), stale)
        with pytest.raises(ChangedMeanwhile):
            history.save(new_diary("new"), read={diary.id: 9})

    assert history.save(more(history.get(Diary, diary.id), "two")).first == 2


def test_a_writer_that_is_cut_off_leaves_no_gap(history: History, database: psycopg.Connection) -> None:
    history.save(new_diary("one"))
    with psycopg.connect(database.info.dsn, autocommit=True) as lock:
        # Whoever appends now waits for its turn, and is cut off while it waits.
        lock.execute("SELECT pg_advisory_lock(4703268521017386318)")
        writer = threading.Thread(target=history.save, args=(new_diary("cut off, and then saved"),))
        writer.start()
        waiting = (
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()"
        )
        while not (found := database.execute(waiting).fetchone()):
            pass
        database.execute("SELECT pg_terminate_backend(%s)", found)
    writer.join()
    history.save(new_diary("three"))

    assert [stored.position for stored in history.page(0, 10)] == [1, 2, 3]
