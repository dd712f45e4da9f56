"""Asks the read models: connections, patience with a database that is away for a moment, and typed answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, LiteralString, TypeVar

import msgspec
import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from domain.people import Scope
from history.decoding import known
from history.patience import FAREWELL, Unavailable
from history.silence import Listened

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds until who asks is told that the database is away."""

PLACEMENT_IN_SCOPE: LiteralString = """ (
    %(everything)s OR p.commissioner_id = ANY(%(organisations)s) OR p.authority_id = ANY(%(organisations)s)
    OR p.home_school_id = ANY(%(organisations)s) OR p.provider_id = %(provider)s
) """
"""Whether the placement `p` of the caseload is in a person's scope."""
CHILD_IN_SCOPE: LiteralString = (
    """ (
    %(everything)s OR c.authority_id = ANY(%(organisations)s) OR c.roll_school_ids && %(organisations)s
    OR c.child_id IN (SELECT p.child_id FROM caseload p WHERE """
    + PLACEMENT_IN_SCOPE
    + """)
) """
)
"""Whether the child `c` is: by authority, by a school whose roll the child is or was on, or by a placement."""


class BeingRebuilt(Unavailable):
    """The table is not what this version of the service reads; the worker is making it anew."""


class Asking:
    """A pool of connections on which the read models are read."""

    def __init__(self, dsn: str, pool_size: int, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._pool = ConnectionPool(
            dsn,
            connection_class=Listened,
            min_size=min(1, pool_size),
            max_size=pool_size,
            timeout=patience,
            configure=_configure,
            kwargs={"autocommit": True, "row_factory": dict_row, "connect_timeout": 5},
            reconnect_timeout=patience,
            name="read-models",
            open=True,
        )

    def rows(self, kind: type[T], statement: LiteralString, parameters: Mapping[str, Any]) -> list[T]:
        """The answer, row by row. Raises Unavailable, and BeingRebuilt."""
        return msgspec.convert(self.plain_rows(statement, parameters), known(kind))

    def plain_rows(self, statement: LiteralString, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The same, untyped."""
        end, pause = time.monotonic() + self._patience, 0.02
        while True:
            try:
                with self._pool.connection() as connection:
                    return connection.execute(statement, parameters).fetchall()
            except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as problem:
                raise BeingRebuilt("this read model is being rebuilt") from problem
            except (psycopg.OperationalError, psycopg.InterfaceError) as problem:
                if isinstance(problem, PoolTimeout | PoolClosed) or time.monotonic() + pause > end:
                    raise Unavailable(str(problem)) from problem
            time.sleep(pause)
            pause = min(2 * pause, 0.5)
            # After a restart every idle connection is dead: throw them all out now, not one with each attempt.
            self._pool.check()

    def pool_stats(self) -> dict[str, int]:
        """How the connections are used, in the words of psycopg_pool."""
        return self._pool.get_stats()

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.close(timeout=FAREWELL)


def scope_parameters(scope: Scope) -> dict[str, Any]:
    """A scope as statements take it. An empty one sees nothing."""
    return {
        "everything": scope.everything,
        "organisations": list(scope.organisations),
        "provider": scope.provider_id,
    }


def _configure(connection: psycopg.Connection[Any]) -> None:
    # Plans made for one person's scope are no good for another's, and a rebuilt table would outdate them anyway.
    connection.prepare_threshold = None
    read_json_quickly(connection)
    # The read models are small beside the history and stay in memory, where one page is as near as the next.
    connection.execute("SET search_path = read_models; SET random_page_cost = 1.1")


def read_json_quickly(connection: psycopg.Connection[Any]) -> None:
    """Read columns of JSON with the reader of everything else: with the one of Python, a list of children spends as long on them as on
    all other columns together."""
    set_json_loads(msgspec.json.decode, connection)
