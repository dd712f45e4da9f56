"""How the service found itself in the last nights: told from the events themselves, of which there is one a night."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString, cast

from domain.events import stored_name
from domain.upkeep import StoreChecked
from history.reading import Reading

MOST = 400
"""Nights told at most."""
NEWEST: LiteralString = """
    SELECT topic, state FROM history.events WHERE originator_version = 1 AND topic = %(topic)s
    ORDER BY notification_id DESC LIMIT %(limit)s
"""
OVERDUE_AFTER = 36 * 3600.0
"""Seconds since the last check after which somebody should look: a night was missed."""


def checks(history: Reading, limit: int = MOST) -> list[StoreChecked]:
    """The last checks, the newest first. Raises Unavailable and Unreadable."""
    found = history.rows(NEWEST, {"topic": stored_name(StoreChecked), "limit": min(limit, MOST)})
    return cast(list[StoreChecked], history.mapper.read(found))


def last_check(history: Reading) -> StoreChecked | None:
    """The newest, if there was ever one. Raises Unavailable and Unreadable."""
    return next(iter(checks(history, 1)), None)


def is_overdue(last: StoreChecked, now: datetime) -> bool:
    """Whether a night was missed since."""
    return (now - last.recorded_at).total_seconds() > OVERDUE_AFTER
