"""Records that a read model could not follow are set aside: the others go on, and someone has to look."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from projections.table import Table
from projections.telling import CannotBeTold, Told

log = logging.getLogger(__name__)

CLEAR = sql.SQL("DELETE FROM parked WHERE record_id = ANY(%(ids)s) AND (name = ANY({names}) OR name = '')")
PARK = """
    INSERT INTO parked (name, record_id, position, error) VALUES (%(name)s, %(id)s, %(position)s, %(error)s)
    ON CONFLICT (name, record_id) DO UPDATE SET position = excluded.position, error = excluded.error
"""
OF_THE_RECORD = ("22", "23", "54")
"""SQLSTATE classes of errors that lie in what is written: data, constraints, limits. Others concern everybody."""


def lies_in_the_record(problem: psycopg.Error) -> bool:
    """Whether an error of the database comes from one record's data and not from the database or the code."""
    return (problem.sqlstate or "")[:2] in OF_THE_RECORD


@dataclass(slots=True)
class Parked:
    """A record that a read model could not follow."""

    name: str
    """The read model; empty where nobody knows what kind of record it is."""
    told: Told
    problem: BaseException


class Parking:
    """Writes down, for some read models, who is parked."""

    def __init__(self, connection: psycopg.Connection[Any], tables: Sequence[Table]) -> None:
        self._connection = connection
        self._clear = CLEAR.format(names=sql.Literal([table.name for table in tables])).as_bytes(connection)

    def clear(self, ids: dict[str, list[UUID]]) -> None:
        """These records are about to be tried again."""
        self._connection.execute(self._clear, ids, prepare=True)

    def park(self, entry: Parked) -> None:
        """Write down that a record could not be followed; what the error says may quote it, so only its class is kept."""
        told, problem = entry.told, entry.problem
        error = type(problem.__cause__ if isinstance(problem, CannotBeTold) else problem).__name__
        position = told.failed_at or told.position
        log.error(
            "record %s parked at position %s for the read model %s: %s",
            told.id,
            position,
            entry.name or "of every kind",
            error,
        )
        self._connection.execute(
            PARK, {"name": entry.name, "id": told.id, "position": position, "error": error}
        )
