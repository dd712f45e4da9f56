"""Causes over which a trigger broke: which there are, and acting on them again once the fault is mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString
from uuid import UUID

import structlog

from domain.trigger_events import CouldNotAct, Undone
from history.encoding import Unreadable
from history.store import History
from projections.falling import Falling
from service.triggering.clockwork import as_cause
from workflows.casework import Casework
from workflows.keeping_triggers import THE_TRIGGERS, AttendToUndone
from workflows.triggers.acting import Acting
from workflows.triggers.all_triggers import TRIGGERS
from workflows.triggers.cause import Became, Cause, Happened
from workflows.triggers.trigger import Trigger

log = structlog.get_logger("service.triggering")

WRITTEN_DOWN: LiteralString = """
    SELECT originator_id FROM history.events
    WHERE originator_version = 1 AND topic = 'trigger.could_not_act' ORDER BY notification_id
"""
BECAME: dict[str, Became] = {"due_soon": "due_soon", "due": "due", "overdue": "overdue"}


def parked_causes(history: History) -> list[Undone]:
    """What failed by a fault of ours and was not seen to; what a rule refused is a person's business. Raises Unavailable."""
    ids: dict[UUID, type[Undone]] = {id: Undone for (id,) in history.rows(WRITTEN_DOWN, {})}
    found = [undone for undone in history.get_many(ids).values() if isinstance(undone, Undone)]
    return [
        undone for undone in found if undone.wanted and undone.wanted.failed_with and undone.attended is None
    ]


def act_again(casework: Casework, history: History, dsn: str) -> Iterator[tuple[CouldNotAct, str]]:
    """Act again on every cause that is parked, and say what it fails with now; nothing where it is done.

    What had been done before the trigger broke is not done twice: its receipts are there. Raises Unavailable.
    """
    acting, falling = Acting(casework, history), Falling(dsn)
    acting.introduce()
    try:
        for undone in parked_causes(history):
            if undone.wanted is None:
                continue
            try:
                _once_more(acting, history, falling, undone.wanted)
            except Exception as problem:
                log.exception("a trigger breaks again", trigger=undone.wanted.trigger)
                yield undone.wanted, type(problem).__name__
                continue
            seen_to = AttendToUndone(how="The fault was mended, and the trigger acted.")
            casework.perform(seen_to, THE_TRIGGERS, undone.id)
            yield undone.wanted, ""
    finally:
        falling.close()


def _once_more(acting: Acting, history: History, falling: Falling, wanted: CouldNotAct) -> None:
    trigger = TRIGGERS.get(wanted.trigger)
    cause = _cause(history, falling, wanted.cause, trigger)
    if cause is None:
        # The duty was completed meanwhile: there is nothing left to act on.
        return
    for one in [trigger] if trigger else acting.watching(cause):
        acting.one(one, cause)


def _cause(history: History, falling: Falling, key: str, trigger: Trigger | None) -> Cause | None:
    if key.isdecimal():
        position = int(key)
        [stored] = history.page(position - 1, 1)
        if stored.position != position:
            raise Unreadable(stored.topic, "there is no event at this position", position)
        return Happened(position, stored.event)
    duty, _, became = key.partition(" ")
    row = falling.find(UUID(duty))
    if row is None or row.done_on is not None:
        return None
    at = {"due_soon": row.soon_at, "due": row.due_at, "overdue": row.overdue_at}[became]
    return as_cause(row, BECAME[became], at, history.head(), trigger.waits if trigger else "")
