"""Threads that append at the same moment do so together: who comes first writes, and the next for all who wait by then.

The next need not wait for the disk: as soon as the events of those before have their place in the order, these may follow.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from history.appending import Append

MOST = 64
"""Appends in one transaction."""


class Refused(NamedTuple):
    """What was in the way of an append: which of its rows of that kind, and the version now."""

    why: str
    row: int
    version: int


class Asked:
    """An append on its way, in the hands of the thread that asks for it until it is given to another."""

    def __init__(self, append: Append, patience: float) -> None:
        self.append = append
        # Packed by the thread that asks: what cannot be packed is no other's trouble.
        self.packed = append.packed()
        self.until = time.monotonic() + patience
        self.outcome: range | Refused | Exception | None = None
        """Its positions, or why there are none; nothing if whoever wrote it did not come back."""
        self.uncertain = False
        """Whether it may have been written by an attempt whose answer was lost."""
        self.leads = False
        self.companions: list[Asked] = []
        self.woken = Lock()
        self.woken.acquire()


class Together:
    """Takes appends from many threads, and lets one thread at a time write.

    There is no thread that only writes: a thread that comes alone writes at once, and has waited for nobody.
    """

    def __init__(self, write: Callable[[Sequence[Asked], Callable[[], None]], None]) -> None:
        """`write` calls its second argument once what it writes is in order."""
        self._write = write
        self._turn = Lock()
        self._waiting: deque[Asked] = deque()
        self._writing = False

    def __call__(self, asked: Asked) -> None:
        """Have it written, by this thread or another. Then it has its outcome."""
        try:
            with self._turn:
                asked.leads = not self._writing
                self._writing = True
                if not asked.leads:
                    self._waiting.append(asked)
            if not asked.leads:
                asked.woken.acquire()
            if asked.leads:
                self._write(self._gather(asked), lambda: self._pass_on(asked))
        finally:
            # Also when this thread was interrupted: nobody may wait for it for ever.
            self._leave(asked)

    def _gather(self, first: Asked) -> list[Asked]:
        """The first, and of those who wait all who have nothing to do with each other."""
        together = [first]
        with self._turn:
            if self._waiting:
                claims = Claims(first.append)
                for other in list(self._waiting):
                    if len(together) < MOST and claims.join(other.append):
                        self._waiting.remove(other)
                        together.append(other)
        first.companions = together[1:]
        return together

    def _pass_on(self, asked: Asked) -> None:
        """Let the next one write, unless that was done before."""
        following = None
        with self._turn:
            if asked.leads:
                asked.leads = False
                following = self._waiting.popleft() if self._waiting else None
                self._writing = following is not None
                if following:
                    following.leads = True
        if following:
            following.woken.release()

    def _leave(self, asked: Asked) -> None:
        # The next writer first: the others may take their time.
        self._pass_on(asked)
        with self._turn:
            if asked in self._waiting:
                self._waiting.remove(asked)
        for other in asked.companions:
            other.woken.release()


class Claims:
    """What the appends of one transaction read and write.

    Each is checked against what was there before all of them. That is as good as one after another as long as
    none reads or writes what another writes.
    """

    def __init__(self, append: Append) -> None:
        self._written = set(append.places()[0])
        self._read = set(append.reads or ())
        self._receipts = {(append.receipt.actor, append.receipt.key)} if append.receipt else set()

    def join(self, append: Append) -> bool:
        """Take another in, if it may be written with them."""
        new = Claims(append)
        if (
            self._written & (new._written | new._read)
            or self._read & new._written
            or self._receipts & new._receipts
        ):
            return False
        self._written |= new._written
        self._read |= new._read
        self._receipts |= new._receipts
        return True
