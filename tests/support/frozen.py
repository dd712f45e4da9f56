"""A PostgreSQL server that stands still: every process of it is stopped where it is, and goes on later as if nothing had been."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.private_postgres import PrivatePostgres


def _and_children(pid: int) -> list[int]:
    """A process, and all that it began and that they began, the first one first."""
    begun = (Path("/proc") / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [pid, *(found for child in begun for found in _and_children(int(child)))]


@contextmanager
def frozen(server: PrivatePostgres) -> Iterator[None]:
    """While the server stands still."""
    first = int((server.cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(first, signal.SIGSTOP)
    # Now no more of them come.
    stopped = _and_children(first)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
