"""How far the triggers have come: a place in the history, and an instant. It may be lost: receipts say what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

CREATE = """
    CREATE TABLE IF NOT EXISTS read_models.triggers_reached (
        nth int PRIMARY KEY DEFAULT 1 CHECK (nth = 1),
        position bigint NOT NULL,
        until timestamptz NOT NULL
    )
"""
FIND = "SELECT position, until FROM read_models.triggers_reached"
FIRST = """
    SELECT notification_id - 1, (convert_from(state, 'UTF8')::jsonb ->> 'recorded_at')::timestamptz
    FROM history.events WHERE topic = 'trigger.introduced' ORDER BY notification_id LIMIT 1
"""
KEEP = """
    INSERT INTO read_models.triggers_reached (position, until) VALUES (%(position)s, %(until)s)
    ON CONFLICT (nth) DO UPDATE SET position = %(position)s, until = %(until)s
"""


@dataclass(slots=True)
class Reached:
    """What has been looked at."""

    position: int
    until: datetime


def reached(connection: psycopg.Connection[Any], now: datetime) -> Reached:
    """Where to go on; where nothing is kept, at the moment at which the first trigger was introduced."""
    connection.execute(CREATE)
    for question in (FIND, FIRST):
        found = connection.execute(question).fetchone()
        if found is not None:
            return Reached(*found)
    return Reached(0, now)


def keep(connection: psycopg.Connection[Any], how_far: Reached) -> None:
    """Remember it. Not waited for: what is done again is found done."""
    connection.execute(KEEP, {"position": how_far.position, "until": how_far.until})
