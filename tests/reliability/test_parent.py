"""A process that `serve` started ends with it, however much was left unsaid between them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from projections.reading import ReadModels
from service.private_postgres import PrivatePostgres
from tests.reliability.office import Office, open_office
from tests.support.running_service import processes_of, running_service, wait_until

LONG = 60.0


def the_worker_is_at_work(office: Office) -> bool:
    """Whether read models follow: then every process has long reported that it is ready."""
    read_models = ReadModels(PrivatePostgres(office.data).dsn(), pool_size=1)
    try:
        return read_models.wait_for(office.head, LONG)
    finally:
        read_models.close()


def test_no_process_outlives_a_service_that_is_killed_when_all_of_it_is_at_work(tmp_path: Path) -> None:
    office = open_office(tmp_path / "data", placements=1)
    with running_service(office.data) as service:
        assert the_worker_is_at_work(office)
        os.kill(service.process.pid, signal.SIGKILL)
        assert wait_until(lambda: processes_of(office.data) == {}, 15), processes_of(office.data)
