"""Whether the stored history is sound: every event can be read, no position is missing, and no version of a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString, NamedTuple

from history.encoding import Unreadable
from history.reading import Reading

EVERY = 500
"""Events between two words about the progress."""
AT_MOST = 20
"""Faults told of one kind."""

GAPS: LiteralString = """
    SELECT notification_id, coalesce(before, 0) FROM (
        SELECT notification_id, lag(notification_id) OVER (ORDER BY notification_id) AS before FROM history.events
    ) AS places WHERE notification_id <> coalesce(before, 0) + 1 ORDER BY notification_id LIMIT %(at_most)s
"""
BROKEN: LiteralString = """
    SELECT originator_id::text FROM history.events GROUP BY originator_id
    HAVING min(originator_version) <> 1 OR max(originator_version) <> count(*) LIMIT %(at_most)s
"""


class Fault(NamedTuple):
    """Something that is wrong, by its name, and where."""

    what: str
    where: str


def faults_of(
    history: Reading, progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[int, list[Fault]]:
    """How many events were read, and everything that is wrong with them. Raises Unavailable."""
    head, read, position = history.head(), 0, 0
    faults: list[Fault] = []
    while len(faults) < AT_MOST:
        try:
            page = history.page(position, EVERY)
        except Unreadable as problem:
            faults.append(
                Fault("unreadable", f"position {problem.position}, stored as {problem.topic}: {problem.why}")
            )
            position = problem.position
            continue
        if not page:
            break
        read, position = read + len(page), page[-1].position
        progress(position, head)
    for after, before in history.rows(GAPS, {"at_most": AT_MOST}):
        faults.append(Fault("position missing", f"between {before} and {after}"))
    for (record,) in history.rows(BROKEN, {"at_most": AT_MOST}):
        faults.append(Fault("version missing", f"record {record}"))
    return read, faults
