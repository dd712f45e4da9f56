"""Seals the next events: their hashes, the index, and a signed checkpoint over all up to there, in one transaction."""

from __future__ import annotations

from typing import Any

import psycopg

from history.collecting import nothing_collected
from history.ledger.checkpoints import Head, head_of, read_checkpoint
from history.ledger.growing import Growing, Tile
from history.ledger.hashing import WIDTH
from history.ledger.index_growing import Index, IndexBroken
from history.ledger.index_stored import Grown, StoredIndex
from history.ledger.notes import NotSigned, Signer
from history.ledger.stored import Stored
from history.ledger.unsealed import Unsealed, unsealed
from history.reading import Reading

PAGE = 16
"""Tiles filled in one transaction, with one checkpoint, when it is behind."""
CATCH_UP = 65_536
"""Events indexed in one step, where they were sealed before there was an index."""
ADD_TILES = """
    INSERT INTO history.ledger_tiles (level, number, hashes, root)
    SELECT * FROM unnest(%b::smallint[], %b::bigint[], %b::bytea[], %b::bytea[])
"""
ADD_CHECKPOINT = "INSERT INTO history.ledger_checkpoints (size, extends, tail, note) VALUES (%s, %s, %b, %s)"


class Broken(Exception):
    """What is stored does not fit together: nothing is signed on top of it. `verify` tells what is wrong."""


class Sealer:
    """What the one who leads does, on the connection that holds the lead: without that, nothing can be written."""

    def __init__(
        self, connection: psycopg.Connection[Any], history: Reading, signer: Signer, page: int = PAGE
    ) -> None:
        """Goes on where the newest checkpoint ended. Raises Broken."""
        self._connection, self._history, self._signer, self._page = connection, history, signer, page
        self._stored = Stored(history)
        newest = self._stored.newest()
        self._tree = self._stored.tree(newest.size) if newest else Growing()
        self._index = Index(StoredIndex(history))
        try:
            fits = self._fits(read_checkpoint(newest.note)) if newest else not self._index.size
        except NotSigned:
            fits = False
        if not fits:
            raise Broken("the stored hashes do not have the root that was signed")

    @property
    def size(self) -> int:
        """How many events are sealed."""
        return self._tree.size

    @nothing_collected()
    def step(self) -> int:
        """Seal the next events, and say how many. After an error, a new sealer is needed.

        Raises Broken, psycopg.Error and Unavailable.
        """
        if self._index.size < self._tree.size:
            return self._index_what_was_sealed_before()
        before = self._tree.size
        # To the end of a tile, so that no hash is stored twice.
        events = unsealed(self._history, before, self._page * WIDTH - before % WIDTH)
        if not events:
            return 0
        # An event may be seen a moment before it is on disk: nothing is signed that a crash could still take back.
        self._history.settle()
        tiles: list[Tile] = []
        for place, event in enumerate(events, before + 1):
            if event.position != place:
                raise Broken(f"position {event.position} stands where {place} belongs")
            tiles += self._tree.append(event.leaf)
        self._write(before, tiles, self._take_in(events))
        return len(events)

    def _fits(self, head: Head) -> bool:
        """Whether what is stored is what was signed; where nobody signed an index yet, there is as much of one as there is."""
        has_index = head.index_root is None or (head.index_root, head.size) == (
            self._index.root,
            self._index.size,
        )
        return (
            (head.size, head.root) == (self._tree.size, self._tree.root())
            and has_index
            and self._index.size <= head.size
        )

    def _index_what_was_sealed_before(self) -> int:
        """A history that is older than the index has it made up for, a page at a time; the next checkpoint signs it."""
        done = self._index.size
        events = unsealed(self._history, done, min(CATCH_UP, self._tree.size - done))
        grown = self._take_in(events)
        with self._connection.transaction():
            grown.write(self._connection)
        return len(events)

    def _take_in(self, events: list[Unsealed]) -> Grown:
        try:
            return self._index.take_in([(event.keys, event.leaf) for event in events])
        except IndexBroken as problem:
            raise Broken(str(problem)) from problem

    def _write(self, before: int, tiles: list[Tile], grown: Grown) -> None:
        size = self._tree.size
        new = min(size - before, size % WIDTH)
        tail = b"".join(self._tree.unfinished[0][-new:]) if new else b""
        note = head_of(self._signer, size, self._tree.root(), self._index.root).signed_by(self._signer)
        with self._connection.transaction():
            # Whoever is shown a checkpoint may keep it: it has to outlive a crash, whatever the session's setting is.
            self._connection.execute("SET LOCAL synchronous_commit = on")
            if tiles:
                self._connection.execute(ADD_TILES, [list(column) for column in zip(*tiles, strict=True)])
            self._connection.execute(ADD_CHECKPOINT, (size, before or None, tail, note))
            grown.write(self._connection)
