"""Rebuilds the read models whose shape is new, beside the one who follows with the others."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import psycopg

from history.patience import Unavailable
from history.reading import Reading
from projections.rebuilding import AlreadyRebuilding, rebuild
from projections.table import Table

log = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds after which it is tried again."""
TO_REBUILD = "SELECT name, wanted FROM read_models.positions WHERE shape <> wanted ORDER BY name"


class Stopped(Exception):
    """The worker was told to stop; what was built so far is thrown away."""


def renew(dsn: str, history: Reading, tables: Sequence[Table], stop: threading.Event) -> None:
    """Rebuild what has another shape than this version of the service wants, trying again until it is done."""

    def go_on(done: int, of: int) -> None:
        if stop.is_set():
            raise Stopped

    while not stop.is_set():
        try:
            names = to_renew(dsn, tables)
            if not names:
                return
            log.info("rebuilding %s", ", ".join(names))
            done = rebuild(history, dsn, names, go_on, tables)
            log.info("rebuilt %s in %.1f seconds", ", ".join(done.names), done.seconds)
        except Stopped:
            return
        except (psycopg.OperationalError, psycopg.InterfaceError, Unavailable, AlreadyRebuilding) as problem:
            log.warning("a rebuild has to wait: %s", type(problem).__name__)
            stop.wait(PAUSE)
        except Exception:
            log.exception("a rebuild failed; trying again in %s seconds", PAUSE)
            stop.wait(PAUSE)


def to_renew(dsn: str, tables: Sequence[Table]) -> list[str]:
    """The read models whose table is not what this version wants, where this is the newest that was set up."""
    shapes = {table.name: table.shape for table in tables}
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
        found = connection.execute(TO_REBUILD).fetchall()
    return [name for name, wanted in found if shapes.get(name) == wanted]
