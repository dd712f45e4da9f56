"""Commands, decided and on disk, beside the same rows written with nothing in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count, cycle
from uuid import uuid4

import msgspec
import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Act, Figure, compared, rivals
from domain.events import Event
from domain.placement import Placement
from history.store import History
from tests.support.walk import MONDAY
from tests.whole.town import Around, told_of
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES

THREADS = (1, 4, 16)
LIVES = 40
"""Placements that one thread works on in turns, so that none of them grows long."""
BARE = "bare psycopg: the same row, one transaction each"
TABLE = """
    CREATE SCHEMA bare;
    CREATE TABLE bare.events (LIKE history.events INCLUDING INDEXES)
"""
INSERT = "INSERT INTO bare.events VALUES (%s, %s, %s, %s, %s)"


def measure(seconds: float) -> Iterator[Figure]:
    """Commands and their rivals, at 1, 4 and 16 threads."""
    with durable_database() as dsn, history_in(dsn) as history, ExitStack() as at_the_end:
        lives = store_lives(history, LIVES * max(THREADS))
        row = a_stored_contact(history, lives[0])
        ways: dict[str, Callable[[int], Act]] = {
            BARE: bare_inserts(dsn, row, at_the_end),
            "the event library's own recorder, as it comes": stock_recorder(dsn, row, at_the_end),
            "History.save: one new event, sealed, in one order": saves(history, row),
            "Casework.perform: log a contact (load, decide, save)": commands(history, lives, "log_contact"),
            "Casework.perform: write a plan (load, decide, save)": commands(history, lives, "write_plan"),
        }
        for threads in THREADS:
            acts: dict[str, Sequence[Act]] = {
                name: [way(n) for n in range(threads)] for name, way in ways.items()
            }
            group = f"Commands on disk, {threads} thread{'s' if threads > 1 else ''}"
            yield from compared(group, rivals(acts, seconds), BARE)


def a_stored_contact(history: History, around: Around) -> StoredEvent:
    """What a command stores, as it lies in the table."""
    command = COMMANDS["log_contact"].model_validate(EXAMPLES["log_contact"])
    Casework(history, lambda: MONDAY).perform(command, around.officer, around.placement)
    last = history.stream(around.placement)[-1]
    return StoredEvent(last.event.originator_id, last.event.originator_version, last.topic, last.raw)


def bare_inserts(dsn: str, row: StoredEvent, at_the_end: ExitStack) -> Callable[[int], Act]:
    """The limit for one event a transaction: no order, no notice, no check of versions beyond the primary key."""
    with psycopg.connect(dsn, autocommit=True) as database:
        database.execute(TABLE)
    positions = count(1)

    def way(thread: int) -> Act:
        connection = at_the_end.enter_context(psycopg.connect(dsn, autocommit=True))
        return lambda: connection.execute(
            INSERT, (uuid4(), 1, row.topic, row.state, next(positions)), prepare=True
        )

    return way


def stock_recorder(dsn: str, row: StoredEvent, at_the_end: ExitStack) -> Callable[[int], Act]:
    """The library's recorder with its own table and lock; it is handed bytes, so that it need not encode."""
    parts = conninfo_to_dict(dsn)
    datastore = PostgresDatastore(
        dbname=str(parts["dbname"]),
        host=str(parts["host"]),
        port=str(parts["port"]),
        user=str(parts["user"]),
        password="",
        pool_size=max(THREADS),
        max_overflow=4,
    )
    at_the_end.callback(datastore.close)
    recorder = PostgresApplicationRecorder(datastore, events_table_name="stock_events")
    recorder.create_table()
    return lambda thread: lambda: recorder.insert_events([StoredEvent(str(uuid4()), 1, row.topic, row.state)])


def saves(history: History, row: StoredEvent) -> Callable[[int], Act]:
    """Only the writing: a record that is in memory already has one more event."""
    event: Event = history.mapper.to_domain_event(row)

    def way(thread: int) -> Act:
        def save() -> None:
            record = Placement(uuid4())
            first = msgspec.structs.replace(event, originator_id=record.id, originator_version=1)
            record.version, record.pending = 1, [first]
            history.save(record)

        return save

    return way


def commands(history: History, lives: list[Around], name: str) -> Callable[[int], Act]:
    """The whole way in: receipts aside, what the API does with a request."""
    casework = Casework(history, lambda: MONDAY)

    def way(thread: int) -> Act:
        mine = cycle(lives[thread * LIVES : (thread + 1) * LIVES])

        def perform() -> None:
            around = next(mine)
            command = COMMANDS[name].model_validate(told_of(around, EXAMPLES[name]))
            casework.perform(command, around.officer, around.placement)

        return perform

    return way
