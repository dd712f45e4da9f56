"""The events that come next, and of each only what it takes to seal it: that is half of what it costs to have them as events."""

from __future__ import annotations

from typing import NamedTuple

from history.ledger.hashing import entry_of, leaf_hash
from history.ledger.index_hashing import keys_of
from history.reading import Reading

# The id comes as the bytes that are hashed.
UNSEALED = """
    SELECT notification_id, uuid_send(originator_id), originator_version, topic, state FROM history.events
    WHERE notification_id > %(after)s ORDER BY notification_id LIMIT %(limit)s
"""


class Unsealed(NamedTuple):
    """The place of an event, its hash, and the entries of the index that it belongs to."""

    position: int
    leaf: bytes
    keys: list[bytes]


def unsealed(history: Reading, after: int, limit: int) -> list[Unsealed]:
    """The next events after a position. Raises Unavailable."""
    found = []
    for position, id, version, topic, state in history.rows(UNSEALED, {"after": after, "limit": limit}):
        # As `StoredEvent` has it: a version that no table of ours accepts has no bytes of its own.
        entry = entry_of(position, id, version % 2**64, topic, state)
        found.append(Unsealed(position, leaf_hash(entry), keys_of(id, state)))
    return found
