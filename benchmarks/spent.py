"""Processor time of this process, of those it started and of the database: it hardly depends on what else the machine does (Linux)."""

from __future__ import annotations

import os
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
        ours = {os.getpid(), self._database}
        counted = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                fields = _fields(int(process.name))
            except (OSError, IndexError):
                continue  # it has just ended
            if int(process.name) in ours:
                # With those that have ended; the others are counted one by one.
                counted += sum(fields[OWN]) + sum(fields[OF_ENDED])
            elif fields[PARENT] in ours:
                counted += sum(fields[OWN])
        return counted / TICKS


PARENT, OWN, OF_ENDED = 1, slice(11, 13), slice(13, 15)


def _fields(pid: int) -> list[int]:
    """What the kernel tells of a process after its name and state: numbers, from the parent's on."""
    after_the_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return [0, *map(int, after_the_name[1:15])]
