"""Gives the newest checkpoint to every witness, now and then, and tries again what did not succeed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import psycopg

from history.ledger.stored import Checkpoint, Stored
from history.rounds import Rounds
from history.store import History
from service.witnesses.witness import ForkRefused, NotTaken, Witness

log = logging.getLogger(__name__)

LOOK_EVERY = 15.0
"""Seconds between two looks at whether a witness is due; and until what failed is tried again."""
DUE = """
    SELECT NOT EXISTS (
        SELECT FROM history.witnessed
        WHERE witness = %(witness)s AND witnessed_at > clock_timestamp() - make_interval(secs => %(every)s)
    ) AND NOT EXISTS (SELECT FROM history.witnessed WHERE witness = %(witness)s AND size = %(size)s)
"""
NOTE = "INSERT INTO history.witnessed (witness, size, answer) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


class Witnessing(Rounds):
    """One of any number, in any number of processes: one of them sends."""

    name = "witnessing"
    words = "gives checkpoints of the ledger to its witnesses"
    lock = 4703268521017386351
    # A witness that does not answer takes its time, and there may be several.
    patience = 900.0
    every = LOOK_EVERY

    def __init__(self, dsn: str, history: History, witnesses: Sequence[Witness], every: float) -> None:
        """`every`: seconds between two checkpoints for the same witness."""
        super().__init__(dsn)
        self._history, self._witnesses, self._each = history, witnesses, every

    def step(self) -> int:
        """Give the newest checkpoint to every witness that is due; how many took it. Raises psycopg.Error and Unavailable."""
        newest = Stored(self._history).newest()
        if newest is None or not self._witnesses:
            return 0
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as turn:
            return sum(self._give(turn, witness, newest) for witness in self._witnesses)

    def _give(self, turn: psycopg.Connection, witness: Witness, newest: Checkpoint) -> bool:
        asked = {"witness": witness.name, "every": self._each, "size": newest.size}
        if turn.execute(DUE, asked).fetchone() != (True,):
            return False
        try:
            answer = witness.take(newest)
        except ForkRefused as refused:
            log.error("the witness %s refuses this history: %s", witness.name, refused)
            return False
        except NotTaken as problem:
            log.warning("the witness %s did not take the checkpoint: %s", witness.name, problem)
            return False
        turn.execute(NOTE, (witness.name, newest.size, answer))
        return True


def held_by(witnesses: Iterable[Witness]) -> tuple[list[str], list[str]]:
    """All checkpoints that witnesses hold; and who could not be asked, with the reason."""
    notes: list[str] = []
    silent: list[str] = []
    for witness in witnesses:
        try:
            notes += witness.held()
        except NotTaken as problem:
            silent.append(f"{witness.name}: {problem}")
    return notes, silent
