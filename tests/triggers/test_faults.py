"""Whatever happens to workers, database and clocks, what follows from a cause follows once."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from domain.message_events import MessageAskedFor
from domain.noticed_events import ConcernNoticed
from domain.trigger_events import CouldNotAct
from history.store import History
from projections.following import Following
from service.triggering.triggering import Triggering
from service.working.worker import Worker
from tests.support.postgres import as_owner
from tests.support.running_service import wait_until
from tests.triggers.conftest import FIRST_DAY, ByItself, Clock, Reports
from tests.triggers.dying import STEPS

CHECKOUT = Path(__file__).resolve().parents[2]
ROW = ((FIRST_DAY, "am", "absent"), (FIRST_DAY, "pm", "absent"), (FIRST_DAY + timedelta(1), "am", "absent"))
CUT_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def once(by_itself: ByItself) -> None:
    """All that should follow from the absences is there, each thing once."""
    asked = Counter((e.template, e.to.relation, e.cause.what) for e in by_itself.did(MessageAskedFor))
    assert set(asked.values()) == {1}
    assert {template for template, _, _ in asked} >= {"unexplained_absence"}
    assert len(by_itself.did(ConcernNoticed)) == 1
    assert by_itself.did(CouldNotAct) == []


def test_a_worker_that_is_killed_at_any_step_of_a_triggers_handling_leaves_each_consequence_once(
    by_itself: ByItself, reports: Reports, dsn: str
) -> None:
    reports(*ROW)
    for step in STEPS:
        died = subprocess.run(
            [sys.executable, "-P", "-m", "tests.triggers.dying", dsn, step],
            env={"PYTHONPATH": str(CHECKOUT)}, cwd=CHECKOUT, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert died.returncode == -signal.SIGKILL, (step, died.stderr[-2000:])
    by_itself.starts_anew()
    by_itself.acts()
    once(by_itself)


def test_all_connections_cut_again_and_again_while_two_workers_work(
    by_itself: ByItself, reports: Reports, dsn: str, clock: Clock, history: History
) -> None:
    stop = threading.Event()
    workers = []
    for _ in range(2):
        jobs: list[Any] = [Following(dsn, history), Triggering(dsn, history, clock)]
        workers.append(threading.Thread(target=Worker(dsn, jobs).run, args=[stop]))
    reports(*ROW)
    for worker in workers:
        worker.start()
    try:
        for _ in range(8):
            time.sleep(0.3)
            with psycopg.connect(as_owner(dsn), autocommit=True) as connection:
                connection.execute(CUT_ALL)
        assert wait_until(lambda: len(by_itself.did(ConcernNoticed)) == 1, 20)
        assert wait_until(lambda: _at_the_head(dsn, history), 20)
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    by_itself.starts_anew()
    by_itself.acts()
    once(by_itself)


def _at_the_head(dsn: str, history: History) -> bool:
    with psycopg.connect(dsn) as connection:
        found = connection.execute("SELECT position FROM read_models.triggers_reached").fetchone()
    return found is not None and found[0] >= history.head()
