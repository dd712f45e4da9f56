"""Slows down callers who do not sign in. Those with a valid token are never counted; real limits belong in the proxy."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

MINUTE = 60.0
MOST_REMEMBERED = 10_000
"""Addresses remembered at a time; beyond that, all are forgotten and counted anew."""


class Strangers:
    """Counts, minute by minute, how often an address came without a valid token."""

    def __init__(self, most_a_minute: int = 120, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.most_a_minute, self.monotonic = most_a_minute, monotonic
        self._since: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def seconds_to_wait(self, address: str) -> int:
        """Count one more. 0 while it is welcome, or how many seconds until it may come again."""
        now = self.monotonic()
        with self._lock:
            if len(self._since) >= MOST_REMEMBERED and address not in self._since:
                self._since.clear()
            began, times = self._since.get(address, (now, 0))
            if now - began >= MINUTE:
                began, times = now, 0
            self._since[address] = (began, times + 1)
            return 0 if times < self.most_a_minute else max(1, round(began + MINUTE - now))
