"""The index in memory, as far as it was needed: it takes in events, and proves what it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from history.ledger.hashing import WIDTH
from history.ledger.index_buckets import bucket_hash, grown
from history.ledger.index_hashing import bucket_of
from history.ledger.index_levels import EMPTY_BUCKET, Levels
from history.ledger.index_stored import Grown, StoredIndex

Indexed = tuple[Sequence[bytes], bytes]
"""The keys of one event, and its leaf."""
NEWEST = 2**63 - 1
MOST = 2**24
"""Bytes of buckets remembered from one time to the next, unless the index is kept whole."""


class IndexBroken(Exception):
    """The stored index does not fit together."""


class InIndex(NamedTuple):
    """The proof of what the index has under a key, or that it has nothing there."""

    bucket: bytes
    """All entries of the bucket."""
    beside: Sequence[bytes]
    """The neighbours from the bucket to the root."""


class Index:
    """The index at one size. What it reads from the database it compares with the hashes above it."""

    def __init__(self, stored: StoredIndex, at: int = NEWEST, *, whole: bool = False) -> None:
        """As it was `at` a size. `whole`: all that it takes in stays in memory. Raises Unavailable."""
        self._stored, self._whole = stored, whole
        hashes, self.size = stored.tops(at)
        self._levels = Levels(hashes)
        self._buckets: dict[int, bytes] = {}
        self._held = 0
        """Bytes of them."""

    @property
    def root(self) -> bytes:
        """The root as it is now."""
        return self._levels.root

    def take_in(self, events: Collection[Indexed]) -> Grown:
        """Add the next events, in their order; what changed. Raises IndexBroken and Unavailable."""
        news: dict[bytes, list[bytes]] = defaultdict(list)
        for of_event, leaf in events:
            for key in of_event:
                news[key].append(leaf)
        # Side by side in the database, too: the place of the next is found beside the one before.
        keys = sorted(news)
        numbers = list(map(bucket_of, keys))
        changed = dict.fromkeys(numbers, b"")
        self._load(changed)
        buckets, entries = self._buckets, []
        self._held -= sum(map(len, map(buckets.__getitem__, changed)))
        for number, key in zip(numbers, keys, strict=True):
            buckets[number], entry = grown(buckets[number], key, news[key])
            entries.append(entry)
        self._held += sum(map(len, map(buckets.__getitem__, changed)))
        for number in changed:
            changed[number] = bucket_hash(buckets[number])
        self._levels.put(changed)
        self.size += len(events)
        self._forget_some()
        tops = {number // WIDTH: self._levels.top(number // WIDTH) for number in changed}
        return Grown(self.size, entries, [changed[number] for number in numbers], tops)

    def proofs(self, keys: Sequence[bytes]) -> list[InIndex]:
        """What there is under some keys. Raises IndexBroken and Unavailable."""
        numbers = [bucket_of(key) for key in keys]
        self._load(set(numbers))
        return [InIndex(self._buckets[number], self._levels.beside(number)) for number in numbers]

    def _load(self, wanted: Collection[int]) -> None:
        missing = [number for number in wanted if number not in self._buckets]
        for group in {number // WIDTH for number in missing}:
            if not (
                self._levels.knows(group) or self._levels.learn(group, self._stored.hashes(group, self.size))
            ):
                raise IndexBroken(f"the buckets under {group} have another root than the stored one")
        # The hash of an empty bucket says that there is nothing to be read.
        filled = {number: hash for number in missing if (hash := self._levels.bucket(number)) != EMPTY_BUCKET}
        stored = self._stored.buckets(filled, self.size) if filled else {}
        for number, hash in filled.items():
            if bucket_hash(stored.get(number, b"")) != hash:
                raise IndexBroken(f"bucket {number} has another hash than the stored one")
        for number in missing:
            self._buckets[number] = stored.get(number, b"")
        self._held += sum(map(len, stored.values()))

    def _forget_some(self) -> None:
        # What was read first goes first.
        while self._held > MOST and not self._whole:
            self._held -= len(self._buckets.pop(next(iter(self._buckets))))
