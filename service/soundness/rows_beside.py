"""Whether the rows beside the events fit them: receipts, keys, erasures, and what was counted along the positions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import LiteralString

from history.moments import BLOCK
from history.reading import Reading
from service.soundness.fault import AT_MOST, Fault

QUESTIONS: tuple[tuple[str, str, LiteralString], ...] = (
    (
        "receipts",
        "it names what is not in the history",
        """
        SELECT format('receipt %s at position %s', nth, position) FROM history.receipts r
        WHERE position > (SELECT coalesce(max(notification_id), 0) FROM history.events)
            OR (record_version > 0 AND NOT EXISTS (
                SELECT FROM history.events e WHERE e.originator_id = r.record_id
                    AND e.originator_version = r.record_version AND e.notification_id <= r.position
            ))
        ORDER BY nth LIMIT %(at_most)s
        """,
    ),
    (
        "receipts",
        "the next number was given before",
        """
        SELECT format('the next is %s', s.last_value + 1) FROM history.receipts_nth s
        WHERE s.last_value < (SELECT coalesce(max(nth), 0) FROM history.receipts) LIMIT %(at_most)s
        """,
    ),
    (
        "witnessed",
        "it names no checkpoint",
        """
        SELECT format('witnessed %s', nth) FROM history.witnessed w
        WHERE NOT EXISTS (SELECT FROM history.ledger_checkpoints c WHERE c.size = w.size)
        ORDER BY nth LIMIT %(at_most)s
        """,
    ),
    (
        "keys",
        "one that was erased is back",
        """
        SELECT format('key %s, erased as record %s decided in version %s', k.id, e.child, e.approval)
        FROM history.erasures e JOIN history.keys k ON k.id = ANY (e.keys) ORDER BY k.id LIMIT %(at_most)s
        """,
    ),
    (
        "erasures",
        "it names no approval",
        """
        SELECT format('erasure %s', nth) FROM history.erasures r WHERE NOT EXISTS (
            SELECT FROM history.events e WHERE e.originator_id = r.child AND e.originator_version = r.approval
                AND e.topic = 'child.erasure_approved'
        ) ORDER BY nth LIMIT %(at_most)s
        """,
    ),
)
TWICE: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("applied", "file"),
    ("keys", "id"),
    ("keys", "subject, category"),
    ("ledger_tiles", "level, number"),
    ("looks_added_up", "block, process"),
    ("moments", "block"),
    ("receipts", "actor, key"),
    ("register", "of_table, last"),
    ("witnessed", "witness, size"),
)
"""What tells rows apart. An index sees to it, until somebody takes it away."""
KEYS_GONE: LiteralString = """
    SELECT format('key %%s', used.id) FROM unnest(%(ids)s::bigint[]) AS used (id)
    WHERE NOT EXISTS (SELECT FROM history.keys k WHERE k.id = used.id)
        AND NOT EXISTS (SELECT FROM history.erasures e WHERE used.id = ANY (e.keys))
    ORDER BY used.id LIMIT %(at_most)s
"""
KEYS: LiteralString = """
    SELECT id, subject, category, wrapped, master FROM history.keys WHERE id > %(after)s ORDER BY id LIMIT 1000
"""
MOMENTS: LiteralString = """
    SELECT format('block %%s', coalesce(m.block, e.block)) FROM history.moments m FULL JOIN (
        SELECT (notification_id - 1) / %(block)s AS block, min(history.recorded_at(state)) AS earliest
        FROM history.events WHERE notification_id <= %(block)s * (SELECT max(block) + 1 FROM history.moments)
        GROUP BY 1
    ) e ON e.block = m.block
    WHERE m.earliest IS DISTINCT FROM e.earliest OR m.block IS NULL ORDER BY 1 LIMIT %(at_most)s
"""

LOOKS_ADDED_UP: LiteralString = """
    SELECT format('block %%s', coalesce(k.block, e.block)) FROM history.looks_added_up k FULL JOIN (
        SELECT sums.* FROM (SELECT max(block) + 1 AS blocks FROM history.looks_added_up) noted,
            history.looks_between(0, noted.blocks * %(block)s) sums
    ) e ON (e.block, e.process) = (k.block, k.process)
    WHERE k IS DISTINCT FROM e ORDER BY 1 LIMIT %(at_most)s
"""


def faults_beside(history: Reading, used: Collection[int]) -> Iterator[Fault]:
    """What does not fit. `used`: the keys that stored events need. Raises Unavailable."""
    at_most = {"at_most": AT_MOST}
    for part, what, question in QUESTIONS:
        # Each is one statement, and so about one moment: a service that goes on writing gives no false alarm.
        yield from (Fault(part, what, where) for (where,) in history.rows(_plain(question), at_most))
    for table, key in TWICE:
        twice = f"SELECT count(*) FROM history.{table} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"  # noqa: S608
        if history.rows(twice, {}):
            yield Fault(table, "a row is there twice", f"by {key}")
    gone = history.rows(KEYS_GONE, {"ids": sorted(used), **at_most})
    yield from (Fault("keys", "it is gone, and no erasure says so", where) for (where,) in gone)
    yield from _keys_that_do_not_open(history)
    moments = history.rows(MOMENTS, {"block": BLOCK, **at_most})
    yield from (Fault("moments", "it is not what the events say", where) for (where,) in moments)
    added_up = history.rows(LOOKS_ADDED_UP, {"block": BLOCK, **at_most})
    yield from (Fault("looks_added_up", "it is not what the events say", where) for (where,) in added_up)


def _keys_that_do_not_open(history: Reading) -> Iterator[Fault]:
    after, told = 0, 0
    while page := history.rows(KEYS, {"after": after}):
        for row in page:
            if told < AT_MOST and not history.mapper.keys.opens(row):
                told += 1
                yield Fault(
                    "keys", "no master key that is known opens it for whom it belongs to", f"key {row[0]}"
                )
        after = page[-1][0]


def _plain(question: LiteralString) -> LiteralString:
    return question.replace("%s", "%%s")
