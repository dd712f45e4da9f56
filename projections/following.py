"""Follows the history, and keeps the read models in step with it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Any

import psycopg

from history.job import GLANCE, Job
from history.reading import Reading
from history.waking import Waking
from projections.leading import PAGE, Leading
from projections.renewing import renew
from projections.table import Table
from projections.tables import TABLES

log = logging.getLogger(__name__)


class Following(Job):
    """One of any number of followers, in any number of processes: one leads, the others stand by."""

    name = "read_models"
    words = "keeps the read models in step with the history"
    lock = 4703268521017386331

    def __init__(
        self,
        dsn: str,
        history: Reading,
        tables: Sequence[Table] = TABLES,
        *,
        page: int = PAGE,
        waking: Waking | None = None,
    ) -> None:
        """`waking` may be shared with others of this process; without one, it listens for itself."""
        super().__init__(dsn)
        self._history, self._tables, self._page = history, tables, page
        self._shared, self._waking = waking, waking
        self._renewing: threading.Thread | None = None

    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Take in page after page."""
        waking = self._waking = self._waking or Waking(self._dsn)
        connection.execute("SET search_path = read_models")
        connection.execute("SET synchronous_commit = off")
        self._renew(stop)
        leading = Leading(connection, self._history, self._tables, self._page)
        expected = False
        while not stop.is_set():
            self.well()
            if leading.step():
                expected = False
                continue
            # Where there should have been news and were none, a table waits to be rebuilt, or the database was restored.
            if expected or not leading.follows:
                stop.wait(GLANCE)
            expected = waking.wait_beyond(leading.position, GLANCE)

    def at_the_end(self) -> None:
        if self._waking is not None and self._waking is not self._shared:
            self._waking.close()
        if self._renewing is not None:
            self._renewing.join()

    def _renew(self, stop: threading.Event) -> None:
        """Rebuild what has a new shape, in a thread of its own, while the others go on being followed."""
        if self._renewing is None or not self._renewing.is_alive():
            asked = (self._dsn, self._history, self._tables, stop)
            self._renewing = threading.Thread(
                target=renew, args=asked, name="renewing-read-models", daemon=True
            )
            self._renewing.start()
