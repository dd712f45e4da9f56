"""The buckets of the index, as the bytes that are hashed: the entries of a bucket side by side, in the order of their keys."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from hashlib import sha256
from struct import Struct
from typing import NamedTuple

from history.ledger.hashing import HASH

KEY = HASH
COUNT = 8
_ENTRY = Struct(f">{KEY}sQ{HASH}s")
ENTRY = _ENTRY.size
"""Bytes of one entry."""
NOTHING = bytes(HASH)
"""The chain before its first event."""
_linked = sha256(b"\x04")
_of_bucket = sha256(b"\x02")


class Entry(NamedTuple):
    """What the index knows under one key: how many events, and the chain over their leaves."""

    key: bytes
    events: int = 0
    chain: bytes = NOTHING


def read(bucket: bytes) -> list[Entry]:
    """The entries in such bytes. Raises ValueError."""
    try:
        return [Entry(*fields) for fields in _ENTRY.iter_unpack(bucket)]
    except Exception as problem:
        raise ValueError("these are no entries of an index") from problem


def grown(bucket: bytes, key: bytes, leaves: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The bucket with more events under a key, and the entry that changed."""
    at, after, events, chain = _found(bucket, key) if bucket else (0, 0, 0, NOTHING)
    for leaf in leaves:
        linked = _linked.copy()
        linked.update(chain + leaf)
        chain = linked.digest()
    entry = key + (events + len(leaves)).to_bytes(COUNT) + chain
    return bucket[:at] + entry + bucket[after:] if bucket else entry, entry


def _found(bucket: bytes, key: bytes) -> tuple[int, int, int, bytes]:
    """Where the entry of a key begins and ends, or belongs, and what it says."""
    places = range(0, len(bucket), ENTRY)
    at = bisect_left(places, key, key=lambda place: bucket[place : place + KEY]) * ENTRY
    if not bucket.startswith(key, at):
        return at, at, 0, NOTHING
    _, events, chain = _ENTRY.unpack_from(bucket, at)
    return at, at + ENTRY, events, chain


def bucket_hash(bucket: bytes) -> bytes:
    """The hash of a bucket."""
    hashed = _of_bucket.copy()
    hashed.update(bucket)
    return hashed.digest()
