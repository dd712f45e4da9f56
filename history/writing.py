"""Carries appends to the database, several in one transaction. What is in the way of one does not stop the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import psycopg
from eventsourcing.persistence import PersistenceError
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.errors import Diagnostic
from psycopg.rows import tuple_row

from history.appending import Packed
from history.arrays import Array, Bigints, Byteas, Jsonbs, Texts, Uuids, bigints
from history.patience import Unavailable, patiently
from history.together import Asked, Refused

APPEND = f"CALL history.append({'%b, ' * 15} NULL, NULL)"
IN_ORDER = "in order"
"""What the procedure says, ahead of its answer, when the events are committed and only the disk is waited for."""
COLUMNS: tuple[tuple[type[Array], ...], ...] = (
    (Uuids, Bigints, Texts, Byteas),
    (Uuids, Bigints),
    (Bigints,),
    (Texts, Texts, Texts, Byteas, Uuids, Bigints, Jsonbs),
)


class Writing:
    """Writes appends that have nothing to do with each other, and gives each its outcome."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        self.datastore = datastore

    def __call__(self, asked: Sequence[Asked], in_order: Callable[[], None]) -> None:
        """Write them, each of them wholly or not at all. `in_order` is called when others may follow, before they are on disk."""
        # Who has waited too long for his turn is told so; the others have at least one attempt.
        now = time.monotonic()
        left = [one for one in asked if one.until > now]
        try:
            if left:
                until = min(one.until for one in left)
                patiently(self.datastore, lambda connection: _write(connection, left, in_order), until)
        except Unavailable as problem:
            for one in left:
                one.outcome = Unavailable(str(problem))
        except PersistenceError as problem:
            # Something is wrong with one of them that could not be foreseen.
            if len(left) == 1:
                left[0].outcome = problem
            for one in left if len(left) > 1 else ():
                self([one], in_order)


def _write(connection: Connection[Any], left: list[Asked], in_order: Callable[[], None]) -> None:
    """Write those that are left, and keep the list of them up to date."""
    while left:
        last, refused = _call(connection, left, in_order)
        if refused is None:
            _give_positions(left, last)
        else:
            _refuse(left, refused)
        left[:] = [one for one in left if one.outcome is None]


def _call(
    connection: Connection[Any], asked: Sequence[Asked], in_order: Callable[[], None]
) -> tuple[int, list[tuple[str, int, int]] | None]:
    def hear(said: Diagnostic) -> None:
        if said.message_primary == IN_ORDER:
            in_order()

    connection.add_notice_handler(hear)
    try:
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            [answer] = cursor.execute(APPEND, _parameters(asked), prepare=True).fetchall()
    except psycopg.Error:
        # It may have failed only after the events were written.
        for one in asked:
            one.uncertain = True
        raise
    finally:
        connection.remove_notice_handler(hear)
    return answer


def _parameters(asked: Sequence[Asked]) -> list[Array | None]:
    parameters: list[Array | None] = []
    for kinds, *groups in zip(COLUMNS, *(one.packed for one in asked), strict=True):
        count = sum(rows.count for rows in groups)
        for nth, kind in enumerate(kinds):
            parameters.append(
                kind(count, b"".join([rows.columns[nth] for rows in groups])) if count else None
            )
    return [*parameters, _ends_of_saves(asked)]


def _ends_of_saves(asked: Sequence[Asked]) -> Array | None:
    """For each receipt, how many events come before the end of its save."""
    ends = accumulate(one.packed.version.count for one in asked)
    of_receipts = [end for end, one in zip(ends, asked, strict=True) if one.append.receipt]
    return Bigints(len(of_receipts), bigints(of_receipts)) if of_receipts else None


def _give_positions(asked: Sequence[Asked], last: int) -> None:
    end = last + 1
    for one in reversed(asked):
        one.outcome = range(end - one.packed.version.count, end)
        end = one.outcome.start


def _refuse(asked: Sequence[Asked], refused: list[tuple[str, int, int]]) -> None:
    for why, nth, version in refused:
        group = Packed._fields.index(why)
        for one in asked:
            count = one.packed[group].count
            if nth <= count:
                one.outcome = Refused(why, nth - 1, version)
                break
            nth -= count
