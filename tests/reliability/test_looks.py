"""Looks on the real database: a process that is killed, two at once, and a database that is away. What is lost is known to be lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from domain.looks import LooksNoted
from history.patience import Unavailable
from history.store import History
from projections.readers import Process, processes_of
from tests.history.cutting import Cutting
from tests.reliability.looker import KEY, a_look
from tests.support.walk import MONDAY, at
from workflows.casework import Casework
from workflows.noting_looks import WRITE_EVERY, Noting

PATIENCE = 30.0


class Looker:
    """Another process that notes looks."""

    def __init__(self, dsn: str, name: str) -> None:
        self.noted = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.looker", dsn, name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def look(self, times: int) -> None:
        """So many looks are shown to somebody."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for _ in range(times):
            self._process.stdin.write("look\n")
            self._process.stdin.flush()
            self.noted = int(self._process.stdout.readline())

    def end(self) -> None:
        """It stops in order."""
        self._process.communicate(timeout=PATIENCE)

    def kill(self) -> None:
        """It is gone, at whatever step it is."""
        self._process.kill()
        self._process.communicate(timeout=PATIENCE)


@contextmanager
def lookers(dsn: str, *names: str) -> Iterator[list[Looker]]:
    found = [Looker(dsn, name) for name in names]
    try:
        yield found
    finally:
        for one in found:
            one.kill()


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """The history, as who asks about looks has it."""
    history = History(database_url, master_key=KEY, pool_size=2)
    yield history
    history.close()


def batches(history: History) -> list[LooksNoted]:
    """All that is on record."""
    return [s.event for s in history.page(0, 50_000, ["looks.noted"]) if isinstance(s.event, LooksNoted)]


def people(history: History, name: str) -> list[str]:
    """Whose looks of one process are on record, in their order."""
    return [look.person_id for b in batches(history) for look in b.looks if look.person_id.startswith(name)]


def processes(history: History) -> dict[str, Process]:
    """What is said of each process, by the name of the person who looked there."""
    found = {one.process: one for one in processes_of(history)}
    return {b.looks[0].person_id.split("-")[0]: found[b.process] for b in batches(history) if b.looks}


def wait_for(history: History, name: str, looks: int) -> None:
    """Until so many looks of a process are on record."""
    until = time.monotonic() + PATIENCE
    while len(people(history, name)) < looks:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_killed_process_loses_what_it_had_not_written_and_nothing_else_and_it_shows(
    database_url: str, history: History
) -> None:
    with lookers(database_url, "killed") as [killed]:
        killed.look(3)
        wait_for(history, "killed", 3)
        killed.look(2)
        killed.kill()
    assert people(history, "killed") in (
        [f"killed-{n}" for n in (1, 2, 3, *more)] for more in ((), (4,), (4, 5))
    )
    said = processes(history)["killed"]
    assert (said.ended, said.missed, said.missing_batches) == (False, 0, ())


@pytest.mark.long
def test_killed_at_any_step_of_writing_each_look_is_there_once_up_to_some_point(
    database_url: str, history: History
) -> None:
    names = [f"round{n}" for n in range(3)]
    with lookers(database_url, *names) as found:
        for n, one in enumerate(found):
            one.look(30)
            # Its thread writes once a second: these end before, within and after that moment.
            time.sleep(WRITE_EVERY * n / 2)
            one.look(30)
            one.kill()
    for name in names:
        there = people(history, name)
        assert there == [f"{name}-{n}" for n in range(1, len(there) + 1)]
    assert not any(one.ended or one.missing_batches for one in processes(history).values())


def test_two_processes_at_once_are_told_apart_and_every_look_is_there_once(
    database_url: str, history: History
) -> None:
    with lookers(database_url, "one", "other") as [one, other]:
        for _ in range(10):
            one.look(15)
            other.look(10)
        one.end()
        other.end()
    assert people(history, "one") == [f"one-{n}" for n in range(1, 151)]
    assert people(history, "other") == [f"other-{n}" for n in range(1, 101)]
    said = processes(history)
    assert [(said[name].looks, said[name].ended) for name in ("one", "other")] == [(150, True), (100, True)]
    assert said["one"].process != said["other"].process


def test_while_the_database_is_away_nobody_who_reads_waits_and_what_found_no_room_is_told(
    database_url: str, history: History
) -> None:
    with Cutting(database_url) as line:
        here = History(line.dsn, master_key=KEY, pool_size=2, patience=0.5)
        noting = Noting(Casework(here, at(MONDAY)), most_waiting=200)
        noting.begin()
        line.die()
        began = time.process_time(), time.monotonic()
        for n in range(1, 151):
            noting.note(a_look("away", n))
        # Far less than one attempt to reach the database takes, which is what a reader who waited would have waited for.
        assert time.process_time() - began[0] < 0.25
        with pytest.raises(Unavailable):
            noting.write()
        line.revive()
        until = time.monotonic() + PATIENCE
        while len(people(history, "away")) < 100:
            assert time.monotonic() < until
            time.sleep(0.05)
        # The room is free again when the writing has ended, a moment after others can see what was written.
        noting.write()
        noting.note(a_look("away", 151))
        noting.close()
        here.close()
    # Each of these looks takes the room of two, for it names a child.
    assert people(history, "away") == [f"away-{n}" for n in (*range(1, 101), 151)]
    said = processes(history)["away"]
    assert (said.missed, said.looks, said.ended, said.missing_batches) == (50, 101, True, ())
    [told] = [batch for batch in batches(history) if batch.missed]
    after = [batch for batch in batches(history) if batch.batch == told.batch + 1]
    assert told.first + len(told.looks) + told.missed == after[0].first


def test_a_batch_that_was_written_while_the_line_broke_is_written_once(
    database_url: str, history: History
) -> None:
    with Cutting(database_url) as line:
        here = History(line.dsn, master_key=KEY, pool_size=2, patience=5.0)
        noting = Noting(Casework(here, at(MONDAY)))
        noting.note(a_look("line", 1))
        line.cut_before_the_next_answer()
        try:
            noting.write()
        except Unavailable:
            noting.write()
        noting.close()
        here.close()
        assert line.cuts == 1
    assert people(history, "line") == ["line-1"]
