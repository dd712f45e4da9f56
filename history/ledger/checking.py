"""Checks proofs: RFC 9162, sections 2.1.3.2 and 2.1.4.2. Whoever checks needs to trust nobody who made them."""

from __future__ import annotations

from collections.abc import Sequence

from history.ledger.hashing import node_hash


def includes(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a tree of this size and root has this leaf at this index, counted from 0."""
    if not 0 <= index < size:
        return False
    at, last, hash = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hash = node_hash(beside, hash)
            at, last = _climb(at, last)
        else:
            hash = node_hash(hash, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and hash == root


def extends(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a tree begins with all leaves of an older one, in their order, and nothing among them."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return old_root == root and not proof
    # A full subtree of the new tree needs no hash of its own in the proof: who asks has it.
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            at, last = _climb(at, last)
        else:
            new = node_hash(new, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == root


def _climb(at: int, last: int) -> tuple[int, int]:
    """Past the levels on which the way up meets no neighbour."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last
