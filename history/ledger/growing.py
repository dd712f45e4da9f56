"""A tree that grows at its right edge, and gives away each tile as it is filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from history.ledger.hashing import EMPTY, WIDTH, node_hash, root_of

HEIGHT = WIDTH.bit_length() - 1
"""Levels of the tree between a tile and the tile above."""


class Tile(NamedTuple):
    """256 neighbouring hashes of one level, as C2SP tlog-tiles numbers them."""

    level: int
    number: int
    hashes: bytes
    root: bytes


class Growing:
    """All that is needed of a tree to go on: what stands in unfinished tiles, and the roots of full subtrees."""

    def __init__(self, unfinished: Iterable[Sequence[bytes]] = ()) -> None:
        """`unfinished`: the hashes in the last tile of each level, the lowest level first."""
        self.unfinished = [list(row) for row in unfinished]
        self.size = sum(len(row) << (HEIGHT * level) for level, row in enumerate(self.unfinished))
        self._peaks = [peak for row in reversed(self.unfinished) for peak in _peaks_of(row)]

    def append(self, leaf: bytes) -> list[Tile]:
        """Take in the hash of the next event; the tiles that are full with it."""
        full: list[Tile] = []
        self._place(0, leaf)
        index, height = self.size, 0
        while index & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            index, height = index >> 1, height + 1
            if height % HEIGHT == 0:
                level = height // HEIGHT - 1
                full.append(Tile(level, index, b"".join(self.unfinished[level]), leaf))
                self.unfinished[level].clear()
                self._place(level + 1, leaf)
        self._peaks.append(leaf)
        self.size += 1
        return full

    def root(self) -> bytes:
        """The root as it is now."""
        if not self._peaks:
            return EMPTY
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def _place(self, level: int, hash: bytes) -> None:
        if level == len(self.unfinished):
            self.unfinished.append([])
        self.unfinished[level].append(hash)


def _peaks_of(row: Sequence[bytes]) -> Iterable[bytes]:
    """The roots of the largest full subtrees over a row, from the left: one for each binary digit of its length."""
    at = 0
    for height in reversed(range(HEIGHT)):
        if len(row) & (1 << height):
            yield root_of(row[at : at + (1 << height)])
            at += 1 << height
