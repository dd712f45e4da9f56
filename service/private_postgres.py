"""A PostgreSQL server of our own, for whoever has none: started when first needed, stopped by the last user.

It listens on a socket in a folder that nobody else may enter, and on no network.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from service.file_locks import held, take, wait_until_free
from service.plain_error import PlainError
from service.postgres_binaries import find_postgres
from service.postgres_cluster import SERVICE, USER, Cluster, last_word
from service.postgres_process import PID_FILE, server_pid, stop_server

DATABASE = "placements"
KEEPER = "service.postgres_keeper"
PATIENCE = 30.0
# The servers that this process has started and that may outlive it; collected when it happens to look.
started_here: list["subprocess.Popen[bytes]"] = []


class PrivatePostgres:
    """The private server of one data folder; any number of processes may use it at the same time."""

    def __init__(self, home: Path, *, binaries: Path | None = None, durable: bool = True) -> None:
        with plain_file_errors(home):
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.home = home.resolve()
            major = version_of_data(self.home)
        self.cluster = Cluster(self.home, find_postgres(binaries, major=major), durable)
        self._use: IO[str] | None = None

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Use the server for a while; gives the DSN of its database."""
        try:
            self.open()
            yield self.dsn()
        finally:
            self.close()

    def dsn(self, database: str = DATABASE, user: str = USER) -> str:
        """How to connect, as the owner of everything unless another is named."""
        from psycopg.conninfo import make_conninfo  # late: it takes as long to load as the server to start

        return make_conninfo(host=str(self.cluster.socket_folder), port=5432, user=user, dbname=database)

    def open(self) -> int:
        """Use the server, starting it unless it runs.

        Gives the open file that counts as one user: a child process that gets it keeps the server up too.
        """
        with plain_file_errors(self.home):
            self._use = self.in_use.open("w")
            fcntl.flock(self._use, fcntl.LOCK_SH)
            self.revive()
            return self._use.fileno()

    def revive(self) -> None:
        """Start the server unless it runs, and see to it that it is watched."""
        with held(self.home / "starting.lock"):
            self._keep_watch()
            self._start_if_needed()

    def is_running(self) -> bool:
        """Whether the server still lives; also collects what we started and has ended."""
        for process in started_here[:]:
            if process.poll() is not None:
                started_here.remove(process)
        return server_pid(self.cluster.data) is not None

    def close(self) -> None:
        """Use the server no longer; the last one stops it."""
        if self._use is None:
            return
        if take(self._use):
            stop_server(self.cluster.data)
        self._use.close()
        self._use = None
        if not self.is_running():
            wait_until_free(self.home / "keeper.lock", patience=2)

    def _start_if_needed(self) -> None:
        deadline = time.monotonic() + PATIENCE
        with ExitStack() as unless_it_answers:
            started: subprocess.Popen[bytes] | None = None
            while not (self.is_running() and self._answers()):
                if time.monotonic() > deadline:
                    raise PlainError(
                        f"The private database did not answer within {PATIENCE:.0f} s: see {self.cluster.log}."
                    )
                if started and started.poll() is not None:
                    self._explain_or_wait()
                    started = None
                if started is None and not self.is_running():
                    self.cluster.prepare()
                    # Its server is dead: the file would only make the next one hesitate.
                    (self.cluster.data / PID_FILE).unlink(missing_ok=True)
                    started = self.cluster.start()
                    started_here.append(started)
                    unless_it_answers.callback(end, started)
                time.sleep(0.01)
            unless_it_answers.pop_all()

    def _explain_or_wait(self) -> None:
        """Say why the server ended at once, unless what remains of a killed one is still ending."""
        said = self.cluster.log.read_text(errors="replace")[-4000:]
        if "still in use" not in said:
            raise PlainError(f"The private database did not start: {last_word(said)} ({self.cluster.log})")
        time.sleep(0.1)

    def _answers(self) -> bool:
        """Whether the server at the socket is that of our data; its database and the service's role are made here the first time."""
        import psycopg

        try:
            with psycopg.connect(self.dsn("postgres"), autocommit=True, connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
                known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
                if known.fetchone() is None:
                    connection.execute("CREATE DATABASE placements")
                if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [SERVICE]).fetchall():
                    connection.execute("CREATE ROLE placements_service LOGIN")
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.cluster.data

    def _keep_watch(self) -> None:
        """See to it that the server stops even if all who use it are killed."""
        with (self.home / "keeper.lock").open("w") as duty:
            if not take(duty):
                return
            # The keeper inherits the lock, so there is no moment between taking it and having a keeper.
            subprocess.run(
                [
                    sys.executable,
                    "-P",
                    "-S",
                    "-m",
                    KEEPER,
                    self.cluster.data,
                    self.in_use,
                    str(duty.fileno()),
                ],
                env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[duty.fileno()],
                start_new_session=True,
                check=False,
            )

    @property
    def in_use(self) -> Path:
        """Whoever uses the server holds a shared lock on this file."""
        return self.home / "in-use.lock"


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a server that is only starting, and may not have said yet which process it is."""
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)


def version_of_data(home: Path) -> int | None:
    """The major version of PostgreSQL that made the data, or nothing before there is any."""
    with contextlib.suppress(FileNotFoundError):
        return int((home / "postgres" / "PG_VERSION").read_text())
    return None


@contextlib.contextmanager
def plain_file_errors(home: Path) -> Iterator[None]:
    """Say in words that the data folder cannot be used."""
    try:
        yield
    except OSError as error:
        place, reason = error.filename or home, error.strerror or error
        raise PlainError(
            f"The data folder cannot be used: {place}: {reason}. Choose another with PLACEMENTS_DATA."
        ) from None
