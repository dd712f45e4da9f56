"""Read models that catch up with a long history, beside the bare inserts of their rows."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import log_contact, store_lives
from benchmarks.measuring import Figure, percentiles
from domain.placement import Placement
from history import reading
from history.store import History
from projections.agreements import AGREEMENTS
from projections.caseload import CASELOAD
from projections.children import CHILDREN
from projections.following import Following
from projections.leading import Leading
from projections.reading import ReadModels
from projections.tables import TABLES

LIVES = 400
PAGE = 500
TIMES = 200
GROUP = f"Read models catch up with {LIVES} placements"
ALONE, REST = "One read model alone catches up with the same", "From one event on disk to its row, at rest"


def measure(seconds: float) -> Iterator[Figure]:
    """From empty read models to all of them full."""
    with durable_database() as dsn, history_in(dsn, 2) as history:
        store_lives(history, LIVES, until="end_placement")
        head = history.head()
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("SET search_path = read_models")
            connection.execute("SET synchronous_commit = off")
            leading, began = Leading(connection, history, TABLES), time.perf_counter()
            while leading.step():
                pass
            followed = time.perf_counter() - began
            rows, inserted = bare_inserts(connection)
            yield Figure(
                GROUP, "bare inserts of the final rows, 500 a transaction", rows / inserted, "rows/s", 1.0
            )
            yield Figure(
                GROUP,
                f"the same rows, followed out of {head:,} events",
                rows / followed,
                "rows/s",
                inserted / followed,
            )
            yield Figure(GROUP, "events followed", head / followed, "events/s")
            yield from one_at_a_time(connection, history, head)
    with durable_database() as dsn, history_in(dsn, 4) as history:
        yield from at_rest(dsn, history)


def one_at_a_time(
    connection: psycopg.Connection[tuple[object, ...]], history: History, head: int
) -> Iterator[Figure]:
    """Each of the largest read models alone, from the first event on, beside a bare read of the rows."""
    began = time.perf_counter()
    for after in range(0, head, PAGE):
        history.rows(reading.PAGE, {"after": after, "limit": PAGE})
    bare = time.perf_counter() - began
    yield Figure(ALONE, f"bare read of the {head:,} rows, {PAGE} at a time", head / bare, "events/s", 1.0)
    for table in (CASELOAD, AGREEMENTS, CHILDREN):
        connection.execute("UPDATE positions SET position = 0 WHERE name = %s", (table.name,))
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table.name)))
        leading, began = Leading(connection, history, [table]), time.perf_counter()
        while leading.step():
            pass
        took = time.perf_counter() - began
        words = ", its words opened" if table.shows_words else ""
        yield Figure(ALONE, f"{table.name}{words}", head / took, "events/s", bare / took)


def at_rest(dsn: str, history: History) -> Iterator[Figure]:
    """From a save to its row in a read model, where nothing else happens, beside the round trip of a bare notice."""
    [life] = store_lives(history, 1)
    following, stop = Following(dsn, history), threading.Event()
    thread = threading.Thread(target=following.run, args=[stop])
    thread.start()
    try:
        with closing(ReadModels(dsn, 2)) as read_models, psycopg.connect(dsn, autocommit=True) as connection:
            assert read_models.wait_for(history.head(), 30)
            bare, seen, all_seen = [], [], []
            for _ in range(TIMES):
                time.sleep(0.02)
                bare.append(round_trip(dsn, connection))
                placement = history.get(Placement, life.placement)
                log_contact(placement)
                saved = history.save(placement)
                began = time.perf_counter()
                assert read_models.wait_at_once(saved.position, 10)
                seen.append(time.perf_counter() - began)
                assert read_models.wait_for(saved.position, 10)
                all_seen.append(time.perf_counter() - began)
    finally:
        stop.set()
        thread.join()
    (bare_middle, bare_slow), (middle, slow) = percentiles(bare), percentiles(seen)
    all_middle, all_slow = percentiles(all_seen)
    yield Figure(REST, "LISTEN and NOTIFY, sent and heard: p50", bare_middle, "ms", 1.0)
    yield Figure(REST, "LISTEN and NOTIFY, sent and heard: p95", bare_slow, "ms", 1.0)
    lists, files = (
        "on disk to its row in the lists of records",
        "and to the due list and the reports, the last of all",
    )
    yield Figure(REST, f"{lists}: p50", middle, "ms", middle / bare_middle)
    yield Figure(REST, f"{lists}: p95", slow, "ms", slow / bare_slow)
    yield Figure(REST, f"{files}: p50", all_middle, "ms", all_middle / bare_middle)
    yield Figure(REST, f"{files}: p95", all_slow, "ms", all_slow / bare_slow)


def round_trip(dsn: str, connection: psycopg.Connection[tuple[object, ...]]) -> float:
    """Seconds from NOTIFY until it is heard."""
    with psycopg.connect(dsn, autocommit=True) as listening:
        listening.execute("LISTEN bare")
        began = time.perf_counter()
        connection.execute("NOTIFY bare")
        for _ in listening.notifies(timeout=5, stop_after=1):
            return time.perf_counter() - began
    raise TimeoutError("no notice came")


def bare_inserts(connection: psycopg.Connection[tuple[object, ...]]) -> tuple[int, float]:
    """Insert the rows of all read models into empty copies of their tables: how many, and how long it took."""
    connection.execute("CREATE SCHEMA bare_rows")
    rows, took = 0, 0.0
    for table in TABLES:
        name = sql.Identifier("bare_rows", table.name)
        connection.execute(
            sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING INDEXES)").format(name, sql.Identifier(table.name))
        )
        cursor = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table.name)))
        columns = cursor.description or []
        found = [tuple(map(as_given, row, columns)) for row in cursor.fetchall()]
        width = len(columns)
        insert = sql.SQL("INSERT INTO {} VALUES ({})").format(
            name, sql.SQL(", ").join([sql.Placeholder()] * width)
        )
        began = time.perf_counter()
        for first in range(0, len(found), PAGE):
            with connection.transaction(), connection.cursor() as writing:
                writing.executemany(insert, found[first : first + PAGE])
        took += time.perf_counter() - began
        rows += len(found)
    return rows, took


def as_given(value: object, column: psycopg.Column) -> object:
    """A value in the form in which it is inserted."""
    return Jsonb(value) if column.type_display == "jsonb" and value is not None else value
