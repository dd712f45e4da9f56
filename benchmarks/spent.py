"""Processor time of this process, of those it started and of the database: it hardly depends on what else the machine does (Linux)."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")


class Spent:
    """Counts from when it is made."""

    def __init__(self, dsn: str) -> None:
        with psycopg.connect(dsn) as connection:
            self._database = _fields(connection.info.backend_pid)[PARENT]
        self._began = self._now()

    def seconds(self) -> float:
        """How much was spent until now."""
        return self._now() - self._began

    def _now(self) -> float:
        ticks, precisely = 0, time.process_time()
        for process in map(int, (entry.name for entry in Path("/proc").glob("[0-9]*"))):
            try:
                fields = _fields(process)
                if process == os.getpid():
                    ticks += sum(fields[OF_ENDED])
                elif process == self._database:
                    # With those that have ended; the others are counted one by one.
                    ticks += sum(fields[OWN]) + sum(fields[OF_ENDED])
                elif fields[PARENT] == self._database:
                    precisely += _of_one_thread(process)
                elif fields[PARENT] == os.getpid():
                    ticks += sum(fields[OWN])
            except (OSError, IndexError):
                continue  # it has just ended
        return ticks / TICKS + precisely


PARENT, OWN, OF_ENDED = 1, slice(11, 13), slice(13, 15)


def _fields(pid: int) -> list[int]:
    """What the kernel tells of a process after its name and state: numbers, from the parent's on."""
    after_the_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return [0, *map(int, after_the_name[1:15])]


def _of_one_thread(pid: int) -> float:
    """Seconds of a process that has one thread, as those of the database have: to the nanosecond, where others are known in ticks."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def of_threads(pid: int) -> float:
    """Seconds of all threads of a process that there are now, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
