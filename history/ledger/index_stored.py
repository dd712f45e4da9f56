"""What the database keeps of the index, as it was at any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import psycopg

from history.arrays import Bigints, Byteas, bigints
from history.ledger.hashing import HASH
from history.ledger.index_hashing import Entry
from history.reading import Reading

ENTRIES = """
    SELECT DISTINCT ON (bucket, key) bucket, key, count, chain FROM history.ledger_index
    WHERE bucket = ANY(%(buckets)s) AND size <= %(at)s ORDER BY bucket, key, size DESC
"""
BUCKETS = """
    SELECT asked.bucket - %(first)s, newest.bucket_hash
    FROM generate_series(%(first)s, %(first)s + 255) AS asked (bucket)
    CROSS JOIN LATERAL (
        SELECT bucket_hash FROM history.ledger_index
        WHERE bucket = asked.bucket AND size <= %(at)s ORDER BY size DESC LIMIT 1
    ) AS newest
"""
TOPS = """
    SELECT asked.number, newest.hash, newest.size FROM generate_series(0, 255) AS asked (number)
    CROSS JOIN LATERAL (
        SELECT hash, size FROM history.ledger_index_tops
        WHERE number = asked.number AND size <= %(at)s ORDER BY size DESC LIMIT 1
    ) AS newest
"""
ADD_ENTRIES = """
    INSERT INTO history.ledger_index (bucket, size, key, count, chain, bucket_hash)
    SELECT get_byte(key, 0) << 8 | get_byte(key, 1), %b::bigint, key, count, chain, hash
    FROM unnest(%b, %b, %b, %b) AS grown (key, count, chain, hash)
"""
ADD_TOPS = """
    INSERT INTO history.ledger_index_tops (number, size, hash)
    SELECT * FROM unnest(%b::integer[], %b::bigint[], %b::bytea[])
"""

LENGTH = HASH.to_bytes(4, "big")
"""Stands before each hash that is sent in an array."""


class Grown(NamedTuple):
    """What changed in the index with some events."""

    size: int
    entries: Sequence[tuple[Entry, bytes]]
    """Each entry with the hash of its bucket."""
    tops: Sequence[tuple[int, bytes]]

    def write(self, connection: psycopg.Connection[Any]) -> None:
        """Store it."""
        counts = bigints(entry.events for entry, _ in self.entries)
        columns = [
            _hashes([entry.key for entry, _ in self.entries]),
            Bigints(len(self.entries), counts),
            _hashes([entry.chain for entry, _ in self.entries]),
            _hashes([hash for _, hash in self.entries]),
        ]
        connection.execute(ADD_ENTRIES, [self.size, *columns])
        tops = [(number, self.size, hash) for number, hash in self.tops]
        connection.execute(ADD_TOPS, [list(column) for column in zip(*tops, strict=True)])


def _hashes(hashes: Sequence[bytes]) -> Byteas:
    return Byteas(len(hashes), b"".join([LENGTH + hash for hash in hashes]))


class StoredIndex:
    """Reads the index as it was at a size. Every question raises Unavailable when the database is away."""

    def __init__(self, history: Reading) -> None:
        self._rows = history.rows

    def entries(self, buckets: Collection[int], at: int) -> dict[int, list[Entry]]:
        """All entries of these buckets."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for bucket, *entry in self._rows(ENTRIES, {"buckets": list(buckets), "at": at}):
            found[bucket].append(Entry(*entry))
        return found

    def buckets(self, top: int, at: int) -> dict[int, bytes]:
        """The hashes of those of the 256 buckets under a top that are not empty."""
        return dict(self._rows(BUCKETS, {"first": top << 8, "at": at}))

    def tops(self, at: int) -> tuple[dict[int, bytes], int]:
        """The tops that are not empty, and how many events the index covers."""
        found = self._rows(TOPS, {"at": at})
        return {number: hash for number, hash, _ in found}, max((size for _, _, size in found), default=0)


class NoIndex(StoredIndex):
    """An index in which nothing is yet."""

    def __init__(self) -> None:
        """Needs no database."""

    def entries(self, buckets: Collection[int], at: int) -> dict[int, list[Entry]]:
        """None."""
        return {}

    def buckets(self, top: int, at: int) -> dict[int, bytes]:
        """None."""
        return {}

    def tops(self, at: int) -> tuple[dict[int, bytes], int]:
        """None."""
        return {}, 0
