"""Follows the history, and seals it: every event is in a signed checkpoint about a second after it was written."""

from __future__ import annotations

import logging
import threading
import time

import psycopg

from history.ledger.hashing import WIDTH
from history.ledger.notes import Signer
from history.ledger.sealer import PAGE, Sealer
from history.patience import Unavailable
from history.reading import Reading
from history.register.registering import Registrar
from history.waking import Waking

log = logging.getLogger(__name__)

RHYTHM = 1.0
"""Seconds from a checkpoint to the next, when it is not behind."""
REGISTER = 2.0
"""Seconds from one look at the rows beside the events to the next."""
GLANCE = 0.5
"""Seconds in which it notices that it should stop, or that it may lead."""
LONGEST_PAUSE = 5.0

LEAD = "SELECT pg_try_advisory_lock(4703268521017386340)"


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
            registrar, registered = Registrar(connection, self._signer), -REGISTER
            while not stop.is_set():
                sealed = sealer.step()
                if time.monotonic() - registered >= REGISTER:
                    registrar.step()
                    registered = time.monotonic()
                if sealed and sealer.size % WIDTH:
                    # It is at the end. Events that come together are sealed together: a checkpoint has its price.
                    stop.wait(self._rhythm)
                elif not sealed:
                    waking.wait_beyond(sealer.size, GLANCE)
