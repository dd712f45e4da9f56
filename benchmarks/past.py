"""What it costs to look at the past: one placement, and a caseload of which little, some or everything has changed since."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from statistics import median
from uuid import UUID

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import log_contact, store_lives
from benchmarks.measuring import Figure
from domain.people import Scope
from domain.placement import Placement
from history.moments import position_at
from history.store import History
from projections.reading import Lists, ReadModels
from projections.rebuilding import rebuild
from tests.support.walk import MONDAY

LIVES = 2_000
ROUNDS = 7
EVERYTHING = Scope(everything=True)
GROUP = "Looking at the past"


def measure(seconds: float, lives: int = LIVES) -> Iterator[Figure]:
    """Single looks, and first and further pages of a past list."""
    with durable_database() as dsn, history_in(dsn, 4) as history, closing(ReadModels(dsn, 2)) as now:
        placements = [life.placement for life in store_lives(history, lives)]
        rebuild(history, dsn)
        begun = history.head()
        for share in (0, 10, 1):
            changed = placements[:: share or lives + 1] if share else placements[:1]
            log_contacts(history, changed)
            rebuild(history, dsn)
            yield from of_a_list(
                dsn, now, history, begun, f"{len(changed):,} of {lives:,} placements changed since"
            )
        one = placements[0]
        yield figure("a placement as it is", "ms", lambda: history.find(Placement, one))
        yield figure("a placement as it was", "ms", lambda: history.find(Placement, one, as_at=begun))
        position_at(history, MONDAY)
        yield figure("which position a moment stands for", "ms", lambda: position_at(history, MONDAY))


def of_a_list(dsn: str, now: ReadModels, history: History, position: int, what: str) -> Iterator[Figure]:
    """The first page of a moment that nobody has looked at, and the next page."""
    first = []
    for _ in range(3):
        with closing(ReadModels(dsn, 1)) as fresh:
            lists = fresh.as_at(history, position)
            first.append(timed(partial(page, lists)))
            further = figure(f"further pages, {what}", "ms", partial(page, lists))
    yield Figure(GROUP, f"first page of the caseload, {what}", median(first) * 1_000, "ms")
    yield further
    yield figure(f"a page of the caseload as it is, {what}", "ms", partial(page, now))


def page(lists: Lists) -> None:
    """Fifty rows and the counts."""
    assert len(lists.caseload.page(EVERYTHING).rows) == 50
    lists.caseload.counts(EVERYTHING)


def log_contacts(history: History, placements: Sequence[UUID]) -> None:
    """Something is written down about each of these."""
    for start in range(0, len(placements), 100):
        found = history.get_many(dict.fromkeys(placements[start : start + 100], Placement))
        for record in found.values():
            assert isinstance(record, Placement)
            log_contact(record)
        history.save(*found.values())


def figure(what: str, unit: str, act: Callable[[], object]) -> Figure:
    """The usual time of an act."""
    return Figure(GROUP, what, median(timed(act) for _ in range(ROUNDS)) * 1_000, unit)


def timed(act: Callable[[], object]) -> float:
    """Seconds of one."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
