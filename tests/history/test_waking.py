"""Who waits for news hears of it at once, and in the end always."""

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from history.store import History
from history.waking import Waking
from tests.history.diary import numbered


@pytest.fixture
def waking(dsn: str) -> Iterator[Waking]:
    waking = Waking(dsn)
    yield waking
    waking.close()


def test_a_waiter_is_woken_by_a_save(history: History, waking: Waking) -> None:
    history.save(numbered(1))
    assert waking.wait_beyond(0, timeout=5)
    woken: list[float] = []
    waiters = [
        threading.Thread(target=lambda: woken.append(time.monotonic() if waking.wait_beyond(1, 5) else 0))
        for _ in range(5)
    ]
    for waiter in waiters:
        waiter.start()
    saved_at = time.monotonic()
    history.save(numbered(2, 3))
    for waiter in waiters:
        waiter.join()

    assert all(0 < at - saved_at < 0.5 for at in woken)
    assert waking.position == 3


def test_a_waiter_gives_up_when_its_time_is_over(waking: Waking) -> None:
    assert not waking.wait_beyond(0, timeout=0.05)


def test_what_is_there_already_needs_no_waiting(history: History, dsn: str) -> None:
    history.save(numbered(1, 2))
    waking = Waking(dsn)

    assert waking.wait_beyond(1, timeout=5)
    waking.close()


def test_it_listens_again_when_its_connection_was_cut(
    history: History, database: psycopg.Connection, waking: Waking
) -> None:
    history.save(numbered(1))
    assert waking.wait_beyond(0, timeout=5)
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE 'SELECT coalesce%'"
    )
    history.save(numbered(2))

    assert waking.wait_beyond(1, timeout=5)
    history.save(numbered(3))
    assert waking.wait_beyond(2, timeout=5)


def test_a_lost_notice_is_made_up_for(history: History, database: psycopg.Connection, waking: Waking) -> None:
    """Such as after a restore, or when events were copied in."""
    history.save(numbered(1))
    assert waking.wait_beyond(0, timeout=5)
    database.execute(
        "INSERT INTO history.events SELECT gen_random_uuid(), 1, topic, state, 2 FROM history.events"
    )

    assert waking.wait_beyond(1, timeout=3)


def test_closing_lets_everybody_go(dsn: str) -> None:
    waking = Waking(dsn)
    answers: list[bool] = []
    waiter = threading.Thread(target=lambda: answers.append(waking.wait_beyond(0, timeout=60)))
    waiter.start()
    began = time.monotonic()
    waking.close()
    waiter.join()

    assert answers == [False]
    assert time.monotonic() - began < 2


def test_who_begins_to_wait_late_hears_of_what_was_written_while_nobody_waited(
    history: History, waking: Waking
) -> None:
    history.save(numbered(1))
    assert waking.wait_beyond(0, timeout=5)
    for number in range(20):
        history.save(numbered(number))
    began = time.monotonic()

    assert waking.wait_beyond(20, timeout=5)
    assert time.monotonic() - began < 0.5
