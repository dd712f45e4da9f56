"""The sixteen levels of the index: a tree over the hashes of all buckets, of which only the parts are known that were needed."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from history.ledger.hashing import WIDTH
from history.ledger.index_buckets import bucket_hash
from history.ledger.index_hashing import BUCKETS, LEVELS, NODE, index_node

HALF = LEVELS // 2
"""Levels of a group: the tree over 256 neighbouring buckets."""
EMPTY_BUCKET = bucket_hash(b"")
_EMPTY = [EMPTY_BUCKET]
for _ in range(LEVELS):
    _EMPTY.insert(0, index_node(_EMPTY[0], _EMPTY[0]))
_of_node = sha256(NODE)


class Levels:
    """The nodes from the root, which is the first, to the buckets: below the n-th stand those at 2n and 2n + 1."""

    def __init__(self, tops: Mapping[int, bytes]) -> None:
        """`tops`: the roots of the groups that are not empty."""
        self._nodes = [b""] * (2 * BUCKETS)
        self._known: set[int] = set()
        """The groups whose buckets are known."""
        for level in range(HALF + 1):
            self._nodes[1 << level : 2 << level] = [_EMPTY[level]] * (1 << level)
        self._put({WIDTH + number: hash for number, hash in tops.items()}, HALF)

    @property
    def root(self) -> bytes:
        """The root as it is now."""
        return self._nodes[1]

    def top(self, group: int) -> bytes:
        """The root of a group."""
        return self._nodes[WIDTH + group]

    def bucket(self, number: int) -> bytes:
        """The hash of a bucket in a group that is known."""
        return self._nodes[BUCKETS + number]

    def knows(self, group: int) -> bool:
        """Whether it knows the buckets of a group."""
        return group in self._known

    def learn(self, group: int, hashes: Mapping[int, bytes]) -> bool:
        """Take in those buckets of a group that are not empty; whether they have the root that the group has."""
        top = self.top(group)
        for level in range(HALF + 1):
            first = (WIDTH + group) << level
            self._nodes[first : first + (1 << level)] = [_EMPTY[HALF + level]] * (1 << level)
        first = BUCKETS + (group << HALF)
        self._put({first + number: hash for number, hash in hashes.items()}, HALF)
        self._known.add(group)
        return self.top(group) == top

    def put(self, hashes: Mapping[int, bytes]) -> None:
        """Change the hashes of some buckets in groups that are known."""
        self._put({BUCKETS + number: hash for number, hash in hashes.items()}, LEVELS)

    def _put(self, hashes: Mapping[int, bytes], levels: int) -> None:
        """Change some nodes; each of those above, so many levels up, is made anew once."""
        nodes, copy = self._nodes, _of_node.copy
        for node, hash in hashes.items():
            nodes[node] = hash
        changed = dict.fromkeys(hashes)
        for _ in range(levels):
            # In the order in which they came: neighbours in memory one after the other.
            changed = dict.fromkeys([node >> 1 for node in changed])
            for node in changed:
                # As `index_node` does: most of what the ledger takes is spent on these lines.
                left, hashed = node + node, copy()
                hashed.update(nodes[left] + nodes[left | 1])
                nodes[node] = hashed.digest()

    def beside(self, number: int) -> list[bytes]:
        """The neighbours on the way from a bucket to the root, the lowest first."""
        at, found = BUCKETS + number, []
        while at > 1:
            found.append(self._nodes[at ^ 1])
            at >>= 1
        return found
