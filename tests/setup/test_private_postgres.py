"""The private PostgreSQL: shared, private, and up again after whatever happened to it."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from service import postgres_account
from service.file_locks import is_free
from service.plain_error import PlainError
from service.postgres_account import NOBODY, Account
from service.postgres_cluster import make_private
from service.postgres_process import PID_FILE, server_pid
from service.private_postgres import PrivatePostgres
from tests.support.running_service import environment, wait_until

USE_IT_AND_WAIT = """
import sys
from pathlib import Path
from service.private_postgres import PrivatePostgres
from service.postgres_account import NOBODY, Account
from service.postgres_cluster import make_private
from service.postgres_process import server_pid

with PrivatePostgres(Path(sys.argv[1]), durable=False).running():
    print(server_pid(Path(sys.argv[1]) / "postgres"), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def server(tmp_path: Path) -> PrivatePostgres:
    """A private server that does not run yet."""
    return PrivatePostgres(tmp_path / "data", durable=False)


def somebody_else_using(home: Path) -> "subprocess.Popen[str]":
    """Another process that uses the same server until its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USE_IT_AND_WAIT, str(home)],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: "subprocess.Popen[str]") -> str:
    """What a process said first."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_it_remembers_from_one_start_to_the_next(server: PrivatePostgres) -> None:
    with server.running() as dsn, psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with server.running() as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_after_its_last_user_neither_it_nor_its_keeper_runs(server: PrivatePostgres) -> None:
    with server.running():
        assert server_pid(server.cluster.data) is not None
        assert wait_until(lambda: not is_free(server.home / "keeper.lock"))
    assert server_pid(server.cluster.data) is None
    assert is_free(server.home / "keeper.lock")


def test_it_thinks_in_utc_and_folds_case_alike_everywhere(server: PrivatePostgres) -> None:
    with server.running() as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
        assert connection.execute("SELECT lower('É'), 'É' ILIKE 'é'").fetchone() == ("é", True)


def test_it_is_on_no_network_and_in_a_folder_for_its_owner_only(server: PrivatePostgres) -> None:
    with server.running() as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    for folder in (server.home, server.cluster.data, server.cluster.socket_folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_its_log_does_not_repeat_what_a_failed_statement_held(server: PrivatePostgres) -> None:
    with server.running() as dsn, psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text PRIMARY KEY)")
        for _ in range(2):
            try:
                connection.execute("INSERT INTO people VALUES ('Ada Example')")
            except psycopg.errors.UniqueViolation:
                break
    log = server.cluster.log.read_text()
    assert "duplicate key" in log
    assert "Ada Example" not in log


def test_a_path_too_long_for_a_socket_is_no_obstacle(tmp_path: Path) -> None:
    server = PrivatePostgres(tmp_path / ("a long name " * 10), durable=False)
    with server.running() as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.cluster.socket_folder.rmdir()


@pytest.mark.parametrize("durable", [True, False])
def test_a_killed_server_is_started_again_with_all_it_had(tmp_path: Path, durable: bool) -> None:
    server = PrivatePostgres(tmp_path / "data", durable=durable)
    with server.running() as dsn:
        with psycopg.connect(dsn) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        killed = server_pid(server.cluster.data)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        # Nobody has collected it, and its pid file still lies there: neither may confuse the next start.
        assert (server.cluster.data / PID_FILE).exists()
        server.revive()
        assert server_pid(server.cluster.data) not in (None, killed)
        with psycopg.connect(dsn) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(server: PrivatePostgres) -> None:
    with server.running():
        pass
    (server.cluster.data / PID_FILE).write_text(f"{os.getppid()}\n{server.cluster.data}\n")
    with server.running() as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_an_interrupted_creation_is_begun_again(server: PrivatePostgres) -> None:
    unfinished = server.home / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with server.running():
        assert not unfinished.exists()


def test_starters_at_the_same_moment_share_one_server(server: PrivatePostgres) -> None:
    users = [somebody_else_using(server.home) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        assert len(set(pool.map(first_line, users))) == 1
    for user in users:
        user.communicate()
    assert server_pid(server.cluster.data) is None


def test_the_last_of_several_users_stops_it_even_if_another_was_killed(server: PrivatePostgres) -> None:
    killed, last = somebody_else_using(server.home), somebody_else_using(server.home)
    pid = int(first_line(killed))
    assert int(first_line(last)) == pid
    killed.kill()
    killed.communicate()
    assert server_pid(server.cluster.data) == pid
    last.communicate()
    assert server_pid(server.cluster.data) is None


def test_it_stops_when_its_only_user_is_killed(server: PrivatePostgres) -> None:
    user = somebody_else_using(server.home)
    first_line(user)
    user.kill()
    user.communicate()
    assert wait_until(lambda: server_pid(server.cluster.data) is None)
    assert wait_until(lambda: is_free(server.home / "keeper.lock"))


def test_a_server_whose_keeper_was_killed_gets_another(server: PrivatePostgres) -> None:
    with server.running():
        assert wait_until(lambda: not is_free(server.home / "keeper.lock"))
        keepers = subprocess.run(
            ["pgrep", "-f", f"postgres_keeper {server.cluster.data}"],
            capture_output=True,
            text=True,
            check=True,
        )
        os.kill(int(keepers.stdout), signal.SIGKILL)
        assert wait_until(lambda: is_free(server.home / "keeper.lock"))
        server.revive()
        assert wait_until(lambda: not is_free(server.home / "keeper.lock"))


def test_a_server_that_cannot_start_says_why_in_one_sentence(server: PrivatePostgres) -> None:
    with server.running():
        pass
    (server.cluster.data / "postgresql.conf").write_text("no_such_setting = on\n")
    with pytest.raises(PlainError, match="^The private database did not start: .*"), server.running():
        pass
    assert is_free(server.home / "in-use.lock")


def test_a_data_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(PlainError, match="^The data folder cannot be used: .*PLACEMENTS_DATA.$"):
        PrivatePostgres(tmp_path / "a file" / "data")


def test_a_socket_folder_that_another_account_made_is_not_trusted(
    server: PrivatePostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.cluster.socket_folder.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(PlainError, match="belongs to somebody else"):
        make_private(server.cluster.socket_folder, Account())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_without_user_namespaces_runs_it_as_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some containers forbid user namespaces; then every folder on the way must let `nobody` pass."""
    monkeypatch.setattr(postgres_account, "may_make_user_namespaces", lambda: False)
    place = tempfile.TemporaryDirectory()  # not pytest's own, which is closed to everyone else
    Path(place.name).chmod(0o711)
    server = PrivatePostgres(Path(place.name) / "data", durable=False)
    with place, server.running() as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert server.cluster.data.stat().st_uid == NOBODY


@pytest.mark.parametrize(
    ("user", "known", "namespaces", "chosen"),
    [
        (1000, True, True, Account()),
        (1000, False, True, Account(is_renamed=True)),
        (1000, False, False, Account()),
        (0, True, True, Account(is_renamed=True)),
        (0, True, False, Account(is_nobody=True)),
    ],
)
def test_it_runs_as_whom_postgresql_accepts(
    monkeypatch: pytest.MonkeyPatch, user: int, known: bool, namespaces: bool, chosen: Account
) -> None:
    """It refuses root, and a number that nobody has given a name, as containers often use."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(postgres_account, "has_a_name", lambda user: known)
    monkeypatch.setattr(postgres_account, "may_make_user_namespaces", lambda: namespaces)
    assert Account.to_use() == chosen
