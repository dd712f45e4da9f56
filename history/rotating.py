"""Wraps every key anew under the first master key. The history is not touched, and whoever works goes on working."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString
from uuid import UUID

import psycopg

from history.keys import place_of
from history.master_keys import MasterKeys, Wrapped

AT_A_TIME = 500

PAGE: LiteralString = """
    SELECT id, subject, category, wrapped, master FROM history.keys WHERE id > %(after)s AND master <> %(first)s
    ORDER BY id LIMIT %(limit)s
"""
# Only what still is as it was read: a key may have been destroyed meanwhile, or wrapped by another who rotates.
REWRAP: LiteralString = """
    UPDATE history.keys k SET wrapped = new.wrapped, master = %(first)s
    FROM unnest(%(ids)s::bigint[], %(before)s::bytea[], %(wrapped)s::bytea[]) AS new (id, before, wrapped)
    WHERE k.id = new.id AND k.wrapped = new.before
"""
BY_MASTER: LiteralString = "SELECT master, count(*) FROM history.keys GROUP BY master ORDER BY 2 DESC, 1"

Row = tuple[int, UUID, str, bytes, str]


def rotate(owner_dsn: str, masters: MasterKeys, progress: Callable[[int], None] = lambda done: None) -> int:
    """Wrap what other master keys have wrapped under the first one, and say how many keys that were.

    A page at a time, each in a transaction of its own: broken off anywhere, every key is wrapped by the one or by the other, and
    to ask again goes on from there. Raises WrongMasterKey before anything of a page is written, and psycopg.Error.
    """
    done = after = 0
    with psycopg.connect(owner_dsn, autocommit=True) as connection:
        while True:
            asked = {"after": after, "first": masters.first, "limit": AT_A_TIME}
            with connection.cursor(binary=True) as cursor:
                page: list[Row] = cursor.execute(PAGE, asked).fetchall()
            if not page:
                return done
            done += _rewrap(connection, masters, page)
            after = page[-1][0]
            progress(done)


def wrapped_by(dsn: str) -> dict[str, int]:
    """How many keys each master key has wrapped, by its name."""
    with psycopg.connect(dsn) as connection:
        return dict(connection.execute(BY_MASTER).fetchall())


def _rewrap(connection: psycopg.Connection, masters: MasterKeys, page: list[Row]) -> int:
    places = [place_of(subject, category) for _, subject, category, _, _ in page]
    keys = [masters.unwrap(Wrapped(row[4], row[3]), place) for row, place in zip(page, places, strict=True)]
    first, wrapped = masters.wrap(keys, places)
    asked = {
        "ids": [row[0] for row in page],
        "before": [row[3] for row in page],
        "wrapped": wrapped,
        "first": first,
    }
    with connection.transaction():
        return connection.execute(REWRAP, asked).rowcount
