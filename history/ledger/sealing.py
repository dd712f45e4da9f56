"""Follows the history, and seals it: every event is in a signed checkpoint about a second after it was written."""

from __future__ import annotations

import logging
import threading
from typing import Any

import psycopg

from history.ledger.checkpoints import head_of, read_checkpoint
from history.ledger.growing import Growing, Tile
from history.ledger.hashing import WIDTH
from history.ledger.notes import NotSigned, Signer
from history.ledger.stored import Stored
from history.patience import Unavailable
from history.reading import Reading
from history.waking import Waking

log = logging.getLogger(__name__)

PAGE = 16
"""Tiles filled in one transaction, with one checkpoint, when it is behind."""
RHYTHM = 1.0
"""Seconds from a checkpoint to the next, when it is not."""
GLANCE = 0.5
"""Seconds in which it notices that it should stop, or that it may lead."""
LONGEST_PAUSE = 5.0

LEAD = "SELECT pg_try_advisory_lock(4703268521017386340)"
ADD_TILES = """
    INSERT INTO history.ledger_tiles (level, number, hashes, root)
    SELECT * FROM unnest(%b::smallint[], %b::bigint[], %b::bytea[], %b::bytea[])
"""
ADD_CHECKPOINT = "INSERT INTO history.ledger_checkpoints (size, extends, tail, note) VALUES (%s, %s, %b, %s)"


class Broken(Exception):
    """What is stored does not fit together: nothing is signed on top of it. `verify` tells what is wrong."""


class Sealing:
    """One of any number of sealers, in any number of processes: one leads, the others stand by."""

    def __init__(
        self,
        dsn: str,
        history: Reading,
        signer: Signer,
        *,
        page: int = PAGE,
        rhythm: float = RHYTHM,
        waking: Waking | None = None,
    ) -> None:
        """`waking` may be shared with others of this process; without one, it listens for itself."""
        self._dsn, self._history, self._signer = dsn, history, signer
        self._page, self._rhythm, self._waking = page, rhythm, waking
        self.leads = threading.Event()
        """Set while it is this one that seals."""

    def run(self, stop: threading.Event) -> None:
        """Seal until told to stop. Whatever goes wrong is logged, and it begins again after a pause."""
        waking = self._waking or Waking(self._dsn)
        pause = 0.1
        try:
            while not stop.is_set():
                try:
                    self._lead(stop, waking)
                    pause = 0.1
                except (psycopg.OperationalError, psycopg.InterfaceError, Unavailable) as problem:
                    log.warning("the database is away, the ledger waits: %s", type(problem).__name__)
                except Exception:
                    log.exception("the ledger does not grow; trying again in %s seconds", pause)
                self.leads.clear()
                stop.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            if waking is not self._waking:
                waking.close()

    def _lead(self, stop: threading.Event, waking: Waking) -> None:
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as connection:
            # Asked again and again: to wait for the lock would be one long query, and keep the database from cleaning up.
            while connection.execute(LEAD).fetchone() != (True,):
                if stop.wait(GLANCE):
                    return
            self.leads.set()
            log.info("this process seals the history")
            sealer = Sealer(connection, self._history, self._signer, self._page)
            while not stop.is_set():
                sealed = sealer.step()
                if sealed and sealer.size % WIDTH:
                    # It is at the end. Events that come together are sealed together: a checkpoint has its price.
                    stop.wait(self._rhythm)
                elif not sealed:
                    waking.wait_beyond(sealer.size, GLANCE)


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
