"""A worker that is killed by kill -9 at a given step of a trigger's handling: run as a program of its own."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime
from typing import Any

from history.store import History
from service.triggering import triggering
from workflows.casework import Casework
from workflows.triggers.acting import Acting

STEPS = (
    "before introducing", "after introducing", "before the first command", "after the first command",
    "before the second command", "after the second command", "before keeping its place", "after keeping its place",
)  # fmt: skip
"""In this order: each leaves something to do for the next."""


def dying(step: str, name: str, at: int, real: Any) -> Any:
    """A function around which the process ends, the first or the second time it is called."""
    called = 0

    def do(*given: Any, **named: Any) -> Any:
        nonlocal called
        called += 1
        if step == f"before {name}" and called == at:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*given, **named)
        if step == f"after {name}" and called == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return do


def main(dsn: str, step: str) -> None:
    """Act on whatever there is, and die."""
    history = History(dsn, master_key=bytes(range(32)), pool_size=2)
    Acting.introduce = dying(step, "introducing", 1, Acting.introduce)  # type: ignore[method-assign]
    triggering.keep = dying(step, "keeping its place", 1, triggering.keep)  # type: ignore[attr-defined]
    perform = Casework.perform
    if "command" in step:
        for number, name in enumerate(("the first command", "the second command"), start=1):
            perform = dying(step, name, number, perform)
    Casework.perform = perform  # type: ignore[method-assign]
    triggering.Triggering(dsn, history, lambda: datetime(2026, 11, 24, 17, tzinfo=UTC)).run(threading.Event())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
