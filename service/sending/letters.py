"""Threads that hand over letters. Nobody who ends waits for a mail server that says nothing, as the standard library's pool would."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import ParamSpec

P = ParamSpec("P")
Task = tuple[Callable[[], None], "Future[None]"]


class Letters:
    """So many at once; the others wait for their turn."""

    def __init__(self, at_once: int) -> None:
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._threads = [Thread(target=self._work, name=f"letters-{n}", daemon=True) for n in range(at_once)]
        for thread in self._threads:
            thread.start()

    def submit(self, act: Callable[P, None], /, *given: P.args, **named: P.kwargs) -> Future[None]:
        """Do it as soon as a thread is free; what comes of it, or what it raised, is in the answer."""
        future: Future[None] = Future()
        self._tasks.put((lambda: act(*given, **named), future))
        return future

    def close(self, *, wait: bool) -> None:
        """Take no more. `wait`: until what was begun is done, so that nobody begins it a second time meanwhile."""
        for _ in self._threads:
            self._tasks.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            act, future = task
            try:
                act()
            except BaseException as problem:
                future.set_exception(problem)
            else:
                future.set_result(None)
