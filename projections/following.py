"""Follows the history, and keeps the read models in step with it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import psycopg

from history.patience import Unavailable
from history.reading import Reading
from history.waking import Waking
from projections.leading import PAGE, Leading
from projections.renewing import renew
from projections.table import Table
from projections.tables import TABLES

log = logging.getLogger(__name__)

GLANCE = 0.5
"""Seconds in which it notices that it should stop, or that it may lead."""
LONGEST_PAUSE = 5.0

LEAD = "SELECT pg_try_advisory_lock(4703268521017386331)"
LET_GO = "SELECT pg_advisory_unlock(4703268521017386331)"


class Following:
    """One of any number of followers, in any number of processes: one leads, the others stand by."""

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
        self._dsn, self._history, self._tables, self._page = dsn, history, tables, page
        self._waking = waking
        self._renewing: threading.Thread | None = None
        self.leads = threading.Event()
        """Set while it is this one that follows."""

    def run(self, stop: threading.Event) -> None:
        """Follow until told to stop. Whatever goes wrong is logged, and it begins again after a pause."""
        waking = self._waking or Waking(self._dsn)
        pause = 0.1
        try:
            while not stop.is_set():
                try:
                    self._follow(stop, waking)
                    pause = 0.1
                except (psycopg.OperationalError, psycopg.InterfaceError, Unavailable) as problem:
                    log.warning("the database is away, read models wait: %s", type(problem).__name__)
                except Exception:
                    log.exception("the read models do not follow; trying again in %s seconds", pause)
                self.leads.clear()
                stop.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            if waking is not self._waking:
                waking.close()
            if self._renewing is not None:
                self._renewing.join()

    def _follow(self, stop: threading.Event, waking: Waking) -> None:
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as connection:
            connection.execute("SET search_path = read_models")
            connection.execute("SET synchronous_commit = off")
            # Asked again and again: to wait for the lock would be one long query, and keep the database from cleaning up.
            while connection.execute(LEAD).fetchone() != (True,):
                if stop.wait(GLANCE):
                    return
            self.leads.set()
            log.info("this process keeps the read models in step")
            self._renew(stop)
            leading = Leading(connection, self._history, self._tables, self._page)
            expected = False
            while not stop.is_set():
                if leading.step():
                    expected = False
                    continue
                # Where there should have been news and were none, a table waits to be rebuilt, or the database was restored.
                if expected or not leading.follows:
                    stop.wait(GLANCE)
                expected = waking.wait_beyond(leading.position, GLANCE)
            # At once, for the one who stands by: the end of a connection is noticed only some time later.
            connection.execute(LET_GO)

    def _renew(self, stop: threading.Event) -> None:
        """Rebuild what has a new shape, in a thread of its own, while the others go on being followed."""
        if self._renewing is None or not self._renewing.is_alive():
            asked = (self._dsn, self._history, self._tables, stop)
            self._renewing = threading.Thread(target=renew, args=asked, name="renewing-read-models")
            self._renewing.start()
