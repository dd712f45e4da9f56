"""Makes proofs from what is stored: RFC 9162, sections 2.1.3.1 and 2.1.4.1. A few small reads, however long the history."""

from __future__ import annotations

from history.ledger.growing import HEIGHT
from history.ledger.hashing import WIDTH, node_hash
from history.ledger.stored import Stored
from history.reading import Reading


class Proving:
    """Proofs about one ledger. For a few of them together: it remembers what it has read."""

    def __init__(self, history: Reading) -> None:
        self._stored = Stored(history)
        self._read: dict[tuple[int, int], list[list[bytes]]] = {}

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """That the tree of this size has the event at this index, counted from 0; the lowest hash first."""
        return self._inclusion(index, 0, size)

    def consistency(self, old: int, size: int) -> list[bytes]:
        """That the tree of this size begins with the tree of the old one."""
        return self._consistency(old, 0, size, whole=True)

    def root(self, size: int) -> bytes:
        """The root that the stored hashes give a tree of this size."""
        return self._subtree(0, size)

    def leaf(self, index: int) -> bytes:
        """The stored hash of an event."""
        return self._node(0, index)

    def node(self, height: int, index: int, size: int) -> bytes:
        """The hash over the leaves from index * 2^height on, 2^height of them or as many as a tree of this size has."""
        begin = index << height
        return self._subtree(begin, min(begin + (1 << height), size))

    def _inclusion(self, index: int, begin: int, end: int) -> list[bytes]:
        if end - begin == 1:
            return []
        middle = _middle(begin, end)
        if index < middle:
            return [*self._inclusion(index, begin, middle), self._subtree(middle, end)]
        return [*self._inclusion(index, middle, end), self._subtree(begin, middle)]

    def _consistency(self, old: int, begin: int, end: int, whole: bool) -> list[bytes]:
        if old == end:
            # The old tree itself: who asks has its root.
            return [] if whole else [self._subtree(begin, end)]
        middle = _middle(begin, end)
        if old <= middle:
            return [*self._consistency(old, begin, middle, whole), self._subtree(middle, end)]
        return [*self._consistency(old, middle, end, whole=False), self._subtree(begin, middle)]

    def _subtree(self, begin: int, end: int) -> bytes:
        count = end - begin
        if count & (count - 1) == 0 and begin % count == 0:
            return self._node(count.bit_length() - 1, begin // count)
        middle = _middle(begin, end)
        return node_hash(self._subtree(begin, middle), self._subtree(middle, end))

    def _node(self, height: int, index: int) -> bytes:
        """The root of a full subtree: what a tile has, or the root over a part of one."""
        level, within = divmod(height, HEIGHT)
        number, first = divmod(index << within, WIDTH)
        at = (level, number)
        if at not in self._read:
            self._read[at] = _levels_over(self._stored.row(*at))
        return self._read[at][within][first >> within]


def _levels_over(row: list[bytes]) -> list[list[bytes]]:
    """The hashes of a tile, and those over each full pair, up to its top."""
    levels = [row]
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        levels.append(row)
    return levels


def _middle(begin: int, end: int) -> int:
    """Where a tree divides: after the largest power of two leaves that leaves something over."""
    return begin + (1 << ((end - begin - 1).bit_length() - 1))
