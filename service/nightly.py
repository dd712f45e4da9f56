"""Every night, one of the workers checks everything that is stored, and puts on record what it found."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.upkeep import Check, Faulty, StoreChecked, TableCounted
from history.ledger.notes import PublicKey
from history.register.statement import Statement
from history.rounds import Rounds
from history.store import History
from projections.scratch import AlreadyRebuilding
from projections.upkeep import checks
from service.soundness.checking import Found, Promised, check
from service.witnesses.witness import Witness
from service.witnesses.witnessing import held_by
from workflows.casework import Casework
from workflows.keeping_up import MOST, THE_CARETAKER, RecordNightlyCheck
from workflows.sent import Sent

log = logging.getLogger(__name__)

LONDON = ZoneInfo("Europe/London")
AFTER_START = 60.0
"""Seconds that a worker lets pass first: what was missed while nothing ran is made up for, and not in the way of a start."""
LOOK_EVERY = 30.0


def night_of(now: datetime, at: time) -> date:
    """The night whose check is due: today's from that time on in London, until then yesterday's."""
    local = now.astimezone(LONDON)
    return local.date() if local.time() >= at else local.date() - timedelta(days=1)


class Nightly(Rounds):
    """One of any number, in any number of processes: one of them checks, once a night."""

    name = "nightly_check"
    words = "checks everything that is stored, every night"
    lock = 4703268521017386350
    # A check reads the whole history; that takes as long as it takes.
    patience = 6 * 3600.0
    every = LOOK_EVERY
    first_after = AFTER_START
    has_to_wait_for = (AlreadyRebuilding,)

    def __init__(
        self,
        dsn: str,
        history: History,
        trusted: Sequence[PublicKey],
        clock: Callable[[], datetime],
        at: time,
        witnesses: Sequence[Witness] = (),
    ) -> None:
        """`at`: the time of night in London. What `witnesses` hold must agree with the history."""
        super().__init__(dsn)
        self._history, self._trusted = history, trusted
        self._clock, self._at, self._witnesses = clock, at, witnesses

    def step(self) -> Found | None:
        """Check, if it is due. Raises AlreadyRebuilding, psycopg.Error and Unavailable."""
        night = night_of(self._clock(), self._at)
        if self._is_done(night):
            return None
        found = check(self._history, self._dsn, self._trusted, promised=self._promised())
        self._record(night, found)
        log.log(
            logging.INFO if found.sound else logging.ERROR,
            "checked everything stored up to position %s: %s",
            found.position,
            "sound" if found.sound else f"{len(found.faults) + len(found.differences)} faults",
        )
        return found

    def _is_done(self, night: date) -> bool:
        return self._history.find(Check, Check.id_for(night)) is not None

    def _promised(self) -> Promised:
        return promised_by(self._witnesses, self._history)

    def _record(self, night: date, found: Found) -> None:
        faults = [
            Faulty(part=fault.part, what=fault.what[:400], where=fault.where[:400]) for fault in found.faults
        ]
        faults += [
            Faulty(part=one.table, what=f"is {one.kind}"[:400], where="/".join(one.key)[:400])
            for one in found.differences
        ]
        command = RecordNightlyCheck(
            night=night,
            position=found.position,
            sealed=found.sealed,
            root=found.root,
            first_wrong=found.first_wrong,
            tables=tuple(
                TableCounted(table=said.of_table, last=said.last, rows=said.rows, chain=said.chain.hex())
                for said in found.register
            ),
            faults=tuple(faults[:MOST]),
            more=max(0, len(faults) - MOST),
            seconds=round(found.seconds, 3),
        )
        sent = Sent(idempotency_key=f"nightly check {night}")
        Casework(self._history, self._clock).perform(
            command, THE_CARETAKER, on=Check.id_for(night), sent=sent
        )


def promised_by(witnesses: Sequence[Witness], history: History) -> Promised:
    """What witnesses hold, and what earlier nights wrote down."""
    notes, silent = held_by(witnesses)
    return Promised(notes, promises_of(checks(history)), silent)


def promises_of(earlier: Sequence[StoreChecked]) -> dict[str, list[Statement]]:
    """What earlier nights wrote down of the register: it lies in the history, so a later register cannot deny it."""
    promised: dict[str, list[Statement]] = {}
    for one in earlier:
        for said in one.tables:
            statement = Statement(said.table, said.last, said.rows, bytes.fromhex(said.chain))
            if said.rows:
                promised.setdefault(said.table, []).append(statement)
    return promised
