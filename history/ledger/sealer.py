"""Seals the next events: their hashes, and a signed checkpoint over all up to there, in one transaction."""

from __future__ import annotations

from typing import Any

import psycopg

from history.ledger.checkpoints import head_of, read_checkpoint
from history.ledger.growing import Growing, Tile
from history.ledger.hashing import WIDTH
from history.ledger.notes import NotSigned, Signer
from history.ledger.stored import Stored
from history.reading import Reading

PAGE = 16
"""Tiles filled in one transaction, with one checkpoint, when it is behind."""
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
        try:
            fits = not newest or read_checkpoint(newest.note)[1:] == (self._tree.size, self._tree.root())
        except NotSigned:
            fits = False
        if not fits:
            raise Broken("the stored hashes do not have the root that was signed")

    @property
    def size(self) -> int:
        """How many events are sealed."""
        return self._tree.size

    def step(self) -> int:
        """Seal the next events, and say how many. After an error, a new sealer is needed.

        Raises Broken, psycopg.Error and Unavailable.
        """
        before = self._tree.size
        # To the end of a tile, so that no hash is stored twice.
        events = self._stored.events(before, self._page * WIDTH - before % WIDTH)
        if not events:
            return 0
        # An event may be seen a moment before it is on disk: nothing is signed that a crash could still take back.
        self._history.settle()
        tiles: list[Tile] = []
        for event in events:
            if event.position != self._tree.size + 1:
                raise Broken(f"position {event.position} stands where {self._tree.size + 1} belongs")
            tiles += self._tree.append(event.leaf())
        self._write(before, tiles)
        return len(events)

    def _write(self, before: int, tiles: list[Tile]) -> None:
        size = self._tree.size
        new = min(size - before, size % WIDTH)
        tail = b"".join(self._tree.unfinished[0][-new:]) if new else b""
        note = head_of(self._signer, size, self._tree.root()).signed_by(self._signer)
        with self._connection.transaction():
            # Whoever is shown a checkpoint may keep it: it has to outlive a crash, whatever the session's setting is.
            self._connection.execute("SET LOCAL synchronous_commit = on")
            if tiles:
                self._connection.execute(ADD_TILES, [list(column) for column in zip(*tiles, strict=True)])
            self._connection.execute(ADD_CHECKPOINT, (size, before or None, tail, note))
