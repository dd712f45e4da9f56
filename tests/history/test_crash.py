"""What was acknowledged is there after any crash, and positions go on without a gap."""

import os
import signal
import threading
import time
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from history.patience import Unavailable
from history.setup import set_up
from history.store import History
from service.private_postgres import PrivatePostgres
from tests.history.conftest import MASTER_KEY
from tests.history.diary import numbered


@pytest.mark.long
def test_a_killed_server_has_lost_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    server = PrivatePostgres(tmp_path / "postgres")
    with server.running() as dsn:
        set_up(dsn)
        with psycopg.connect(dsn, autocommit=True) as database:
            # Nothing reaches the disk by the way: only what a save waits for.
            database.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            database.execute("SELECT pg_reload_conf()")
        acknowledged: dict[UUID, int] = {}
        history = History(dsn, master_key=MASTER_KEY, patience=0.5)
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                diary = numbered(1, 2)
                try:
                    acknowledged[diary.id] = history.save(diary).position
                except Unavailable:
                    time.sleep(0.05)

        writers = [threading.Thread(target=write) for _ in range(4)]
        for writer in writers:
            writer.start()
        for _ in range(3):
            time.sleep(1)
            os.kill(int((server.cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            time.sleep(0.2)
            server.revive()
        time.sleep(1)
        stop.set()
        for writer in writers:
            writer.join()
        there = {s.event.originator_id: s.position for s in history.scan() if s.event.originator_version == 2}
        positions = [stored.position for stored in history.scan()]
        history.close()

    assert len(acknowledged) > 100
    assert {id: there.get(id) for id in acknowledged} == acknowledged
    assert positions == list(range(1, len(positions) + 1))
