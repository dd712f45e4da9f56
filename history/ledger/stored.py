"""What the database keeps of the ledger, and the events it is about, as bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from history.ledger.growing import Growing
from history.ledger.hashing import WIDTH, entry_of, leaf_hash, split
from history.ledger.index_hashing import keys_of
from history.reading import Reading

EVENTS = """
    SELECT notification_id, originator_id, originator_version, topic, state FROM history.events
    WHERE notification_id > %(after)s ORDER BY notification_id LIMIT %(limit)s
"""
RECORDS = """
    SELECT notification_id, originator_id, originator_version, topic, state FROM history.events
    WHERE originator_id = ANY(%(ids)s) AND notification_id + 0 <= %(at)s ORDER BY notification_id
"""
TILE = "SELECT hashes, root FROM history.ledger_tiles WHERE level = %(level)s AND number = %(number)s"
# A tile, or what there is of one at the right edge, in one journey: the second part is only read where the first is nothing.
OR_ROOTS = """
    SELECT hashes FROM history.ledger_tiles WHERE level = %(level)s AND number = %(number)s
    UNION ALL (
        SELECT string_agg(root, '' ORDER BY number) FROM history.ledger_tiles
        WHERE level = %(level)s - 1 AND number >= 256 * %(number)s AND number < 256 * %(number)s + 256
    ) LIMIT 1
"""
OR_TAILS = """
    SELECT hashes FROM history.ledger_tiles WHERE level = 0 AND number = %(number)s
    UNION ALL (
        SELECT string_agg(tail, '' ORDER BY size) FROM history.ledger_checkpoints
        WHERE size > 256 * %(number)s AND size < 256 * %(number)s + 256
    ) LIMIT 1
"""
FROM_CHECKPOINTS: LiteralString = "SELECT size, extends, note, sealed_at FROM history.ledger_checkpoints "
NEWEST = FROM_CHECKPOINTS + "ORDER BY size DESC LIMIT 1"
AT = FROM_CHECKPOINTS + "WHERE size = %(size)s"
COVERING = FROM_CHECKPOINTS + "WHERE size >= %(position)s ORDER BY size LIMIT %(limit)s"
CHECKPOINTS = FROM_CHECKPOINTS + "WHERE size > %(after)s AND size <= %(to)s ORDER BY size LIMIT %(limit)s"
COUNT = "SELECT count(*) FROM history.events WHERE notification_id <= %(head)s"
TWICE = """
    SELECT notification_id FROM history.events WHERE notification_id <= %(head)s
    GROUP BY notification_id HAVING count(*) > 1 ORDER BY notification_id LIMIT 1
"""
TILES_TOO_MANY = """
    SELECT level, number FROM history.ledger_tiles
    WHERE number >= (SELECT coalesce(max(size), 0) FROM history.ledger_checkpoints) >> least(8 * (level + 1), 62)
    ORDER BY level, number LIMIT 20
"""
PAGE_OF_CHECKPOINTS = 1_000


class StoredEvent(NamedTuple):
    """An event as it lies in the database."""

    position: int
    record_id: UUID
    version: int
    topic: str
    state: bytes

    def entry(self, position: int | None = None) -> bytes:
        """What is hashed of it; or what would be, if it stood at another position."""
        # A number that no table of ours accepts, after somebody has changed the table, has no entry of its own.
        at = self.position if position is None else position
        return entry_of(at % 2**64, self.record_id.bytes, self.version % 2**64, self.topic, self.state)

    def leaf(self, position: int | None = None) -> bytes:
        """The hash of it."""
        return leaf_hash(self.entry(position))

    def keys(self) -> list[bytes]:
        """The entries of the index that it belongs to."""
        return keys_of(self.record_id.bytes, self.state)


class Checkpoint(NamedTuple):
    """A signed statement, and when it was made."""

    size: int
    extends: int | None
    note: str
    sealed_at: datetime


class Stored:
    """Reads the ledger. Every question raises Unavailable when the database is away."""

    def __init__(self, history: Reading) -> None:
        self.history, self._rows = history, history.rows

    def events(self, after: int, limit: int) -> list[StoredEvent]:
        """The next events after a position."""
        return [StoredEvent(*row) for row in self._rows(EVENTS, {"after": after, "limit": limit})]

    def of_records(self, ids: Collection[UUID], at: int) -> list[StoredEvent]:
        """All events of some records up to a position."""
        return [StoredEvent(*row) for row in self._rows(RECORDS, {"ids": list(ids), "at": at})]

    def covering(self, position: int) -> Iterator[Checkpoint]:
        """The checkpoints that an event is in, from the first: it never changes which that is."""
        limit = 1
        while page := self._rows(COVERING, {"position": position, "limit": limit}):
            yield from (Checkpoint(*row) for row in page)
            position, limit = page[-1][0] + 1, PAGE_OF_CHECKPOINTS

    def newest(self) -> Checkpoint | None:
        """The newest checkpoint."""
        return self._checkpoint(NEWEST, {})

    def checkpoint(self, size: int) -> Checkpoint | None:
        """The checkpoint of that size, if there is one."""
        return self._checkpoint(AT, {"size": size})

    def checkpoints(self, to: int) -> Iterator[Checkpoint]:
        """All checkpoints up to a size, from the first."""
        asked = {"after": 0, "to": to, "limit": PAGE_OF_CHECKPOINTS}
        while page := self._rows(CHECKPOINTS, asked):
            yield from (Checkpoint(*row) for row in page)
            asked["after"] = page[-1][0]

    def checkpoints_after(self, size: int, limit: int) -> list[Checkpoint]:
        """The next checkpoints after a size."""
        return [Checkpoint(*row) for row in self._rows(COVERING, {"position": size + 1, "limit": limit})]

    def tile(self, level: int, number: int) -> tuple[bytes, bytes] | None:
        """The hashes of a full tile one after the other, and the root over them."""
        found = self._rows(TILE, {"level": level, "number": number})
        return found[0] if found else None

    def row(self, level: int, number: int) -> list[bytes]:
        """The hashes of a tile, as many as there are: fewer than 256 at the right edge."""
        found = self._rows(OR_ROOTS if level else OR_TAILS, {"level": level, "number": number})
        return split(found[0][0] or b"")

    def tree(self, size: int) -> Growing:
        """The tree as it was at the newest checkpoint, ready to grow."""
        rows: list[list[bytes]] = []
        number = size
        while number:
            number, width = divmod(number, WIDTH)
            rows.append(self.row(len(rows), number)[:width])
        return Growing(rows)

    def first_position_taken_twice(self, head: int) -> int | None:
        """Where two events stand at one position, which an index forbids until somebody takes it away."""
        # Pages end at a position, and would pass over the second of two there: so events are counted.
        if self._rows(COUNT, {"head": head}) == [(head,)]:
            return None
        found = self._rows(TWICE, {"head": head})
        return int(found[0][0]) if found else None

    def tiles_too_many(self) -> list[tuple[int, int]]:
        """Tiles over events that no checkpoint covers: level and number."""
        return self._rows(TILES_TOO_MANY, {})

    def _checkpoint(self, statement: LiteralString, asked: dict[str, Any]) -> Checkpoint | None:
        found = self._rows(statement, asked)
        return Checkpoint(*found[0]) if found else None
