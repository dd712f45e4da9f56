"""Locks on files, which the system itself gives back when the process that holds one ends."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock alone, waiting for whoever has it."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def take(file: IO[str]) -> bool:
    """Take a lock alone, on a file that is open, if nobody else has it; tells whether that was so."""
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def is_free(path: Path) -> bool:
    """Whether no process holds this lock."""
    with path.open("w") as lock:
        return take(lock)


def wait_until_free(path: Path, patience: float) -> None:
    """Wait until the process that holds this lock is gone, but not for ever."""
    deadline = time.monotonic() + patience
    while not is_free(path) and time.monotonic() < deadline:
        time.sleep(0.005)
