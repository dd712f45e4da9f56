"""Records loaded, beside the same bytes decoded and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

import msgspec
import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import NOTES, long_record
from benchmarks.measuring import Act, Figure, compared, processor, rivals
from domain.events import Event
from domain.placement import Placement
from domain.record import EVENT_KINDS
from history.keys import Key
from history.sealing import Opening, Sealing

SIZES = (50, 500)
FIELDS = 200
BARE = "bare msgspec decode of the stored bytes"
DECODERS = {topic: msgspec.json.Decoder(kind).decode for topic, kind in EVENT_KINDS.items()}
SELECT = """
    SELECT topic, state FROM history.events WHERE originator_id = %s ORDER BY originator_version
"""


def measure(seconds: float) -> Iterator[Figure]:
    """A record of 50 and one of 500 events, read in ever fuller ways."""
    with durable_database() as dsn, history_in(dsn, 2) as history:
        connection = psycopg.connect(dsn, autocommit=True)
        for size in SIZES:
            record = long_record(size)
            id = record.id
            history.save(record)
            stored = [(s.topic, s.raw) for s in history.stream(id)]
            events = history.mapper.read(stored)
            assert len(events) == size

            ways: dict[str, Act] = {
                BARE: partial(decode, stored),
                "bare select and decode": partial(select_and_decode, connection, id),
                "decoded, and sealed words opened": partial(history.mapper.read, stored),
                "folded only, from events in memory": partial(Placement.replay, events),
                "History.find: selected, decoded, opened, folded": partial(history.find, Placement, id),
            }
            rates = rivals({name: [way] for name, way in ways.items()}, seconds)
            yield from compared(f"Loading a record of {size} events", rates, BARE)
            yield from shares(size, stored, seconds)
        yield from one_field(seconds)
        connection.close()


def shares(size: int, stored: list[tuple[str, bytes]], seconds: float) -> Iterator[Figure]:
    """Decoding and folding, sealed words left as they are, beside the decoding alone."""
    took = processor(
        {BARE: partial(decode, stored), "decoded and folded": lambda: Placement.replay(decode(stored))},
        seconds,
    )
    for what, each in took.items():
        yield Figure(
            f"Processor time for a record of {size} events, sealed words left sealed",
            what,
            1e6 * each,
            "us",
            each / took[BARE],
        )


def one_field(seconds: float) -> Iterator[Figure]:
    """What one text more costs to be sealed, and to be opened again."""
    key, event = Key(1, AESGCM(bytes(32))), long_record(50).events[-1]
    token = Sealing(event, lambda subject, category: key)(NOTES, "narrative", b".notes")
    sealing, opening = Sealing(event, lambda subject, category: key), Opening(event, {1: key.cipher})

    def seal() -> None:
        for _ in range(FIELDS):
            sealing(NOTES, "narrative", b".notes")

    def opened() -> None:
        for _ in range(FIELDS):
            opening(token, "narrative", b".notes")

    for what, each in processor({"sealed": seal, "opened": opened}, seconds).items():
        yield Figure(f"One personal text of {len(NOTES)} letters", what, 1e6 * each / FIELDS, "us")


def decode(stored: Iterable[tuple[str, bytes]]) -> list[Event]:
    """Bytes to events, sealed words left as they are."""
    return [DECODERS[topic](raw) for topic, raw in stored]


def select_and_decode(connection: psycopg.Connection[tuple[str, bytes]], id: UUID) -> list[Event]:
    """The same, fetched first."""
    with connection.cursor(binary=True) as cursor:
        return decode(cursor.execute(SELECT, (id,), prepare=True).fetchall())
