"""`serve` runs everything, and leaves nothing behind."""

import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from service.private_postgres import PrivatePostgres
from tests.support.running_service import (
    RunningService,
    a_taken_port,
    processes_of,
    run,
    running_service,
    wait_until,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose path has a space in it, as on many a person's computer."""
    folder = tmp_path / "my files" / "data"
    folder.parent.mkdir()
    return folder


def dsn(data: Path) -> str:
    """How to reach the private database of a service that runs on this folder."""
    return PrivatePostgres(data).dsn()


def parts(data: Path) -> dict[str, int]:
    """The processes that run, by what they do."""
    known = {
        "supervised api": "api",
        "supervised work": "worker",
        "postgres -D": "postgres",
        "keeper": "keeper",
    }
    return {
        name: pid
        for pid, command in processes_of(data).items()
        for part, name in known.items()
        if part in command
    }


def test_it_says_what_it_does_before_each_step_that_takes_its_time(data: Path) -> None:
    for first in (True, False):
        with running_service(data) as service:
            service.said.seek(0)
            assert (f"Making a private database in {data} (once).\n" in service.said.read()) is first


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_five_seconds_and_leaves_no_process(data: Path, how: signal.Signals) -> None:
    with running_service(data) as service:
        assert service.get("/health/live") == 200
        assert parts(data).keys() >= {"api", "worker", "postgres", "keeper"}

        assert service.stop(how) < 5

        assert service.process.returncode == 0
        assert processes_of(data) == {}


def test_a_second_start_finds_the_data_as_it_was(data: Path) -> None:
    with running_service(data) as service:
        with psycopg.connect(dsn(data)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        service.stop()
    with running_service(data), psycopg.connect(dsn(data)) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_nothing_outlives_a_killed_parent(data: Path) -> None:
    with running_service(data) as service:
        service.stop(signal.SIGKILL)
        assert wait_until(lambda: processes_of(data) == {}), processes_of(data)


def test_stopping_while_it_starts_leaves_nothing(data: Path) -> None:
    for pause in (0.2, 0.5, 0.8, 1.1):
        service = RunningService(data)
        time.sleep(pause)
        assert service.stop() < 5
        service.said.close()
        assert wait_until(lambda: processes_of(data) == {}, 2), processes_of(data)


@pytest.mark.parametrize("part", ["api", "worker", "postgres"])
def test_a_part_that_is_killed_is_started_again(data: Path, part: str) -> None:
    with running_service(data) as service:
        before = parts(data)[part]
        subprocess.run(["kill", "-KILL", str(before)], check=True)

        assert wait_until(lambda: parts(data).get(part, before) != before), parts(data)

        assert service.get("/health/live") == 200
        assert service.stop() < 5
        assert service.process.returncode == 0
        assert processes_of(data) == {}


def test_two_services_share_one_private_database(data: Path) -> None:
    with running_service(data) as first, running_service(data) as second:
        postgres = parts(data)["postgres"]
        first.stop()
        assert parts(data)["postgres"] == postgres
        second.stop()
        assert processes_of(data) == {}


def test_a_taken_port_is_said_in_one_sentence(data: Path) -> None:
    with a_taken_port() as taken:
        port = taken.getsockname()[1]
        done = run(data, "serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} of 127.0.0.1 is taken: stop what uses it, or choose another with --port.\n"
    )
    assert processes_of(data) == {}


def test_data_of_another_postgres_is_refused_in_one_sentence(data: Path) -> None:
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "PG_VERSION").write_text("9\n")
    done = run(data, "serve", "--port", "0")
    assert done.returncode == 1
    assert done.stderr.startswith("The data was made by PostgreSQL 9, and ")
    assert done.stderr.count("\n") == 1
    assert processes_of(data) == {}


def test_a_database_that_cannot_be_reached_is_said_without_its_password(data: Path) -> None:
    done = run(data, "serve", "--port", "0", "--dsn", "postgresql://me:secret@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be reached: ")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr
    assert processes_of(data) == {}


def test_a_database_of_our_own_is_used_and_none_started(
    data: Path, database_url: str, master_key: str
) -> None:
    with running_service(
        data, PLACEMENTS_DATABASE_URL=database_url, PLACEMENTS_MASTER_KEY=master_key
    ) as service:
        assert service.get("/health/live") == 200
        assert parts(data).keys() == {"api", "worker"}
        assert service.stop() < 5
    assert not data.exists()


def test_setting_up_twice_changes_nothing(data: Path) -> None:
    for _ in range(2):
        done = run(data, "setup")
        assert (done.returncode, done.stderr) == (0, "")
        assert processes_of(data) == {}


def test_a_wrong_setting_is_named_in_one_sentence(data: Path) -> None:
    done = run(data, "serve", PLACEMENTS_PORT="many")
    assert done.returncode == 1
    assert done.stderr.startswith("The settings cannot be used: PLACEMENTS_PORT: ")
    assert done.stderr.count("\n") == 1
    assert processes_of(data) == {}
