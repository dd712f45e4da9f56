"""Wakes all in this process who wait for news, a moment after new events can be seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, Event, Thread
from typing import ClassVar, LiteralString

import psycopg
from psycopg.sql import SQL, Identifier

from history.patience import FAREWELL

NUDGE = 1.0
"""Seconds after which it looks for itself, in case a notice was lost."""
GLANCE = 0.25
"""Seconds in which it notices that it should end."""
LONGEST_PAUSE = 5.0


class Waking:
    """One connection that listens, in a thread of its own, for any number of waiters in other threads.

    A subclass may listen for something else that moves along the history.
    """

    channel: ClassVar[LiteralString] = "history_events"
    """Whose notices carry a position."""
    asks: ClassVar[bool] = False
    """Whether the position is asked for after every notice, and what the notice says of it is not believed."""
    look: ClassVar[LiteralString] = "SELECT coalesce(max(notification_id), 0) FROM history.events"
    """The position now."""

    def __init__(self, dsn: str, nudge: float = NUDGE) -> None:
        self._dsn = dsn
        self._nudge = nudge
        self._news = Condition()
        self._position = 0
        self._waiting = 0
        self._wanted = Event()
        self._closing = Event()
        self._thread = Thread(target=self._listen_again_and_again, name=f"waking-{self.channel}", daemon=True)
        self._thread.start()

    @property
    def position(self) -> int:
        """How far the history is known to reach; while nobody waits, that may be a second ago."""
        return self._position

    def wait_beyond(self, position: int, timeout: float) -> bool:
        """Wait until the history reaches beyond a position; whether it does. After `close` nobody waits."""
        return self._wait(lambda: self._position > position, timeout)

    def _wait(self, reached: Callable[[], bool], timeout: float) -> bool:
        if reached():
            return True
        with self._news:
            self._waiting += 1
            self._wanted.set()
            self._news.wait_for(lambda: reached() or self._closing.is_set(), timeout)
            self._waiting -= 1
            if not self._waiting:
                self._wanted.clear()
            return reached()

    def close(self) -> None:
        """Stop listening, and let everybody go who waits. A database that is away is not waited for."""
        self._closing.set()
        with self._news:
            self._news.notify_all()
        self._thread.join(FAREWELL)

    def _listen_again_and_again(self) -> None:
        pause = GLANCE
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                self._listen()
            except psycopg.Error:
                # Nobody is told: who waits looks for himself after his time-out, and is told the reason then.
                pause = GLANCE if time.monotonic() - began > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
                self._closing.wait(pause)

    def _listen(self) -> None:
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as connection:
            connection.execute(SQL("LISTEN {}").format(Identifier(self.channel)))
            looked = 0.0
            while not self._closing.is_set():
                # The first look is after LISTEN, so that nothing falls between the two.
                if time.monotonic() - looked >= self._nudge:
                    [found] = connection.execute(self.look).fetchall()
                    looked = time.monotonic()
                    self._heard(*map(int, found))
                # While all are busy with what there was, each of the many notices would be read for nobody.
                glance = min(GLANCE, self._nudge)
                wanted = self._wanted.wait(glance)
                for notice in connection.notifies(timeout=glance if wanted else 0, stop_after=1):
                    if self.asks:
                        # However many came at once, one look answers them all, and everybody who waits here.
                        looked = 0.0
                    else:
                        self._heard(*map(int, notice.payload.split()))

    def _heard(self, *positions: int) -> None:
        """What a look or a notice says; here it is one position."""
        self._reached(positions[0])

    def _reached(self, position: int) -> None:
        # A late notice must not turn the position back.
        if position > self._position:
            with self._news:
                self._position = position
                self._news.notify_all()
