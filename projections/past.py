"""Read models as they were at a position, and as things stood on a day: tables of one connection, made when they are asked for."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row

from history.patience import Unavailable
from history.reading import Reading
from history.silence import Listened
from projections.asking import Asking, read_json_quickly
from projections.building_the_past import Building, Then
from projections.table import Table
from projections.tables import TABLES, with_lenders
from projections.then_and_now import then_and_now

PATIENCE = 30.0
"""Seconds that one asker waits while another's tables are built."""
IDLE = 60.0
"""Seconds for which tables are kept that nobody asks: no longer than a key, so that forgotten words are forgotten here too."""
FORGOTTEN = """
    SELECT (SELECT coalesce(max(forgotten), 0) FROM read_models.positions)
        + (SELECT coalesce(max(nth), 0) FROM history.erasures) AS times
"""


class Past(Asking):
    """The read models at one position. Many threads may share it; they take turns."""

    def __init__(self, dsn: str, history: Reading, then: Then, tables: Sequence[Table] = TABLES) -> None:
        self.then = then
        self._dsn, self._history, self._tables = dsn, history, tables
        self._turn = Lock()
        self._connection: psycopg.Connection[Any] | None = None
        self._building: Building | None = None
        self._forgotten = 0
        self._asked_at = 0.0
        self._closed = False

    def plain_rows(self, statement: LiteralString, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The answer, after the tables that the statement names were built. Raises Unavailable."""
        if not self._turn.acquire(timeout=PATIENCE):
            raise Unavailable("others are building the tables of this moment")
        try:
            connection = self._built(statement)
            self._asked_at = time.monotonic()
            return list(connection.execute(then_and_now(statement), parameters).fetchall())
        except (psycopg.OperationalError, psycopg.InterfaceError) as problem:
            self._let_go()
            raise Unavailable(str(problem)) from problem
        except BaseException:
            self._let_go()
            raise
        finally:
            if self._closed:
                # Nobody would close for a second time what somebody held on to and asked once more.
                self._let_go()
            self._turn.release()

    @property
    def idle(self) -> bool:
        """Whether nobody has asked it for a while."""
        return self._asked_at + IDLE < time.monotonic()

    def close(self) -> None:
        """Let go of the tables, after whoever is asking now. Whoever asks once more is answered, and nothing of it is kept."""
        with self._turn:
            self._closed = True
            self._let_go()

    def _built(self, statement: LiteralString) -> psycopg.Connection[Any]:
        named = [table for table in self._tables if re.search(rf"\b(FROM|JOIN)\s+{table.name}\b", statement)]
        wanted = with_lenders(named, self._tables)
        while True:
            connection, building = self._opened()
            building.build(wanted)
            # Words may have been erased meanwhile, or since the tables were built: then everything is made anew.
            if _times_forgotten(connection) == self._forgotten:
                return connection
            self._let_go()

    def _opened(self) -> tuple[psycopg.Connection[Any], Building]:
        if self._connection is None or self._building is None:
            connection = Listened.connect(self._dsn, autocommit=True, row_factory=dict_row, connect_timeout=5)
            connection.prepare_threshold = None
            read_json_quickly(connection)
            self._connection, self._forgotten = connection, _times_forgotten(connection)
            self._building = Building(connection, self._history, self.then, self._tables)
        return self._connection, self._building

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._building = None


def _times_forgotten(connection: psycopg.Connection[Any]) -> int:
    [row] = connection.execute(FORGOTTEN).fetchall()
    return int(row["times"])
