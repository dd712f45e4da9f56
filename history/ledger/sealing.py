"""Follows the history, and seals it: an event is in a signed checkpoint a second after it was written, or two when many are."""

from __future__ import annotations

import threading
import time
from typing import Any

import psycopg

from history.job import GLANCE, Job
from history.ledger.hashing import WIDTH
from history.ledger.notes import Signer
from history.ledger.sealer import PAGE, Sealer
from history.reading import Reading
from history.register.registering import Registrar

RHYTHM = 1.0
"""Seconds from a checkpoint to the next, when it is not behind."""
BUSY = WIDTH
"""Events since the checkpoint before from which on the next may take twice as long: an event in a large one costs two thirds of what it
costs in a small one, because more of them share the hashes above them."""
REGISTER = 2.0
"""Seconds from one look at the rows beside the events to the next."""


class Sealing(Job):
    """One of any number of sealers, in any number of processes: one leads, the others stand by."""

    name = "ledger"
    words = "seals the history"
    lock = 4703268521017386340

    def __init__(
        self,
        dsn: str,
        history: Reading,
        signer: Signer,
        *,
        page: int = PAGE,
        rhythm: float = RHYTHM,
    ) -> None:
        """`page`: tiles filled in one transaction; `rhythm`: seconds from a checkpoint to the next."""
        super().__init__(dsn)
        self._history, self._signer = history, signer
        self._page, self._rhythm = page, rhythm

    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Seal whatever is new, and register what lies beside it."""
        sealer = Sealer(connection, self._history, self._signer, self._page)
        registrar, registered = Registrar(connection, self._signer), -REGISTER
        while not stop.is_set():
            self.well()
            sealed = sealer.step()
            if time.monotonic() - registered >= REGISTER:
                registrar.step()
                registered = time.monotonic()
            if sealed and sealer.size % WIDTH:
                # It is at the end. Events that come together are sealed together: a checkpoint has its price.
                stop.wait(self._rhythm * (2 if sealed >= BUSY else 1))
            elif not sealed:
                # It does not listen: to be told of each of many events, and then to wait for others, costs more than to look.
                stop.wait(min(self._rhythm, GLANCE))
