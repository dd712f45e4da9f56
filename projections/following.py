"""Follows the history, and keeps the read models in step with it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Any

import psycopg

from history.patience import Unavailable
from history.reading import Reading
from history.waking import Waking
from projections.collecting import nothing_collected
from projections.memory import Memory
from projections.renewing import renew
from projections.table import Table
from projections.tables import TABLES, teller_for
from projections.telling import Told
from projections.writing import Writer, lies_in_the_record

log = logging.getLogger(__name__)

PAGE = 500
"""Events of one transaction, when it is behind. When it is not, there is one at a time."""
GLANCE = 0.5
"""Seconds in which it notices that it should stop, or that it may lead."""
LONGEST_PAUSE = 5.0

LEAD = "SELECT pg_try_advisory_lock(4703268521017386331)"
LET_GO = "SELECT pg_advisory_unlock(4703268521017386331)"
PLACES = "SELECT name, position, forgotten FROM positions WHERE name = ANY(%(names)s) AND shape = wanted AND wanted = ANY(%(shapes)s)"
LOCKED = PLACES + " ORDER BY name FOR UPDATE"
MOVE = """
    WITH moved AS (UPDATE positions SET position = %(to)s WHERE name = ANY(%(names)s))
    SELECT pg_notify('read_models', %(to)s::text)
"""


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


class Leading:
    """What the one who leads does, page after page, on the connection that holds the lead."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        history: Reading,
        tables: Sequence[Table],
        page: int = PAGE,
    ) -> None:
        self.connection, self.page = connection, page
        self.history, self.teller = history, teller_for(history, tables)
        self.memory = Memory(self.teller)
        self.tables = {table.name: table for table in tables}
        self._writers: dict[frozenset[str], Writer] = {}
        self.position = 0
        self.forgotten = 0
        self.follows = False
        """Whether there is a read model to follow with; each may have to be rebuilt first."""

    def step(self) -> bool:
        """Take in the next page; whether there was one. Raises psycopg.Error and Unavailable."""
        found = self.connection.execute(PLACES, self._mine()).fetchall()
        self.follows = bool(found)
        if not found:
            # All have to be rebuilt first, or a newer version of the service wants them otherwise.
            return False
        self.position = min(position for _, position, _ in found)
        self._forget_if_asked(max(forgotten for _, _, forgotten in found))
        with nothing_collected():
            page = self.teller.page(self.position, self.page)
            if page:
                self._take_in(self.memory.advance(page), page[-1].position)
        return bool(page)

    def _take_in(self, touched: Sequence[Told], to: int) -> None:
        try:
            with self.connection.transaction():
                self._write(touched, to, singly=False)
        except psycopg.Error as problem:
            if not lies_in_the_record(problem):
                raise
            with self.connection.transaction():
                self._write(touched, to, singly=True)

    def _write(self, touched: Sequence[Told], to: int, singly: bool) -> None:
        # The lock on these rows is what keeps two from writing the same page, and a rebuilt table from being missed.
        found = self.connection.execute(LOCKED, self._mine(), prepare=True).fetchall()
        names = [name for name, position, _ in found if position == self.position]
        if not names or self._forget_if_asked(max(forgotten for _, _, forgotten in found)):
            # Then what was read is read again, with what it may still say.
            return
        writer = self._writer(frozenset(names))
        if singly:
            writer.write_singly(touched)
        else:
            writer.write(touched)
        self.connection.execute(MOVE, {"names": names, "to": to}, prepare=True)
        self.position = to

    def _forget_if_asked(self, times: int) -> bool:
        """Whether words were erased since this was last asked; then nothing of them is remembered here."""
        asked, self.forgotten = times != self.forgotten, times
        if asked:
            self.memory.clear()
            self.history.mapper.keys.let_go()
        return asked

    def _writer(self, names: frozenset[str]) -> Writer:
        if names not in self._writers:
            self._writers[names] = Writer(self.connection, [self.tables[name] for name in names])
        return self._writers[names]

    def _mine(self) -> dict[str, Any]:
        return {"names": list(self.tables), "shapes": [table.shape for table in self.tables.values()]}
