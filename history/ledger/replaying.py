"""Builds the tree again from the stored events, and compares it with what is stored and signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from history.ledger.checkpoints import Head
from history.ledger.diagnosing import Fault, diagnose
from history.ledger.growing import Growing, Tile
from history.ledger.hashing import WIDTH
from history.ledger.index_comparing import IndexRows
from history.ledger.index_growing import Index, Indexed
from history.ledger.index_stored import NoIndex
from history.ledger.stored import Stored, StoredEvent

PAGE = 2_048
BEFORE_ALL = -(2**63)
"""The lowest position that a column can hold: what stands before the first is wrong as well."""


class Replay:
    """One walk through all events. It ends at the first wrong one: after that, nothing can be as it was."""

    def __init__(
        self,
        stored: Stored,
        signed: Mapping[int, Sequence[Head]],
        sealed: int,
        head: int,
        each: Callable[[Sequence[StoredEvent]], None] | None = None,
    ) -> None:
        """`signed`: what is signed, by size; `sealed`: how far stored hashes reach; `head`: the last position.

        `each` is shown every page of events, also those after the first wrong one.
        """
        self._each = each
        self._rows = IndexRows()
        self._stored, self._signed, self._sealed, self._head = stored, signed, sealed, head
        self._tree = Growing()
        self._index = Index(NoIndex(), whole=True)
        self._unindexed: list[Indexed] = []
        self._indexed = 0
        self._row: list[bytes] = []
        self._good = 0
        """The size of the last signed tree that the events agree with."""
        self._suspect: int | None = None
        """The first event after it that the stored hashes do not agree with."""
        self._doubts: list[Fault] = []
        """Stored hashes that do not agree with the events. Who is right, the next signed root says."""
        self._found: list[Fault] = []

    def faults(self, progress: Callable[[int], None]) -> list[Fault]:
        """What is wrong."""
        if self._walk(progress):
            if self._suspect is not None:
                self._blame(None)
            self._found += self._doubts
            self._end()
        return self._found

    def rows_of_the_index(self) -> Iterator[Fault]:
        """Which stored rows of the index are wrong; to be asked where nothing else is, because each checkpoint has its own."""
        for at in self._rows.wrong(self._stored.history):
            words = f"rows of {at.table} at the checkpoint {at.size} are not those of the events"
            yield Fault("index", None, at.size, words)

    def _walk(self, progress: Callable[[int], None]) -> bool:
        good = True
        for page in self._pages():
            if self._each:
                self._each(page)
            good = good and all(
                self._stands_where_it_belongs(event) and self._is_as_signed(event) for event in page
            )
            if not good and not self._each:
                break
            progress(page[-1].position)
        return good

    def _pages(self) -> Iterator[list[StoredEvent]]:
        after = BEFORE_ALL
        while after < self._head and (page := self._stored.events(after, PAGE)):
            yield page if page[-1].position <= self._head else [e for e in page if e.position <= self._head]
            after = page[-1].position

    def _stands_where_it_belongs(self, event: StoredEvent) -> bool:
        place = self._tree.size + 1
        if event.position == place:
            return True
        if self._suspect is not None:
            self._blame(None)
        elif event.position > place:
            self._found.append(Fault("missing", place, None, f"there is no event at {place}"))
        else:
            words = f"an event was put in at {event.position}, beside those that belong there"
            self._found.append(Fault("inserted", event.position, None, words))
        return False

    def _is_as_signed(self, event: StoredEvent) -> bool:
        leaf = event.leaf()
        self._unindexed.append((event.keys(), leaf))
        if self._suspect is None and event.position <= self._sealed and leaf != self._sealed_hash():
            self._suspect = event.position
        for tile in self._tree.append(leaf):
            self._compare(tile)
        size = self._tree.size
        for head in self._signed.get(size, ()):
            if head.root != self._tree.root():
                self._blame(size)
                return False
            self._trust(size)
            self._compare_index(head)
        return True

    def _compare_index(self, head: Head) -> None:
        """The events are as they were signed; whether the index that was signed with them is theirs."""
        if head.index_root is None:
            return
        if self._unindexed:
            begins = self._indexed == 0 and not any(size < head.size for size in self._signed)
            self._rows.expect(self._index.take_in(self._unindexed), begins)
            self._indexed, self._unindexed = head.size, []
        if head.index_root != self._index.root:
            words = f"the index signed at {head.size} is not that of the events"
            self._found.append(Fault("index", None, head.size, words))

    def _sealed_hash(self) -> bytes | None:
        number, within = divmod(self._tree.size, WIDTH)
        if within == 0 or not self._row:
            self._row = self._stored.row(0, number)
        return self._row[within] if within < len(self._row) else None

    def _compare(self, tile: Tile) -> None:
        if self._tree.size <= self._sealed and self._stored.tile(tile.level, tile.number) != tile[2:]:
            words = f"tile {tile.number} of level {tile.level} has not the hashes of the events"
            self._doubts.append(Fault("hashes", None, None, words))

    def _trust(self, size: int) -> None:
        """The signed root is that of the events: where stored hashes are others, these are wrong."""
        if self._suspect is not None and not self._doubts:
            words = (
                f"the stored hash of the event at {self._suspect} is wrong, and the event is as it was signed"
            )
            self._doubts.append(Fault("hashes", None, size, words))
        self._found += self._doubts
        self._good, self._suspect, self._doubts = size, None, []

    def _blame(self, size: int | None) -> None:
        """The signed root is not that of the events, or there is none to say so."""
        self._doubts = []
        if self._suspect is None:
            words = f"the stored events have another root than the one signed at {size}: {self._good + 1} or one after it is wrong"
            self._found.append(Fault("root", self._good + 1, size, words))
            return
        at = self._suspect
        number, within = divmod(at - 1, WIDTH)
        sealed = (self._stored.row(0, number) + self._stored.row(0, number + 1))[within:]
        kind, words = diagnose(at, self._stored.events(at - 1, WIDTH), sealed)
        self._found.append(Fault(kind, at, size, words))

    def _end(self) -> None:
        size = self._tree.size
        furthest = max([self._sealed, *self._signed])
        if furthest > size:
            words = f"there is no event at {size + 1}, nor after it up to {furthest}"
            self._found.append(Fault("missing", size + 1, furthest, words))
        for level, number in self._stored.tiles_too_many():
            words = f"there is a tile {number} of level {level} over events that are not sealed"
            self._found.append(Fault("hashes", None, None, words))
        twice = self._stored.first_position_taken_twice(self._head)
        if twice is not None:
            self._found.append(Fault("inserted", twice, None, f"two events stand at {twice}"))
