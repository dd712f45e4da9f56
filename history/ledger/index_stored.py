"""What the database keeps of the index, as it was at any size."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import psycopg

from history.arrays import Array, Bigints, Byteas
from history.ledger.hashing import HASH
from history.ledger.index_buckets import COUNT, KEY
from history.reading import Reading

BUCKETS = """
    SELECT bucket, string_agg(key || int8send(count) || chain, '' ORDER BY key) FROM (
        SELECT DISTINCT ON (bucket, key) bucket, key, count, chain FROM history.ledger_index
        WHERE bucket = ANY(%(numbers)s) AND size <= %(at)s ORDER BY bucket, key, size DESC
    ) AS newest
    GROUP BY bucket
"""
HASHES = """
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


class Grown(NamedTuple):
    """What changed in the index with some events."""

    size: int
    entries: Sequence[bytes]
    """As they stand in their buckets, in the order of their keys."""
    buckets: Sequence[bytes]
    """Beside each entry the hash of its bucket."""
    tops: Mapping[int, bytes]

    def write(self, connection: psycopg.Connection[Any]) -> None:
        """Store it."""
        columns = [
            _column(Byteas, KEY, [entry[:KEY] for entry in self.entries]),
            _column(Bigints, COUNT, [entry[KEY:-HASH] for entry in self.entries]),
            _column(Byteas, HASH, [entry[-HASH:] for entry in self.entries]),
            _column(Byteas, HASH, self.buckets),
        ]
        connection.execute(ADD_ENTRIES, [self.size, *columns])
        tops = [(number, self.size, hash) for number, hash in self.tops.items()]
        connection.execute(ADD_TOPS, [list(column) for column in zip(*tops, strict=True)])


def _column(kind: type[Array], length: int, elements: Sequence[bytes]) -> Array:
    """Elements that are all of one length, which stands before each of them."""
    before = length.to_bytes(4)
    return kind(len(elements), before + before.join(elements) if elements else b"")


class StoredIndex:
    """Reads the index as it was at a size. Every question raises Unavailable when the database is away."""

    def __init__(self, history: Reading) -> None:
        self._rows = history.rows

    def buckets(self, numbers: Collection[int], at: int) -> dict[int, bytes]:
        """Those of these buckets in which there is something."""
        return dict(self._rows(BUCKETS, {"numbers": list(numbers), "at": at}))

    def hashes(self, group: int, at: int) -> dict[int, bytes]:
        """The hashes of those of the 256 buckets of a group that are not empty."""
        return dict(self._rows(HASHES, {"first": group << 8, "at": at}))

    def tops(self, at: int) -> tuple[dict[int, bytes], int]:
        """The tops that are not empty, and how many events the index covers."""
        found = self._rows(TOPS, {"at": at})
        return {number: hash for number, hash, _ in found}, max((size for _, _, size in found), default=0)


class NoIndex(StoredIndex):
    """An index in which nothing is yet."""

    def __init__(self) -> None:
        """Needs no database."""

    def buckets(self, numbers: Collection[int], at: int) -> dict[int, bytes]:
        """None."""
        return {}

    def hashes(self, group: int, at: int) -> dict[int, bytes]:
        """None."""
        return {}

    def tops(self, at: int) -> tuple[dict[int, bytes], int]:
        """None."""
        return {}, 0
