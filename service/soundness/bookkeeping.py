"""Whether it is written down rightly how far the read models have come, and what they could not take in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import LiteralString

import psycopg

from projections.table import Table
from projections.tables import TABLES
from service.soundness.fault import Fault

POSITIONS: LiteralString = "SELECT name, position, shape, wanted FROM read_models.positions ORDER BY name"
TWICE: LiteralString = "SELECT name FROM read_models.positions GROUP BY name HAVING count(*) > 1"
HEAD: LiteralString = "SELECT coalesce(max(notification_id), 0) FROM history.events"
PAGE_KEY: LiteralString = "SELECT count(*), min(length(key)), max(length(key)) FROM read_models.page_key"


def faults_of_bookkeeping(dsn: str, tables: Sequence[Table] = TABLES) -> Iterator[Fault]:
    """What is wrong. Raises psycopg.Error."""
    with psycopg.connect(dsn) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        found = {name: rest for name, *rest in connection.execute(POSITIONS)}
        [(head,)] = connection.execute(HEAD).fetchall()
        yield from _places(found, tables, head)
        for table in tables:
            if table.name in found and found[table.name][1:] != [table.shape, table.shape]:
                what = "it waits to be made anew, or belongs to another version"
                yield Fault("positions", what, f"the read model {table.name}")
        for (name,) in connection.execute(TWICE):
            yield Fault("positions", "it is there twice", f"the read model {name}")
        if connection.execute(PAGE_KEY).fetchone() != (1, 32, 32):
            yield Fault("page_key", "there is not one key of 32 bytes", "read_models.page_key")


def _places(found: dict[str, list[object]], tables: Sequence[Table], head: int) -> Iterator[Fault]:
    known = {table.name for table in tables}
    for name in sorted(known - found.keys()):
        yield Fault("positions", "there is none", f"the read model {name}")
    for name in sorted(found.keys() - known):
        yield Fault("positions", "there is no such read model", f"the read model {name}")
    # All that are followed are moved together, in two turns; one that waits to be rebuilt stays behind.
    reached = {name: int(str(at)) for name, (at, shape, wanted) in found.items() if shape == wanted}
    for name, at in sorted(reached.items()):
        if at > head:
            yield Fault("positions", f"{at} is beyond the history", f"the read model {name}")
    for later in (False, True):
        turn = {
            table.name: reached[table.name]
            for table in tables
            if table.later is later and table.name in reached
        }
        yield from _out_of_step({name: at for name, at in turn.items() if at <= head})


def _out_of_step(reached: dict[str, int]) -> Iterator[Fault]:
    usual = max(reached.values(), key=list(reached.values()).count, default=0)
    for name, at in sorted(reached.items()):
        if at != usual:
            what = f"it is at {at}, and the others are at {usual}"
            yield Fault("positions", what, f"the read model {name}")
