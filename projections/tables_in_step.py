"""How far the tables stand that one who follows keeps in step: asked, locked while they are written, and moved on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from projections.progress import reached_in_words
from projections.table import Table

# The same tables are asked for with every event, so their names are part of the statement.
PLACES = """
    SELECT name, position, forgotten, built_at, EXISTS (SELECT FROM parked) FROM positions
    WHERE name = ANY({names}) AND shape = wanted AND wanted = ANY({shapes})
"""
LOCKED = PLACES + " ORDER BY name FOR UPDATE"
MOVE = """
    WITH moved AS (UPDATE positions SET position = %(to)s WHERE name = ANY({names}))
    SELECT pg_notify('read_models_reached', %(reached)s)
"""


class Place(NamedTuple):
    """How far a table has come."""

    name: str
    position: int
    forgotten: int
    built_at: datetime | None
    any_parked: bool
    """Whether any record is parked, whoever could not follow it."""


class TablesInStep:
    """Asks for them on the connection that holds the lead."""

    def __init__(self, connection: psycopg.Connection[Any], tables: Sequence[Table]) -> None:
        self._connection = connection
        self._leans_on = {table.name: table.leans_on for table in tables}
        self._later = {table.name for table in tables if table.later}
        mine = {
            "names": sql.Literal(list(self._leans_on)),
            "shapes": sql.Literal([table.shape for table in tables]),
        }
        self._places = sql.SQL(PLACES).format(**mine).as_bytes(connection)
        self._locked = sql.SQL(LOCKED).format(**mine).as_bytes(connection)
        self._moves: dict[frozenset[str], bytes] = {}

    def look(self) -> list[Place]:
        """Where each stands; without those that have to be rebuilt first, or that a newer version of the service wants otherwise."""
        return self._in_step(self._connection.execute(self._places, prepare=True).fetchall())

    def lock(self) -> list[Place]:
        """The same, and nobody else moves them until the end of the transaction."""
        # What keeps two from writing the same page, and a rebuilt table from being missed.
        return self._in_step(self._connection.execute(self._locked, prepare=True).fetchall())

    def move(self, names: Collection[str], to: int, found: Sequence[Place]) -> None:
        """Some of those found locked are written up to a position; whoever waits for it is told."""
        reached = {place.name: to if place.name in names else place.position for place in found}
        told = reached_in_words(reached, self._later)
        self._connection.execute(self._moving(frozenset(names)), {"to": to, "reached": told}, prepare=True)

    def _in_step(self, found: Sequence[Any]) -> list[Place]:
        """Without the tables that lean on one that waits to be rebuilt: they wait with it, and catch up afterwards."""
        names = {name for name, *_ in found}
        return [Place(*row) for row in found if names.issuperset(self._leans_on[row[0]])]

    def _moving(self, names: frozenset[str]) -> bytes:
        if names not in self._moves:
            moved = sql.SQL(MOVE).format(names=sql.Literal(sorted(names)))
            self._moves[names] = moved.as_bytes(self._connection)
        return self._moves[names]
