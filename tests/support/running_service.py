"""The service as a person runs it: a process of its own, on a data folder and a port of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class RunningService:
    """One `serve`, from outside."""

    def __init__(self, data: Path, *options: str, **settings: str) -> None:
        self.data = data
        # A file and not a pipe: nobody reads it while the service runs, and a full pipe would block it.
        self.said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when the service is
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "service", "serve", "--port", "0", *options],
            env=environment(data, **settings),
            cwd=data.parent,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
            start_new_session=True,
        )

    def wait_until_it_answers(self) -> None:
        """Wait for the line with the address; fail with what it said instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(PATIENCE)
            self.said.seek(0)
            raise AssertionError(self.said.read())
        self.port = int(line.split("://")[1].split()[0].rsplit(":", 1)[1])

    def get(self, path: str) -> int:
        """The status of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Ask it to stop, and say how many seconds that took."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.communicate(timeout=PATIENCE)
        return time.monotonic() - began


@contextmanager
def running_service(data: Path, *options: str, **settings: str) -> Iterator[RunningService]:
    """The service, answering; whatever a failed test leaves behind is ended."""
    service = RunningService(data, *options, **settings)
    try:
        service.wait_until_it_answers()
        yield service
    finally:
        if service.process.poll() is None:
            service.process.kill()
        service.process.communicate(timeout=PATIENCE)
        service.said.close()
        wait_until(lambda: not processes_of(data))


def run(data: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run one command of the service to its end."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "service", *arguments],
        env=environment(data, **settings),
        cwd=data.parent,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def environment(data: Path, **settings: str) -> dict[str, str]:
    """An environment by which every process that comes of it can be recognised."""
    # As manage.py does: compiled once and not at every start.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(CHECKOUT), "PLACEMENTS_DATA": str(data)} | settings


def processes_of(data: Path) -> dict[int, str]:
    """Every living process that came of running the service on this data folder."""
    mark = f"PLACEMENTS_DATA={data}".encode()
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes().split(b"\0"):
                found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it has just ended, or is somebody else's
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Wait for something to become true; tells whether it did."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def a_taken_port() -> socket.socket:
    """A socket that listens, so that its port is taken."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return taken
