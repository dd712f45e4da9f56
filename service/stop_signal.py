"""Ctrl-C and the system's request to stop, remembered until we come round to look."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class StopRequested(Exception):
    """Somebody asked us to stop while we were still starting."""


class StopSignal:
    """Whether somebody asked this process to stop."""

    def __init__(self) -> None:
        self.came = threading.Event()
        self._interrupts = False
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, self._receive)

    def wait(self, seconds: float) -> bool:
        """Wait, but not once asked to stop; tells whether we were."""
        return self.came.wait(seconds)

    @contextlib.contextmanager
    def interrupting(self) -> Iterator[None]:
        """For work that cannot look by itself: a request to stop ends it where it is."""
        self._interrupts = True
        try:
            yield
        finally:
            self._interrupts = False

    def _receive(self, _: int, __: FrameType | None) -> None:
        self.came.set()
        if self._interrupts:
            self._interrupts = False
            raise StopRequested
