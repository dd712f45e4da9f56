"""The tree as RFC 9162 defines it, word for word, and slow: what the ledger is compared with."""

from collections.abc import Sequence
from hashlib import sha256


def tree_hash(data: Sequence[bytes]) -> bytes:
    """Section 2.1.1: the Merkle Tree Hash of an ordered list."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = largest_power_below(len(data))
    return sha256(b"\x01" + tree_hash(data[:k]) + tree_hash(data[k:])).digest()


def path(m: int, data: Sequence[bytes]) -> list[bytes]:
    """Section 2.1.3.1: the inclusion proof for an entry."""
    if len(data) == 1:
        return []
    k = largest_power_below(len(data))
    if m < k:
        return [*path(m, data[:k]), tree_hash(data[k:])]
    return [*path(m - k, data[k:]), tree_hash(data[:k])]


def consistency(m: int, data: Sequence[bytes]) -> list[bytes]:
    """Section 2.1.4.1: the consistency proof between the first m entries and all."""
    return _subproof(m, data, True)


def _subproof(m: int, data: Sequence[bytes], b: bool) -> list[bytes]:
    n = len(data)
    if m == n:
        return [] if b else [tree_hash(data)]
    k = largest_power_below(n)
    if m <= k:
        return [*_subproof(m, data[:k], b), tree_hash(data[k:])]
    return [*_subproof(m - k, data[k:], False), tree_hash(data[:k])]


def largest_power_below(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k
