"""The index as docs/ledger.md defines it, word for word, and slow: what the ledger's is compared with."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from history.ledger.stored import StoredEvent

A_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def plain_key(name: str, id: str) -> bytes:
    """The key of what has this name and id."""
    return sha256(b"\x05" + name.encode() + b"\x00" + UUID(id).bytes).digest()


def plain_entries(events: Iterable[StoredEvent]) -> dict[bytes, tuple[int, bytes]]:
    """For each key how many events, and the chain over them."""
    found: dict[bytes, tuple[int, bytes]] = defaultdict(lambda: (0, bytes(32)))
    for event in events:
        names = [("record", str(event.record_id))]
        try:
            told = json.loads(event.state)
        except ValueError:
            told = {}
        for member in ("about", "commissioner_id", "placement_id"):
            if (
                isinstance(told, dict)
                and isinstance(value := told.get(member), str)
                and A_UUID.fullmatch(value)
            ):
                names.append((member, value))
        for name, id in names:
            count, chain = found[plain_key(name, id)]
            found[plain_key(name, id)] = count + 1, sha256(b"\x04" + chain + event.leaf()).digest()
    return found


def plain_root(events: Iterable[StoredEvent]) -> bytes:
    """The root over all 65,536 buckets."""
    buckets: dict[int, bytes] = defaultdict(bytes)
    for key, (count, chain) in sorted(plain_entries(events).items()):
        buckets[int.from_bytes(key[:2])] += key + count.to_bytes(8) + chain
    row = [sha256(b"\x02" + buckets.get(number, b"")).digest() for number in range(65_536)]
    while len(row) > 1:
        row = [sha256(b"\x03" + row[i] + row[i + 1]).digest() for i in range(0, len(row), 2)]
    return row[0]
