"""The index in memory, as far as it was needed: it takes in events, and proves what it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from history.ledger.hashing import WIDTH
from history.ledger.index_hashing import Entry, bucket_hash, bucket_of, written
from history.ledger.index_levels import EMPTY_BUCKET, EMPTY_TOP, Levels
from history.ledger.index_stored import Grown, StoredIndex

Indexed = tuple[Sequence[bytes], bytes]
"""The keys of one event, and its leaf."""
NEWEST = 2**63 - 1
MOST = 65_536
"""Entries remembered from one time to the next, unless the index is kept whole."""


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
        self._top = Levels(EMPTY_TOP, hashes)
        self._tops = hashes
        self._groups: dict[int, Levels] = {}
        self._buckets: dict[int, dict[bytes, Entry]] = {}
        self._held = 0
        """How many entries are remembered."""

    @property
    def root(self) -> bytes:
        """The root as it is now."""
        return self._top.root

    def take_in(self, events: Iterable[Indexed]) -> Grown:
        """Add the next events, in their order; what changed. Raises IndexBroken and Unavailable."""
        events = list(events)
        news: dict[bytes, list[bytes]] = {}
        for keys, leaf in events:
            for key in keys:
                news.setdefault(key, []).append(leaf)
        wanted: dict[int, list[bytes]] = {}
        for key in news:
            wanted.setdefault(bucket_of(key), []).append(key)
        self._load(wanted)
        grown: list[tuple[Entry, bytes]] = []
        by_group: dict[int, dict[int, bytes]] = {}
        for number, keys in wanted.items():
            bucket = self._buckets[number]
            before = len(bucket)
            for key in keys:
                bucket[key] = (bucket.get(key) or Entry(key)).then(news[key])
            self._held += len(bucket) - before
            hash = bucket_hash(bucket.values())
            for key in keys:
                grown.append((bucket[key], hash))
            by_group.setdefault(number >> 8, {})[number % WIDTH] = hash
        for group, put in by_group.items():
            self._groups[group].put(put)
            self._tops[group] = self._groups[group].root
        self._top.put({group: self._tops[group] for group in by_group})
        self.size += len(events)
        self._forget_some()
        return Grown(self.size, grown, [(group, self._tops[group]) for group in by_group])

    def proofs(self, keys: Sequence[bytes]) -> list[InIndex]:
        """What there is under some keys. Raises IndexBroken and Unavailable."""
        self._load({bucket_of(key) for key in keys})
        found = []
        for key in keys:
            number = bucket_of(key)
            beside = self._groups[number >> 8].beside(number % WIDTH) + self._top.beside(number >> 8)
            found.append(InIndex(written(self._buckets[number].values()), beside))
        return found

    def _load(self, wanted: Collection[int]) -> None:
        missing = [number for number in wanted if number not in self._buckets]
        if not missing:
            return
        stored = self._stored.entries(missing, self.size)
        for group in {number >> 8 for number in missing} - self._groups.keys():
            levels = Levels(EMPTY_BUCKET, self._stored.buckets(group, self.size))
            if levels.root != self._tops.get(group, EMPTY_TOP):
                raise IndexBroken(f"the buckets under {group} have another root than the stored one")
            self._groups[group] = levels
        for number in missing:
            entries = stored.get(number, ())
            hash = bucket_hash(entries) if entries else EMPTY_BUCKET
            if hash != self._groups[number >> 8].hash(number % WIDTH):
                raise IndexBroken(f"bucket {number} has another hash than the stored one")
            self._buckets[number] = {entry.key: entry for entry in entries}
            self._held += len(entries)

    def _forget_some(self) -> None:
        # What was read first goes first.
        while self._held > MOST and not self._whole:
            self._held -= len(self._buckets.pop(next(iter(self._buckets))))
