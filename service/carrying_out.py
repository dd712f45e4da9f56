"""Sees to it that every approved erasure is carried out to its end, also where a process died in the middle, and notes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

import structlog

from domain.people import Asker
from domain.reasons import Invalid
from history.rounds import Rounds
from history.store import History
from history.write_log import LogIs, begin_log_anew
from projections.forgetting import write_anew
from workflows.casework import Casework
from workflows.erasing import NoteErasure
from workflows.sent import Sent

log = structlog.get_logger("service.carrying_out")

PAUSE = 1.0
"""Seconds between two looks."""
ACTOR = Asker("erasing", "Erasure", None, None, machine=True)
"""Under this name the service notes what it erased."""

WAITING: LiteralString = """
    SELECT e.originator_id, e.originator_version FROM history.events e
    WHERE e.topic = 'child.erasure_approved' AND NOT EXISTS (
        SELECT FROM history.erasures d WHERE d.child = e.originator_id AND d.approval = e.originator_version
    )
"""
# Noted once each: the receipt says which. Not before the read models have learnt of it.
NOT_NOTED: LiteralString = """
    SELECT d.child, d.approval, cardinality(d.keys) FROM history.erasures d
    JOIN history.events e ON e.originator_id = d.child AND e.originator_version = d.approval
    WHERE e.notification_id <= (SELECT min(position) FROM read_models.positions WHERE shape = wanted)
        AND NOT EXISTS (
            SELECT FROM history.receipts r WHERE r.actor = 'erasing' AND r.key = d.child || '/' || d.approval
        )
    ORDER BY d.nth
"""
WHAT_REMAINS: dict[LogIs, str] = {
    "emptied": "words were erased, and the files of the database's log of writes that had them are deleted",
    "begun_anew": "words were erased; they can still be read in old files of the database's log of writes, which it uses again, "
    "archives or keeps for a replica: see docs/how-to/forget-a-person.md",
    "kept": "words were erased; they can still be read in the database's log of writes until it is recycled, and this role may do "
    "nothing about it: see docs/how-to/forget-a-person.md",
}
KEYS_ANEW = "SELECT history.write_keys_anew()"


class Erased(NamedTuple):
    """An erasure whose keys are gone."""

    child: UUID
    approval: int
    keys: int


class CarryingOut(Rounds):
    """One leads; it does no harm when two do this at once."""

    name = "erasing"
    words = "carries out erasures that were approved"
    lock = 4703268521017386352
    every = PAUSE

    def __init__(
        self, dsn: str, history: History, clock: Callable[[], datetime], owner_dsn: str | None = None
    ) -> None:
        super().__init__(dsn)
        self._owner_dsn = owner_dsn or dsn
        self._history = history
        self._casework = Casework(history, clock)

    def step(self) -> int:
        """Carry out what waits, and note what was carried out; how many were noted. Raises psycopg.Error and PersistenceError."""
        for child, approval in self._history.rows(WAITING, {}):
            self._history.keys.carry_out(child, approval)
        done = [Erased(*row) for row in self._history.rows(NOT_NOTED, {})]
        if done:
            self._history.rows(KEYS_ANEW, {})
            write_anew(self._dsn)
            log_is = begin_log_anew(self._owner_dsn)
            (log.info if log_is == "emptied" else log.warning)(WHAT_REMAINS[log_is], erasures=len(done))
        for erased in done:
            self._note(erased)
        return len(done)

    def _note(self, erased: Erased) -> None:
        note = NoteErasure(approval=erased.approval, keys=erased.keys)
        sent = Sent(
            idempotency_key=f"{erased.child}/{erased.approval}",
            causation_id=f"{erased.child}/{erased.approval}",
        )
        try:
            self._casework.perform(note, ACTOR, erased.child, sent)
        except Invalid:
            log.info("another worker has noted an erasure", child=str(erased.child))
