"""What the batches of looks of each process add up to. Only those after the last full block that was asked about are opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.persistence import DataError

from domain.looks import Looks
from history.moments import BLOCK, BLOCKS_AT_A_TIME
from history.reading import Reading

NOTED = "SELECT coalesce(max(block) + 1, 0) FROM history.looks_added_up"
NOTE = """
    INSERT INTO history.looks_added_up SELECT * FROM history.looks_between(%(after)s, %(until)s)
    ON CONFLICT DO NOTHING RETURNING block
"""
SUMS = """
    SELECT process, min(part), min(began_at) AS began_at, max(last_heard_at), max(last_batch),
        sum(batches)::bigint, sum(looks)::bigint, sum(missed)::bigint, bool_or(ended)
    FROM ({}) blocks
    GROUP BY process ORDER BY began_at DESC, process
"""
EACH = SUMS.format(
    """
        SELECT * FROM history.looks_added_up WHERE block < %(full)s
        UNION ALL SELECT * FROM history.looks_between(%(after)s, %(head)s)
    """
)
EACH_BETWEEN = SUMS.format(
    """
        SELECT sums.* FROM unnest(%(after)s::bigint[], %(until)s::bigint[]) AS part (after, until)
        CROSS JOIN LATERAL history.looks_between(part.after, part.until) sums
    """
)
SPOILED = """
    SELECT notification_id
    FROM history.events, LATERAL (SELECT split_part(convert_from(state, 'UTF8'), '"looks":[', 1) AS head) told
    WHERE originator_version = 1 AND topic = 'looks.noted' AND notification_id <= %(head)s AND NOT (
        head ~ '"process":"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'
        AND head ~ '"batch":[0-9]+,' AND head ~ '"recorded_at":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[^"]+"'
    )
    ORDER BY notification_id
"""
THERE = (
    "SELECT originator_id FROM history.events WHERE originator_id = ANY(%(ids)s) AND originator_version = 1"
)


def processes_that_noted(history: Reading) -> list[Any]:
    """Process, part, when it began and was last heard, its last batch, how many batches, looks and missed ones, and whether it ended.

    The one that began last comes first. Raises Unavailable.
    """
    head = history.head()
    try:
        return _added_up(history, head)
    except DataError:
        # A batch that was tampered with has no such numbers: the others are counted without what was noted.
        spoiled = [position for (position,) in history.rows(SPOILED, {"head": head})]
        return history.rows(
            EACH_BETWEEN,
            {"after": [0, *spoiled], "until": [*(position - 1 for position in spoiled), head]},
        )


def _added_up(history: Reading, head: int) -> list[Any]:
    full = head // BLOCK
    for first in range(history.rows(NOTED, {})[0][0], full, BLOCKS_AT_A_TIME):
        until = min(full, first + BLOCKS_AT_A_TIME)
        history.rows(NOTE, {"after": first * BLOCK, "until": until * BLOCK})
    return history.rows(EACH, {"full": full, "after": full * BLOCK, "head": head})


def missing_batches(history: Reading, process: UUID, last: int) -> tuple[int, ...]:
    """The numbers up to the last of which there is no batch. Raises Unavailable."""
    numbers = {Looks.id_for(process, n): n for n in range(1, last + 1)}
    there = {id for (id,) in history.rows(THERE, {"ids": list(numbers)})}
    return tuple(n for id, n in numbers.items() if id not in there)
