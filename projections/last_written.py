"""What the one who follows wrote last, so that what stays as it is need neither be asked for nor written again.

A transaction may be lost, and all that was written in it. So what is remembered here counts only once the table is found at the position to
which it was brought with it: the two are written together.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

V = TypeVar("V")


class LastWritten(Generic[V]):
    """What stands in a table of a record, or of a file. For one thread."""

    def __init__(self, most: int, size: Callable[[V], int] = lambda value: 1) -> None:
        """`most` is how much is remembered, by the size of each."""
        self._most, self._size = most, size
        self._kept: OrderedDict[UUID, V] = OrderedDict()
        self._held = 0
        self._to: int | None = None

    def follow(self, since: int, to: int) -> None:
        """The table stands at a position, and is about to be brought to another."""
        if since != self._to:
            self.clear()
        self._to = to

    def of(self, id: UUID) -> V | None:
        """What stands there; none where that is not known."""
        return self._kept.get(id)

    def keep(self, id: UUID, value: V) -> None:
        """This is written now. It is not remembered where nobody says how far the table has come."""
        if self._to is None:
            return
        self.let_go(id)
        self._kept[id] = value
        self._held += self._size(value)
        while self._held > self._most:
            self.let_go(next(iter(self._kept)))

    def let_go(self, id: UUID) -> None:
        """It is not known any more what stands there."""
        value = self._kept.pop(id, None)
        if value is not None:
            self._held -= self._size(value)

    def clear(self) -> None:
        """Nothing is known any more, until the table is followed again."""
        self._kept.clear()
        self._held, self._to = 0, None
