"""The process that does what falls due, and keeps the read models in step with the history."""

import signal
import threading

from service.settings import Settings


def run_until_stopped(settings: Settings, stop: threading.Event) -> None:
    """Work until told to stop."""
    from service.wiring import run_worker

    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, lambda *_: stop.set())
    run_worker(settings, stop)
