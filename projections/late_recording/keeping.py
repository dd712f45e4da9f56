"""Keeps what follows from entries in step with them: whose they are, their sums, which incident came between, and duties in one hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import psycopg

from domain.events import stored_name
from domain.forgetting_events import ErasureApproved
from history.reading import Reading
from projections.late_recording.counts import COUNT, ENTRY_COUNTS, EVERYBODY, NONE_LEFT
from projections.late_recording.held import DUTIES_HELD, HOLD, LET_GO
from projections.late_recording.improving import IMPROVEMENTS, Weighing
from projections.late_recording.incidents import CAME_BETWEEN, DOUBTED, FALLS_UNDER
from projections.late_recording.whose import MOVED, SETTLE

ERASED = stored_name(ErasureApproved)
AT_A_TIME = 1_000
"""Records that are looked at together when all are."""
WHAT_MOVED: LiteralString = """
    SELECT coalesce(array_agg(position) FILTER (WHERE late), '{}'),
        coalesce(array_agg(position) FILTER (WHERE incident IS NOT NULL AND had_audiences IS NOT NULL), '{}'),
        coalesce(array_agg(DISTINCT record_id) FILTER (WHERE kind = 'placement' AND (duty IS NOT NULL OR agreement_id IS NOT NULL)), '{}'),
        coalesce(array_agg(DISTINCT record_id) FILTER (WHERE kind = 'agreement' AND duty IS NOT NULL), '{}'),
        coalesce(array_agg(position) FILTER (WHERE corrects IS NOT NULL AND had_audiences IS NULL), '{}'),
        coalesce(array_agg(child_id) FILTER (WHERE event = %(erased)s AND had_audiences IS NULL), '{}'),
        coalesce(bool_or(had_audiences IS NOT NULL), false)
    FROM moved
"""
# Psycopg keeps ready what has no more than 4,096 letters; a longer statement is read anew each time.
RENEW = " ".join(("WITH " + MOVED + ", settled AS (" + SETTLE + ") " + WHAT_MOVED).split()).encode()
RENEW_AND_COUNT = " ".join(
    ("WITH " + MOVED + ", settled AS (" + SETTLE + "), counted AS (" + COUNT + ") " + WHAT_MOVED).split()
).encode()
# What an incident puts in doubt changes when its placement changes hands: seldom, and then every late entry is looked at.
DOUBT: LiteralString = (
    """
    UPDATE entries doubted SET after = found.after FROM (
        SELECT e.position, (
            SELECT array_agg(i.position ORDER BY i.position) FROM entries i WHERE i.incident IS NOT NULL AND """
    + DOUBTED
    + " && "
    + FALLS_UNDER
    + " AND "
    + CAME_BETWEEN
    + """
        ) AS after
        FROM entries e WHERE e.late AND e.audiences IS NOT NULL AND (%(all)s OR e.position = ANY(%(positions)s))
    ) AS found WHERE doubted.position = found.position AND doubted.after IS DISTINCT FROM found.after
"""
)
RECORDS: LiteralString = (
    "SELECT DISTINCT record_id FROM entries WHERE record_id > %(after)s ORDER BY 1 LIMIT %(limit)s"
)


class Moved(NamedTuple):
    """Entries that are new, or changed hands."""

    late: list[int]
    incidents: list[int]
    """Those that changed hands."""
    placements: list[UUID]
    """With duties held in them."""
    agreements: list[UUID]
    corrections: list[int]
    erased: list[UUID]
    """Children of whom words were erased."""
    any_changed_hands: bool


class Keeping:
    """Does so on one connection, in whatever tables its search path finds; and touches those alone that are there to be written."""

    def __init__(
        self, connection: psycopg.Connection[Any], history: Reading, tables: Collection[str]
    ) -> None:
        self._connection, self._counts = connection, ENTRY_COUNTS.name in tables
        self._duties = DUTIES_HELD.name in tables
        self._weighing = Weighing(connection, history) if IMPROVEMENTS.name in tables else None

    def settle(self, ids: Sequence[UUID]) -> psycopg.Cursor[Any]:
        """Say whose the entries of these records are, after they were written, and all that they lean on. Let `renew` read the answer."""
        asked = {"ids": list(ids), "everybody": EVERYBODY, "erased": ERASED}
        cursor = self._connection.cursor(row_factory=psycopg.rows.tuple_row)
        return cursor.execute(RENEW_AND_COUNT if self._counts else RENEW, asked, prepare=True)

    def renew(self, settled: psycopg.Cursor[Any]) -> None:
        """Bring in step what follows from whose they are."""
        moved = self._moved(settled)
        if moved.late or moved.incidents:
            self._connection.execute(
                DOUBT, {"positions": moved.late, "all": bool(moved.incidents)}, prepare=False
            )
        self._hold(moved)
        if self._weighing is not None and (moved.corrections or moved.erased):
            self._weighing.weigh(moved.corrections, moved.erased)

    def make_all(self) -> None:
        """The same for all entries there are."""
        for ids in self._records():
            self._hold(self._moved(self.settle(ids)))
        self._connection.execute("ANALYZE entries")
        self._connection.execute(DOUBT, {"positions": [], "all": True})
        if self._weighing is not None:
            self._weighing.weigh([], every=True)

    def _moved(self, settled: psycopg.Cursor[Any]) -> Moved:
        [row] = settled.fetchall()
        moved = Moved(*row)
        if moved.any_changed_hands and self._counts:
            self._connection.execute(NONE_LEFT)
        return moved

    def _hold(self, moved: Moved) -> None:
        if self._duties and (moved.placements or moved.agreements):
            asked = {
                "placements": moved.placements,
                "agreements": moved.agreements,
                "everybody": EVERYBODY,
            }
            self._connection.execute(LET_GO, asked)
            self._connection.execute(HOLD, asked)

    def _records(self) -> Iterator[list[UUID]]:
        after = UUID(int=0)
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            while found := cursor.execute(RECORDS, {"after": after, "limit": AT_A_TIME}).fetchall():
                yield [id for (id,) in found]
                after = found[-1][0]
