"""The hashes of the index: which events a record, a person, a commissioner or a placement has, all of them and no others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

RECORD = "record"
MEMBERS = ("about", "commissioner_id", "placement_id")
"""Members of a stored event that say whom or what it is about, beside its own record. A change of this list is a new index."""
LEVELS = 16
BUCKETS = 1 << LEVELS
NODE = b"\x03"
"""Stands before two neighbours that are hashed."""
BEGINS = "index 1 "
"""How the line of a checkpoint begins that has the root."""
IS_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch


class _Named(msgspec.Struct):
    about: Any = None
    commissioner_id: Any = None
    placement_id: Any = None


_decode = msgspec.json.Decoder(_Named).decode


def named_in(record_id: UUID, state: bytes) -> list[tuple[str, UUID]]:
    """Under which names and ids an event is found: its record, and whatever its stored bytes name."""
    return [(RECORD, record_id), *((member, UUID(id)) for member, id in _named_in(state))]


def key_of(name: str, id: UUID) -> bytes:
    """The key of an entry. It tells nothing of the id to who does not know it."""
    return sha256(b"\x05" + name.encode() + b"\x00" + id.bytes).digest()


def keys_of(record_id: bytes, state: bytes) -> list[bytes]:
    """The keys of the entries that an event belongs to."""
    hashed = _of_record.copy()
    hashed.update(record_id)
    keys = [hashed.digest()]
    try:
        named = _decode(state)
    except msgspec.MsgspecError:
        return keys
    for member in MEMBERS:
        value = getattr(named, member)
        if value is not None and isinstance(value, str) and (key := _key_of(member, value)):
            keys.append(key)
    return keys


_of_record = sha256(b"\x05" + RECORD.encode() + b"\x00")


@lru_cache(65_536)
def _key_of(name: str, id: str) -> bytes | None:
    # Events name the same few people and organisations again and again.
    return key_of(name, UUID(id)) if IS_ID(id) else None


def _named_in(state: bytes) -> list[tuple[str, str]]:
    try:
        named = _decode(state)
    except msgspec.MsgspecError:
        return []
    found = []
    for member in MEMBERS:
        value = getattr(named, member)
        if isinstance(value, str) and IS_ID(value):
            found.append((member, value))
    return found


def bucket_of(key: bytes) -> int:
    """The bucket of a key: its first 16 bits."""
    return key[0] << 8 | key[1]


def index_node(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(NODE + left + right).digest()


def climbed(bucket: int, hash: bytes, beside: Sequence[bytes]) -> bytes:
    """The root, from the hash of a bucket and its neighbours, the lowest first."""
    for other in beside:
        hash = index_node(other, hash) if bucket & 1 else index_node(hash, other)
        bucket >>= 1
    return hash
