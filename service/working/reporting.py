"""Writes down every other second how the jobs of this worker stand, for whoever is asked: `/health`, the meters, a person."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import psycopg
import structlog
from psycopg.types.json import Jsonb

from history.job import Job

log = structlog.get_logger("service.working")

EVERY = 2.0
LONGEST_PAUSE = 5.0

# The database's clock, so that workers on machines whose clocks differ can be compared.
WRITE = """
    INSERT INTO read_models.at_work (worker, job, words, state, since, well_at, patience, faults, in_a_row, error, counts,
        seen_at)
    SELECT %(worker)s, j.job, j.words, j.state, clock_timestamp() - make_interval(secs => j.for_seconds),
        clock_timestamp() - make_interval(secs => j.quiet), j.patience, j.faults, j.in_a_row, j.error, j.counts,
        clock_timestamp()
    FROM jsonb_to_recordset(%(jobs)s) j
        (job text, words text, state text, for_seconds float, quiet float, patience float, faults int, in_a_row int,
        error text, counts jsonb)
    ON CONFLICT (worker, job) DO UPDATE SET state = excluded.state, since = excluded.since, well_at = excluded.well_at,
        faults = excluded.faults, in_a_row = excluded.in_a_row, error = excluded.error, counts = excluded.counts,
        seen_at = excluded.seen_at
"""
# A worker that ended in peace takes its rows along; those of one that was killed go after a day.
SWEEP = "DELETE FROM read_models.at_work WHERE seen_at < clock_timestamp() - interval '1 day'"
LEAVE = "DELETE FROM read_models.at_work WHERE worker = %(worker)s"


class Reporting:
    """Has a connection of its own, so that a job that hangs does not keep the others from being told."""

    def __init__(self, dsn: str, worker: str, jobs: Sequence[Job]) -> None:
        self._dsn, self._worker, self._jobs = dsn, worker, jobs

    def run(self, stop: threading.Event) -> None:
        """Go on until told to stop. While the database is away there is nobody to tell."""
        pause = 0.2
        while not stop.is_set():
            try:
                self._report(stop)
            except psycopg.Error as problem:
                # Most often the database is away; a table that is not there yet wants `placements setup`.
                log.warning("nobody can be told how the worker is", why=type(problem).__name__)
                stop.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _report(self, stop: threading.Event) -> None:
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as connection:
            connection.execute("SET synchronous_commit = off")
            connection.execute(SWEEP)
            while True:
                told = {"worker": self._worker, "jobs": Jsonb([_facts(job) for job in self._jobs])}
                connection.execute(WRITE, told, prepare=True)
                # Soon after the beginning, and then every other second.
                if stop.wait(EVERY if all(job.standing.well_at for job in self._jobs) else 0.2):
                    connection.execute(LEAVE, {"worker": self._worker})
                    return


def _facts(job: Job) -> dict[str, object]:
    now, standing = time.monotonic(), job.standing
    return {
        "job": job.name,
        "words": job.words,
        "state": standing.state,
        "for_seconds": now - standing.since,
        "quiet": now - (standing.well_at or standing.since),
        "patience": job.patience,
        "faults": standing.faults,
        "in_a_row": standing.in_a_row,
        "error": standing.error,
        "counts": dict(job.counts),
    }
