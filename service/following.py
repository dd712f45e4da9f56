"""What the worker does with the read models: it keeps them in step with the history."""

from __future__ import annotations

import threading

from history.store import History
from projections.following import Following


def keep_in_step(dsn: str, history: History, stop: threading.Event) -> None:
    """Follow until told to stop; while another worker follows, stand by."""
    Following(dsn, history).run(stop)
