"""The hashes of the tree: RFC 9162, section 2.1.1.

This module, `checking`, `notes` and `checkpoints` need nothing else of the service: an auditor may take them along.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from struct import Struct

WIDTH = 256
"""Hashes of one tile (C2SP tlog-tiles)."""
HASH = 32
"""Bytes of one hash."""
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""

# Position, record id, version, length of the topic. Numbers are unsigned, the biggest byte first.
_BEFORE_TOPIC = Struct(">Q16sQH").pack
_BEFORE_STATE = Struct(">I").pack
# Copied and gone on with: that costs less than to begin anew.
_of_entry, _of_node = sha256(b"\x00"), sha256(b"\x01")


def entry_of(position: int, record_id: bytes, version: int, topic: str, state: bytes) -> bytes:
    """What is hashed of one event: no two events have the same, because every part has a known length."""
    name = topic.encode()
    return _BEFORE_TOPIC(position, record_id, version, len(name)) + name + _BEFORE_STATE(len(state)) + state


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one event."""
    hashed = _of_entry.copy()
    hashed.update(entry)
    return hashed.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees. The byte before keeps a node from ever being taken for an event."""
    hashed = _of_node.copy()
    hashed.update(left + right)
    return hashed.digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root of a tree with these leaves, or with these full subtrees of one height."""
    if not hashes:
        return EMPTY
    row = list(hashes)
    while len(row) > 1:
        # A last one without a neighbour moves up as it is: that gives the tree which the RFC splits from above.
        odd = row[-1:] if len(row) % 2 else []
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)] + odd
    return row[0]


def split(hashes: bytes) -> list[bytes]:
    """Hashes that are stored one after the other."""
    return [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
