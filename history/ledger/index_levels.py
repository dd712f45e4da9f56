"""Eight levels of the index: a tree over 256 hashes that are always all there."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from history.ledger.hashing import WIDTH
from history.ledger.index_hashing import NODE, bucket_hash, index_node


class Levels:
    """A root over 256 hashes, of which some change now and then."""

    def __init__(self, empty: bytes, hashes: Mapping[int, bytes]) -> None:
        """`empty`: what stands where nothing was put yet."""
        nodes = self._nodes = [empty] * (2 * WIDTH)
        above = empty
        for level in reversed(range(WIDTH.bit_length() - 1)):
            above = index_node(above, above)
            nodes[1 << level : 2 << level] = [above] * (1 << level)
        self.put(hashes)

    @property
    def root(self) -> bytes:
        """The root as it is now."""
        return self._nodes[1]

    def hash(self, number: int) -> bytes:
        """One of the hashes."""
        return self._nodes[WIDTH + number]

    def put(self, hashes: Mapping[int, bytes]) -> None:
        """Change some of the hashes; each node above is made anew once."""
        nodes = self._nodes
        for number, hash in hashes.items():
            nodes[WIDTH + number] = hash
        changed = {(WIDTH + number) >> 1 for number in hashes}
        # From one level to the next, until the root is made anew.
        while changed and 0 not in changed:
            for node in changed:
                # As `index_node` does: most of what the ledger takes is spent on this line.
                nodes[node] = sha256(NODE + nodes[2 * node] + nodes[2 * node + 1]).digest()
            changed = {node >> 1 for node in changed}

    def beside(self, number: int) -> list[bytes]:
        """The neighbours on the way from one of the hashes to the root, the lowest first."""
        at, found = WIDTH + number, []
        while at > 1:
            found.append(self._nodes[at ^ 1])
            at >>= 1
        return found


EMPTY_BUCKET = bucket_hash(())
EMPTY_TOP = Levels(EMPTY_BUCKET, {}).root
EMPTY_INDEX = Levels(EMPTY_TOP, {}).root
