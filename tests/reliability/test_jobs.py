"""Whatever happens by itself is done by one worker at a time, begun again after a fault, and never given up in silence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from history import job as supervision
from history.job import GivenUp, Job
from projections.at_work import JobDone
from projections.reading import ReadModels
from service.plain_error import PlainError
from service.working.worker import GRACE, Worker
from tests.support.running_service import wait_until

CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND (classid::bigint << 32 | objid::bigint) = 77
"""


class Watch(Job):
    """A job that does nothing but be there, and what a test wants it to do."""

    name = "watch"
    words = "keeps watch"
    lock = 77

    def __init__(self, dsn: str, does: Callable[[Watch, threading.Event], object] | None = None) -> None:
        super().__init__(dsn)
        self.began = 0
        self._does = does

    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        self.began += 1
        while not stop.is_set():
            self.well()
            if self._does is not None:
                self._does(self, stop)
            stop.wait(0.02)


class Another(Watch):
    """A job beside it."""

    name = "another"
    lock = 78


class Impatient(Watch):
    """One of which half a second of silence is too much."""

    patience = 0.5


def fail(job: Watch, stop: threading.Event) -> None:
    """What a defect does."""
    raise KeyError("the name of a child")


@contextmanager
def working(*workers: Worker) -> Iterator[None]:
    """Workers, each in a thread of its own."""
    stop = threading.Event()
    threads = [threading.Thread(target=worker.run, args=[stop]) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def read_models(database_url: str) -> Iterator[ReadModels]:
    """What the API asks."""
    found = ReadModels(database_url, pool_size=1)
    yield found
    found.close()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    for name in ("SHORTEST_PAUSE", "LONGEST_PAUSE", "LONGEST_WAIT"):
        monkeypatch.setattr(supervision, name, 0.01)


def told(read_models: ReadModels, name: str = "watch") -> JobDone | None:
    """How a job stands, as whoever runs the service is told."""
    return next((job for job in read_models.jobs() if job.job == name), None)


def test_one_leads_and_who_stands_by_takes_over_within_seconds(
    database_url: str, read_models: ReadModels
) -> None:
    one, other = Watch(database_url), Watch(database_url)
    with working(Worker(database_url, [one]), Worker(database_url, [other])):
        assert wait_until(lambda: one.leads.is_set() or other.leads.is_set())
        assert wait_until(lambda: (job := told(read_models)) is not None and job.workers == 2)
        assert one.leads.is_set() != other.leads.is_set()
        for _ in range(3):
            leads = one if one.leads.is_set() else other
            began = time.monotonic()
            with psycopg.connect(database_url) as connection:
                connection.execute(CUT)
            assert wait_until(lambda who=leads: not who.leads.is_set(), 3)  # type: ignore[misc]
            assert wait_until(lambda: one.leads.is_set() or other.leads.is_set(), 3)
            assert time.monotonic() - began < 3
    assert told(read_models) is None, "who ends in peace leaves no row behind"


def test_a_job_that_fails_is_begun_again_and_told_with_the_kind_of_its_error(
    database_url: str, read_models: ReadModels, caplog: pytest.LogCaptureFixture
) -> None:
    job = Watch(database_url, fail)
    with working(Worker(database_url, [job])):
        assert wait_until(lambda: job.standing.in_a_row >= 4)
        assert wait_until(lambda: (found := told(read_models)) is not None and found.wellbeing == "failing")
        found = told(read_models)
        assert found is not None
        assert found.error == "KeyError"
    assert job.began >= 4
    assert "watch failed; it begins again" in caplog.text


def test_the_worker_ends_when_the_same_job_fails_too_often(database_url: str, soon: None) -> None:
    healthy = Another(database_url)
    job = Watch(database_url, fail)
    with pytest.raises(PlainError, match="watch failed 12 times one after the other, at last with KeyError"):
        Worker(database_url, [healthy, job]).run(threading.Event())
    assert job.began == supervision.TOO_OFTEN
    assert healthy.standing.state == "ended"


def test_faults_far_apart_are_not_one_after_the_other(
    database_url: str, soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "STEADY_AFTER", 0.05)
    stop = threading.Event()

    def fail_now_and_then(job: Watch, stop_too: threading.Event) -> None:
        if time.monotonic() - job.standing.since > 0.15:
            raise KeyError

    job = Watch(database_url, fail_now_and_then)
    thread = threading.Thread(target=job.run, args=[stop])
    thread.start()
    assert wait_until(lambda: job.began > supervision.TOO_OFTEN + 2, 20)
    stop.set()
    thread.join()
    assert job.standing.faults > supervision.TOO_OFTEN


def test_a_database_that_is_away_is_waited_for_and_is_no_fault(
    database_url: str, soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, stop = Watch(database_url), threading.Event()
    thread = threading.Thread(target=job.run, args=[stop])
    thread.start()
    assert wait_until(job.leads.is_set)
    dsn, job._dsn = job._dsn, "host=/nowhere dbname=none"
    with psycopg.connect(database_url) as connection:
        connection.execute(CUT)
    assert wait_until(lambda: job.standing.state == "waiting")
    time.sleep(0.3)
    assert (job.standing.faults, job.standing.error) == (0, "OperationalError")
    job._dsn = dsn
    assert wait_until(job.leads.is_set)
    stop.set()
    thread.join()


def test_one_that_hangs_is_told_and_keeps_neither_the_others_nor_the_end(
    database_url: str, read_models: ReadModels
) -> None:
    let_go = threading.Event()
    job = Impatient(database_url, lambda job, stop: let_go.wait(30))
    stop = threading.Event()
    worker = threading.Thread(target=Worker(database_url, [job]).run, args=[stop])
    worker.start()
    try:
        assert wait_until(lambda: (found := told(read_models)) is not None and found.wellbeing == "stuck")
        began = time.monotonic()
        stop.set()
        worker.join()
        assert time.monotonic() - began < GRACE + 1
    finally:
        let_go.set()
        assert wait_until(lambda: job.standing.state == "ended")


def test_a_person_is_told_what_it_does_and_who_leads(database_url: str) -> None:
    said: list[str] = []
    first, second = Watch(database_url), Watch(database_url)
    with working(Worker(database_url, [first])):
        assert wait_until(first.leads.is_set)
        with working(Worker(database_url, [second], said.append)):
            assert wait_until(lambda: len(said) > 2)
    assert said[1:3] == ["  watch: keeps watch", "watch: another worker does it; this one stands by"]
    assert said[-1] == "The worker has stopped."


def test_a_fault_is_never_swallowed(database_url: str, soon: None) -> None:
    with pytest.raises(GivenUp):
        Watch(database_url, fail).run(threading.Event())
