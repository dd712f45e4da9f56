"""What was opened for one answer already: its parts ask for the same records again and again, and a stored event never changes.

It is gone with the answer, so that words which were erased are in none that is put together later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from domain.events import Event

Opened = dict[bytes, Event]
"""Events with their words, by their stored bytes: those name the record and the version."""
MOST = 5_000
"""Events that are kept for one answer."""

OPENED: ContextVar[Opened | None] = ContextVar("opened", default=None)


@contextmanager
def opened_once(opened: Opened | None) -> Iterator[None]:
    """Within this, and in the threads that work for it, an event that is among these is not opened again; the others join them.

    None: each is opened whenever it is read.
    """
    before = OPENED.set(opened)
    try:
        yield
    finally:
        OPENED.reset(before)
