"""Finds the events that the index has under a name, by what the index itself keeps: nothing else knows all of them."""

from __future__ import annotations

from uuid import UUID

from history.ledger.index_hashing import RECORD, bucket_of, key_of, named_in
from history.ledger.stored import Stored, StoredEvent
from history.reading import Reading

GREW = """
    SELECT size, count FROM history.ledger_index
    WHERE bucket = %(bucket)s AND key = %(key)s AND size <= %(at)s ORDER BY size
"""
# The id may stand anywhere in the bytes; which of these events really name it is looked at afterwards.
THAT_MENTION = """
    SELECT notification_id, originator_id, originator_version, topic, state FROM history.events
    WHERE notification_id > %(after)s AND notification_id <= %(to)s AND position(%(id)s::bytea IN state) > 0
    ORDER BY notification_id
"""
WINDOW = 512
"""Events looked through at first for those that one checkpoint took in; each next window is four times as wide."""


def events_under(history: Reading, name: str, id: UUID, at: int) -> list[StoredEvent]:
    """The events under a name and id, as the index was at the size of a checkpoint, in their order. Raises Unavailable."""
    if name == RECORD:
        return Stored(history).of_records([id], at)
    found: list[StoredEvent] = []
    key, before = key_of(name, id), (0, 0)
    for size, count in history.rows(GREW, {"bucket": bucket_of(key), "key": key, "at": at}):
        found += _taken_in(history, (name, id), count - before[1], before[0], size)
        before = size, count
    return found


def _taken_in(
    history: Reading, named: tuple[str, UUID], wanted: int, after: int, to: int
) -> list[StoredEvent]:
    """So many events under a name that a checkpoint took in: they lie shortly before it."""
    found: list[StoredEvent] = []
    window = WINDOW
    id = str(named[1]).encode()
    while len(found) < wanted and to > after:
        low = max(after, to - window)
        rows = history.rows(THAT_MENTION, {"after": low, "to": to, "id": id})
        events = [StoredEvent(*row) for row in rows]
        found = [event for event in events if named in named_in(event.record_id, event.state)] + found
        to, window = low, 4 * window
    return found
