"""What it costs to look at the past: one placement, and a caseload of which little, some or everything has changed since."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from statistics import median
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import log_contact, store_lives, under_one_decision
from benchmarks.measuring import Figure
from benchmarks.spent import Spent
from domain.child import Child
from domain.child_events import YearGroupSet
from domain.events import Event
from domain.people import Scope
from domain.placement import Placement
from domain.record import Record
from history.moments import position_at
from history.store import History
from projections.caseload import CASELOAD
from projections.children import CHILDREN
from projections.directory import DIRECTORY
from projections.leading import Leading
from projections.organisations import ORGANISATIONS
from projections.reading import Lists, ReadModels
from tests.support.walk import MONDAY
from tests.whole.town import Around

LIVES = 10_000
ROUNDS = 7
EVERYTHING = Scope(everything=True)
TABLES = (CHILDREN, CASELOAD, ORGANISATIONS, DIRECTORY)
"""Those that a page of the caseload is made from."""
VERSIONS = "SELECT originator_id, max(originator_version) FROM history.events GROUP BY 1"
GROUP = f"Looking at the past of {LIVES:,} placements"


def measure(seconds: float) -> Iterator[Figure]:
    """Single looks, and first and further pages of a past list of which little, a tenth and everything changed since."""
    with durable_database() as dsn, history_in(dsn, 4) as history, closing(ReadModels(dsn, 2)) as now:
        lives = store_lives(history, LIVES)
        follow(dsn, history)
        begun, kept = history.head(), "its row kept"
        for changed in (lives[:1], lives[::10], lives):
            something_happens(history, changed)
            follow(dsn, history)
            yield from of_a_list(dsn, now, history, begun, f"{len(changed):,} changed since, {kept}")
        later = history.head()
        something_happens(history, lives[::10])
        follow(dsn, history)
        forget_what_rows_were(dsn)
        yield from of_a_list(dsn, now, history, later, f"{LIVES // 10:,} changed since, none kept")
        one = lives[0].placement
        yield figure("a placement as it is", "ms", lambda: history.find(Placement, one))
        yield figure("a placement as it was", "ms", lambda: history.find(Placement, one, as_at=begun))
        position_at(history, MONDAY)
        yield figure("which position a moment stands for", "ms", lambda: position_at(history, MONDAY))


def follow(dsn: str, history: History) -> None:
    """Bring the tables of the caseload up to the head."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models; SET synchronous_commit = off")
        leading = Leading(connection, history, TABLES)
        while leading.step():
            pass


def forget_what_rows_were(dsn: str) -> None:
    """As after a rebuild, or a long catch-up: then records are told anew."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("TRUNCATE read_models.children_was, read_models.caseload_was")


def of_a_list(dsn: str, now: ReadModels, history: History, position: int, what: str) -> Iterator[Figure]:
    """The first page of a moment that nobody has looked at, and the next page."""
    first, processor = [], []
    for _ in range(3):
        with closing(ReadModels(dsn, 1)) as fresh:
            lists, spent = fresh.as_at(history, position), Spent(dsn)
            first.append(timed(partial(page, lists)))
            processor.append(spent.seconds())
            further = figure(f"further pages, {what}", "ms", partial(page, lists))
    yield Figure(GROUP, f"first page, {what}", median(first) * 1_000, "ms")
    yield Figure(GROUP, f"the same: processor, with the database's, {what}", median(processor) * 1_000, "ms")
    yield further
    yield figure(f"a page of the caseload as it is, {what}", "ms", partial(page, now))


def page(lists: Lists) -> None:
    """Fifty rows and the counts."""
    assert len(lists.caseload.page(EVERYTHING).rows) == 50
    lists.caseload.counts(EVERYTHING)


def something_happens(history: History, lives: Sequence[Around]) -> None:
    """A contact about each of these placements, and a new school year for its child."""
    placement, child = history.get(Placement, lives[0].placement), history.get(Child, lives[0].child)
    versions = dict(history.rows(VERSIONS, {}))
    log_contact(placement)
    child.under(under_one_decision()).remember(YearGroupSet, year_group="10")
    happened = (*placement.collect_events(), *child.collect_events())
    for start in range(0, len(lives), 100):
        history.save(
            *(_and_then(event, life, versions) for life in lives[start : start + 100] for event in happened)
        )


def _and_then(event: Event, life: Around, versions: dict[UUID, int]) -> Record:
    """One more event of a record, which need not be loaded for it."""
    record: Record = Child(life.child) if isinstance(event, YearGroupSet) else Placement(life.placement)
    record.version = versions[record.id] + 1
    same: dict[str, Any] = {
        "originator_id": record.id,
        "originator_version": record.version,
        "about": life.child,
    }
    record.pending = [msgspec.structs.replace(event, **same)]
    return record


def figure(what: str, unit: str, act: Callable[[], object]) -> Figure:
    """The usual time of an act."""
    return Figure(GROUP, what, median(timed(act) for _ in range(ROUNDS)) * 1_000, unit)


def timed(act: Callable[[], object]) -> float:
    """Seconds of one."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
