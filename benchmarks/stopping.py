"""Stopping all placements of a provider: what one of them costs the processor beside twice as many, which must be no more."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.ground import durable_database, history_in
from benchmarks.measuring import Figure
from domain.stoppage import Stoppage
from tests.stopping.failing import NOW, Failing
from workflows.carrying_through import carry_through
from workflows.casework import Casework
from workflows.lasting import Lasting

MANY = (200, 400)
GROUP = "All placements of a failing provider are stopped in one operation"


def measure(seconds: float) -> Iterator[Figure]:
    """Processor time of the process for each placement, with so many and with twice as many."""
    each = [_each(how_many) for how_many in MANY]
    for how_many, took in zip(MANY, each, strict=True):
        yield Figure(
            GROUP, f"{how_many} placements: processor time for each", 1000 * took, "ms", took / each[0]
        )


def _each(how_many: int) -> float:
    with durable_database() as dsn, history_in(dsn, 2) as history:
        failing = Failing(history).furnish(how_many)
        failing.begin()
        casework = Casework(history, lambda: NOW, Lasting(history))
        began = time.process_time()
        carry_through(casework, history, Stoppage.id_for(failing.provider, failing.authority))
        return (time.process_time() - began) / how_many
