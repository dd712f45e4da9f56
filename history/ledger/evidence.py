"""What proves that some events are in the ledger, and that all events under some names are among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from history.ledger.checkpoints import Head, read_checkpoint
from history.ledger.handing_out import NotSealed
from history.ledger.index_growing import Index, IndexBroken, InIndex
from history.ledger.index_hashing import key_of
from history.ledger.index_stored import StoredIndex
from history.ledger.notes import NotSigned
from history.ledger.proving import Proving
from history.ledger.stored import Stored
from history.reading import Reading

Named = tuple[str, UUID]
"""A name of the index, and an id."""


class Node(NamedTuple):
    """A hash of the tree: over the leaves from place * 2^height on, 2^height of them or as many as there are."""

    height: int
    place: int
    hash: bytes


class Covering(NamedTuple):
    """A checkpoint that has the index, and what it says."""

    note: str
    head: Head


def covering(history: Reading, position: int) -> Covering:
    """The first checkpoint with an index that covers a position: it is the same for ever. Raises NotSealed."""
    for checkpoint in Stored(history).covering(position):
        try:
            head = read_checkpoint(checkpoint.note)
        except NotSigned:
            break
        if head.index_root is not None:
            return Covering(checkpoint.note, head)
    raise NotSealed(f"position {position} is not sealed yet")


def newest_size(history: Reading) -> int:
    """How many events are sealed; 0 before the first checkpoint."""
    newest = Stored(history).newest()
    return newest.size if newest else 0


def nodes_beside(history: Reading, positions: Iterable[int], size: int) -> list[Node]:
    """The hashes beside the ways from events to the root of a tree, each once, in the order of height and place."""
    wanted: set[tuple[int, int]] = set()
    for position in positions:
        height, at, last = 0, position - 1, size - 1
        while last:
            # The last of a row without a neighbour goes up as it is.
            if at < last or at & 1:
                if (height, at ^ 1) in wanted:
                    break  # another event came up here before
                wanted.add((height, at ^ 1))
            height, at, last = height + 1, at >> 1, last >> 1
    proving = Proving(history)
    return [Node(*place, proving.node(*place, size)) for place in sorted(wanted)]


def index_proofs(history: Reading, names: Sequence[Named], head: Head) -> list[InIndex]:
    """What the index of a checkpoint has under some names. Raises NotSealed where the stored index is not the signed one."""
    index = Index(StoredIndex(history), head.size)
    if (index.size, index.root) != (head.size, head.index_root):
        raise NotSealed("the stored index is not the one that was signed: verify the ledger")
    try:
        return index.proofs([key_of(*name) for name in names])
    except IndexBroken as problem:
        raise NotSealed("the stored index is not the one that was signed: verify the ledger") from problem


def growth(history: Reading, old: int, size: int) -> list[bytes]:
    """That the tree of a size begins with that of an older one."""
    return Proving(history).consistency(old, size)
