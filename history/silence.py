"""A connection on which nobody waits for ever: a database that says nothing is asked on another whether it answers anybody.

No setting of the connection does this. TCP's own time-outs do not count on a socket of the same machine, and a machine acknowledges for a
process that stands still; a limit of the server stands still with it. A limit on the time of an answer would cut off what takes minutes
because there is much to do. So a long answer is waited for as long as the database is there for others.
"""

from __future__ import annotations

import logging
from typing import TypeVar, cast

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import make_conninfo
from psycopg.errors import ConnectionTimeout, _WaitTimeout
from psycopg.waiting import Ready

T = TypeVar("T")
Row = TypeVar("Row", covariant=True)

log = logging.getLogger(__name__)

SILENT = 2.0
"""Seconds without an end of what was asked, after which it is looked whether the database answers anybody; and again after as many."""
SECONDS_TO_ANSWER = 3
"""Seconds in which it must: more than a new connection takes where there is much to do."""


class Listened(psycopg.Connection[Row]):
    """A connection that is lost when the database stands still. What was asked on it last may have been done, as with any that is lost."""

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """The library's one way to wait for the database. Raises psycopg.OperationalError when it answers nobody."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        going_on = gen
        while True:
            try:
                return super().wait(going_on, interval, SILENT)
            except _WaitTimeout:
                if not self._answers_others():
                    # In the middle of an answer nothing else can be asked: the pool throws it away, and opens another.
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the database does not answer") from None
                going_on = _from_here(gen)

    def _answers_others(self) -> bool:
        here = make_conninfo(self.info.dsn, password=self.info.password, connect_timeout=SECONDS_TO_ANSWER)
        try:
            psycopg.connect(here).close()
        except ConnectionTimeout:
            log.warning("the database does not answer")
            return False
        except psycopg.Error:
            # Whoever refuses is there. A server that has ended has closed this connection, too.
            return True
        return True


def _from_here(begun: PQGen[T]) -> PQGen[T]:
    """What is in the middle of its work, as if it began here: where it waits it must be told that nothing has arrived."""
    try:
        wanted = begun.send(Ready.NONE)
        while True:
            wanted = begun.send((yield wanted))
    except StopIteration as end:
        return cast(T, end.value)
