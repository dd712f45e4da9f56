"""The process that does what happens by itself."""

import signal
import threading

from service.settings import Settings
from service.working.worker import Tell, silence


def run_until_stopped(settings: Settings, stop: threading.Event, tell: Tell = silence) -> None:
    """Work until told to stop. Raises PlainError when a job failed too often."""
    from service.wiring import run_worker

    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, lambda *_: stop.set())
    run_worker(settings, stop, tell)
