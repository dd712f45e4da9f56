"""Saves of the same moment are written together, and each has the outcome that it would have had alone."""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from domain.reasons import ChangedMeanwhile
from history.appending import Append
from history.patience import Unavailable
from history.receipts import AlreadyDone, KeyReused, Receipt
from history.store import History, Saved
from history.together import Asked, Together
from history.writing import Writing
from tests.history.conftest import MASTER_KEY
from tests.history.cutting import Cutting
from tests.history.diary import Diary, more, new_diary, numbered
from tests.history.queueing import TURN, queue, until, waiting


def receipt(key: str, sha: bytes = bytes(32)) -> Receipt:
    return Receipt("officer", key, "write", sha)


def test_all_who_wait_are_written_in_one_transaction_in_the_order_in_which_they_came(
    history: History, database: psycopg.Connection
) -> None:
    database.execute("LISTEN history_events")
    with queue(history, database) as asked:
        saves = [asked.save(numbered(*range(n)), receipt=receipt(f"k-{n}")) for n in (1, 2, 3)]
        saves.append(asked.save(numbered(1)))
        saves.append(asked.ask(lambda: history.save(receipt=receipt("nothing changed"))))

    assert [save.result() for save in saves] == [
        Saved(1, 1),
        Saved(3, 2),
        Saved(6, 4),
        Saved(7, 7),
        Saved(7, 8),
    ]
    found = [history.receipt("officer", key) for key in ("k-2", "k-3", "nothing changed")]
    assert [r.position for r in found if r] == [3, 6, 7]
    assert [notice.payload for notice in database.notifies(timeout=0.2)] == ["1", "7"]


def test_the_next_are_written_while_those_before_wait_for_the_disk() -> None:
    order, on_disk = [], threading.Event()

    def write(asked: Sequence[Asked], in_order: Callable[[], None]) -> None:
        order.append(len(asked))
        in_order()
        assert on_disk.wait(5)

    together = Together(write)
    threads = [threading.Thread(target=together, args=[Asked(Append([]), 5)]) for _ in range(3)]
    for nth, thread in enumerate(threads, 1):
        thread.start()
        until(lambda nth=nth: len(order) == nth)  # type: ignore[misc]
    on_disk.set()
    for thread in threads:
        thread.join()
    assert order == [1, 1, 1]


def test_the_database_says_when_others_may_follow_and_nobody_is_told_yet_that_it_is_stored(
    history: History, database: psycopg.Connection
) -> None:
    one, seen = Asked(Append([StoredEvent(uuid4(), 1, "test.happened", b"{}")]), 5), []

    def in_order() -> None:
        seen.append((history.head(), waiting(database), one.outcome))

    Writing(history.datastore)([one], in_order)
    assert seen == [(1, 0, None)]
    assert one.outcome == range(1, 2)


def test_what_is_in_the_way_of_one_is_not_in_the_way_of_its_neighbours(
    history: History, database: psycopg.Connection
) -> None:
    history.save(old := new_diary("one"), receipt=receipt("used"))
    stale = more(history.get(Diary, old.id), "stale")
    history.save(more(history.get(Diary, old.id), "two"))
    history.save(sealed := new_diary("its key is about to go"))
    lost = more(history.get(Diary, sealed.id), "sealed again")

    with queue(history, database) as asked:
        good = [asked.save(numbered(1)), asked.save(numbered(2))]
        conflict = asked.save(stale)
        good += [asked.save(numbered(3))]
        read = asked.save(numbered(4), read={old.id: 1})
        repeated = asked.save(numbered(5), receipt=receipt("used"))
        reused = asked.save(numbered(6), receipt=receipt("used", bytes(31) + b"1"))
        good += [asked.save(lost)]
        database.execute("DELETE FROM history.keys WHERE subject = %s", (sealed.id,))
        good += [asked.save(numbered(7, 8), read={old.id: 2, uuid4(): 0})]

    for refused, version in ((conflict, 2), (read, 2)):
        with pytest.raises(ChangedMeanwhile) as changed:
            refused.result()
        assert changed.value.version == version
    with pytest.raises(AlreadyDone):
        repeated.result()
    with pytest.raises(KeyReused):
        reused.result()
    positions = sorted(saved.position for save in good if isinstance(saved := save.result(), Saved))
    assert positions == [4, 5, 6, 8, 9] or positions == [4, 5, 6, 7, 9]
    assert history.head() == 9
    assert history.get(Diary, sealed.id).words[1:] == ["sealed again"]


def test_what_nobody_could_foresee_fails_alone(history: History, database: psycopg.Connection) -> None:
    impossible = Append([StoredEvent(uuid4(), -1, "test.happened", b"{}")])
    with queue(history, database) as asked:
        before = asked.save(numbered(1))
        neighbour = asked.save(numbered(2))
        failing = asked.ask(lambda: history._records.recorder.append(impossible))
        after = asked.save(numbered(3))

    with pytest.raises(IntegrityError, match="check constraint"):
        failing.result()
    assert [save.result() for save in (before, neighbour, after)] == [Saved(1, 1), Saved(2, 2), Saved(3, 3)]


def test_of_two_who_wait_and_each_rest_on_the_others_record_one_stands(
    history: History, database: psycopg.Connection
) -> None:
    history.save(a := numbered(1), b := numbered(1))
    mine, theirs = history.get(Diary, a.id), history.get(Diary, b.id)
    with queue(history, database) as asked:
        asked.save(numbered(1))
        first = asked.save(more(mine, ""), read={b.id: 1})
        second = asked.save(more(theirs, ""), read={a.id: 1})

    assert first.result() == Saved(4, 4)
    with pytest.raises(ChangedMeanwhile):
        second.result()
    assert history.head() == 4


def test_who_waits_sees_what_is_written_by_those_before_him(
    history: History, database: psycopg.Connection
) -> None:
    history.save(diary := numbered(1))
    copies = [more(history.get(Diary, diary.id), "") for _ in range(2)]
    with queue(history, database) as asked:
        asked.save(numbered(1))
        won, lost = (asked.save(copy) for copy in copies)
        done, again = (asked.save(numbered(1), receipt=receipt("same")) for _ in range(2))
        resting = asked.save(numbered(1), read={diary.id: 2})

    assert isinstance(won.result(), Saved)
    with pytest.raises(ChangedMeanwhile):
        lost.result()
    assert isinstance(done.result(), Saved)
    with pytest.raises(AlreadyDone):
        again.result()
    assert isinstance(resting.result(), Saved)
    assert history.head() == 5


def test_saves_whose_common_answer_was_lost_are_each_known_to_be_ours(
    dsn: str, line: Cutting, database: psycopg.Connection
) -> None:
    far = History(line.dsn, master_key=MASTER_KEY, pool_size=4)
    far.save(old := numbered(1))
    with psycopg.connect(dsn, autocommit=True) as behind, queue(far, database) as asked:
        first = asked.save(numbered(1))
        saves = [asked.save(numbered(1, 2)), asked.save(numbered(3), read={old.id: 1})]
        # Comes to its turn after the first, so that the others wait again, now in the database.
        turn = threading.Thread(target=behind.execute, args=("SELECT pg_advisory_lock(%s)", (TURN,)))
        turn.start()
        until(lambda: waiting(database) == 2)
        database.execute("SELECT pg_advisory_unlock(%s)", (TURN,))
        turn.join()
        first.result()
        until(lambda: waiting(database) == 1)
        line.cut_before_the_next_answer()
        behind.execute("SELECT pg_advisory_unlock(%s)", (TURN,))

    assert line.cuts == 1
    assert [save.result() for save in saves] == [Saved(4, 3), Saved(5, 5)]
    assert far.head() == 5
    far.close()


class Interrupted(KeyboardInterrupt):
    """Somebody pressed a key."""


@pytest.mark.parametrize("first", [True, False])
def test_nobody_waits_for_a_thread_that_was_interrupted(
    history: History, database: psycopg.Connection, first: bool
) -> None:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGUSR1, interrupt)
    together = history._records.recorder._together
    main = threading.get_ident()
    try:
        with queue(history, database) as asked:
            others = [] if first else [asked.save(numbered(1))]

            def press() -> None:
                until(lambda: len(together._waiting) + waiting(database) == len(others) + 1)
                if first:
                    others.append(asked.threads.submit(history.save, numbered(2)))
                    until(lambda: len(together._waiting) == 1)
                signal.pthread_kill(main, signal.SIGUSR1)

            threading.Thread(target=press).start()
            with pytest.raises(Interrupted):
                history.save(numbered(3))
    finally:
        signal.signal(signal.SIGUSR1, before)

    assert [save.result() for save in others] == [Saved(1, 1)]
    assert history.head() == 1
    assert history.save(numbered(4)) == Saved(2, 2)


def test_who_waits_too_long_for_his_turn_is_told_so_and_nothing_is_stored(
    dsn: str, database: psycopg.Connection
) -> None:
    impatient = History(dsn, master_key=MASTER_KEY, patience=0.3)
    with queue(impatient, database) as asked:
        first, late = asked.save(numbered(1)), asked.save(numbered(2))
        time.sleep(0.4)

    assert first.result() == Saved(1, 1)
    with pytest.raises(Unavailable):
        late.result()
    assert impatient.head() == 1
    impatient.close()
