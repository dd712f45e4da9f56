"""Whether the stored rows of the index are those that the events make, each of them, at each checkpoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import LiteralString, NamedTuple

from history.ledger.index_buckets import read
from history.ledger.index_hashing import bucket_of
from history.ledger.index_stored import Grown
from history.reading import Reading

PAGE = 20_000
ENTRIES: LiteralString = """
    SELECT bucket, size, key, count, chain, bucket_hash FROM history.ledger_index
    WHERE (bucket, size, key) > (%(bucket)s, %(size)s, %(key)s) ORDER BY bucket, size, key LIMIT %(limit)s
"""
BEYOND: LiteralString = """
    WITH sealed AS (SELECT max(size) AS size FROM history.ledger_checkpoints)
    SELECT DISTINCT 'ledger_index', i.size FROM history.ledger_index i, sealed WHERE i.size > sealed.size
    UNION
    SELECT 'ledger_index_tops', i.size FROM history.ledger_index_tops i, sealed WHERE i.size > sealed.size
    LIMIT 20
"""
TOPS: LiteralString = "SELECT number, size, hash FROM history.ledger_index_tops"


class AtSize(NamedTuple):
    """Rows of a table that were written with one checkpoint."""

    table: str
    size: int


class IndexRows:
    """Remembers a sum over the rows of each checkpoint, and not the rows: there are several for each event."""

    def __init__(self) -> None:
        self._sums: Counter[AtSize] = Counter()
        self._from: int | None = None
        """The first size that is known: older rows were made up for in steps of their own."""
        self._to = 0

    def expect(self, grown: Grown, begins: bool) -> None:
        """The rows of the next checkpoint. `begins`: there is none before it."""
        if self._from is None:
            self._from = 1 if begins else grown.size + 1
        self._to = grown.size
        for entry, hash in zip(grown.entries, grown.buckets, strict=True):
            [(key, events, chain)] = read(entry)
            self._add("ledger_index", grown.size, (bucket_of(key), key, events, chain, hash))
        for number, hash in grown.tops.items():
            self._add("ledger_index_tops", grown.size, (number, hash))

    def wrong(self, history: Reading) -> Iterator[AtSize]:
        """Where the stored rows are others. Raises Unavailable."""
        if self._from is None:
            return
        yield from (AtSize(*row) for row in history.rows(BEYOND, {}))
        expected, self._sums = self._sums, Counter()
        for bucket, size, key, count, chain, hash in _entries(history):
            self._add("ledger_index", size, (bucket, key, count, chain, hash))
        for number, size, hash in history.rows(TOPS, {}):
            self._add("ledger_index_tops", size, (number, hash))
        for at in sorted(expected.keys() | self._sums.keys()):
            if self._from <= at.size <= self._to and expected[at] != self._sums[at]:
                yield at

    def _add(self, table: str, size: int, row: tuple[object, ...]) -> None:
        # Python's own hash is keyed anew in each process, so nobody can make rows whose sum is right.
        self._sums[AtSize(table, size)] += hash(row) | 1


def _entries(history: Reading) -> Iterator[tuple[int, int, bytes, int, bytes, bytes]]:
    at = {"bucket": -1, "size": 0, "key": b"", "limit": PAGE}
    while page := history.rows(ENTRIES, at):
        yield from page
        at |= {"bucket": page[-1][0], "size": page[-1][1], "key": page[-1][2]}
