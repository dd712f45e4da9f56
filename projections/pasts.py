"""Keeps the moments of the past that were asked for last, so that paging through a past list is quick."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, Timer

from projections.building_the_past import Then
from projections.past import IDLE, Past

MOST = 4
"""Moments kept by one process; each holds a connection."""


class Pasts:
    """The moments that are kept. Many threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Then, Past] = OrderedDict()
        self._lock = Lock()
        self._tidying: Timer | None = None
        self._closed = False

    def at(self, then: Then, begin: Callable[[], Past]) -> Past:
        """The moment that is meant: the one that is kept, or a new one."""
        with self._lock:
            past = self._kept.pop(then, None) or begin()
            self._kept[then] = past
            gone = [self._kept.popitem(last=False)[1] for _ in range(len(self._kept) - self._most)]
            self._tidy_later()
        for old in gone:
            old.close()
        return past

    def forget(self) -> None:
        """Let go of what is kept, for words in it were erased. Who asks again has it made anew."""
        with self._lock:
            gone = list(self._kept.values())
            self._kept.clear()
        for past in gone:
            past.close()

    def close(self) -> None:
        """Let go of all of them, for good."""
        with self._lock:
            self._closed = True
            gone = list(self._kept.values())
            self._kept.clear()
            if self._tidying is not None:
                self._tidying.cancel()
        for past in gone:
            past.close()

    def _tidy(self) -> None:
        with self._lock:
            self._tidying = None
            gone = [self._kept.pop(then) for then, past in list(self._kept.items()) if past.idle]
            self._tidy_later()
        for past in gone:
            past.close()

    def _tidy_later(self) -> None:
        if self._kept and self._tidying is None and not self._closed:
            self._tidying = Timer(IDLE, self._tidy)
            self._tidying.daemon = True
            self._tidying.start()
