"""Turns a moment into a position of the history, and a position into the moment when it was written down."""

from __future__ import annotations

from datetime import datetime

from history.reading import Reading

BLOCK = 1_024
"""Positions of one row of `history.moments`."""
BLOCKS_AT_A_TIME = 200

NOTED = "SELECT coalesce(max(block) + 1, 0) FROM history.moments"
NOTE = """
    INSERT INTO history.moments (block, earliest)
    SELECT (notification_id - 1) / %(size)s, coalesce(min(history.recorded_at(state)), 'infinity') FROM history.events
    WHERE notification_id > %(after)s AND notification_id <= %(until)s
    GROUP BY 1 ORDER BY 1
    ON CONFLICT DO NOTHING
    RETURNING block
"""
BLOCK_OF = """
    SELECT block FROM history.moments WHERE block < %(blocks)s AND earliest <= %(moment)s ORDER BY block DESC LIMIT 1
"""
LAST_WITHIN = """
    SELECT coalesce(max(notification_id), 0) FROM history.events
    WHERE notification_id > %(after)s AND notification_id <= %(until)s AND history.recorded_at(state) <= %(moment)s
"""
RECORDED_AT = "SELECT history.recorded_at(state) FROM history.events WHERE notification_id = %(position)s"


def position_at(history: Reading, moment: datetime) -> int:
    """The last position that was written down at or before a moment; 0 where nothing was. Raises Unavailable.

    A decision that is being stored just now may yet get a later position and have an earlier time: for some seconds after it, the answer
    for a moment can still grow. From then on it stays.
    """
    head = history.head()
    noted = _note(history, head // BLOCK)
    return _last(history, moment, noted * BLOCK, head) or _in_block(history, moment, noted)


def moment_of(history: Reading, position: int) -> datetime | None:
    """When the event at a position was written down; none where there is none. Raises Unavailable."""
    for (moment,) in history.rows(RECORDED_AT, {"position": position}):
        found: datetime = moment
        return found
    return None


def _note(history: Reading, full: int) -> int:
    """Write down the earliest time of each block that has become full; how many there are."""
    noted: int = history.rows(NOTED, {})[0][0]
    while noted < full:
        until = min(full, noted + BLOCKS_AT_A_TIME)
        history.rows(NOTE, {"size": BLOCK, "after": noted * BLOCK, "until": until * BLOCK})
        noted = until
    return noted


def _in_block(history: Reading, moment: datetime, noted: int) -> int:
    for (block,) in history.rows(BLOCK_OF, {"blocks": noted, "moment": moment}):
        return _last(history, moment, block * BLOCK, (block + 1) * BLOCK)
    return 0


def _last(history: Reading, moment: datetime, after: int, until: int) -> int:
    found: int = history.rows(LAST_WITHIN, {"after": after, "until": until, "moment": moment})[0][0]
    return found
