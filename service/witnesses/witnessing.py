"""Gives the newest checkpoint to every witness, now and then, and tries again what did not succeed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence

import psycopg

from history.ledger.stored import Checkpoint, Stored
from history.patience import Unavailable
from history.store import History
from service.witnesses.witness import ForkRefused, NotTaken, Witness

log = logging.getLogger(__name__)

LOOK_EVERY = 15.0
"""Seconds between two looks at whether a witness is due; and until what failed is tried again."""
TURN = "SELECT pg_try_advisory_lock(4703268521017386351)"
DUE = """
    SELECT NOT EXISTS (
        SELECT FROM history.witnessed
        WHERE witness = %(witness)s AND witnessed_at > clock_timestamp() - make_interval(secs => %(every)s)
    ) AND NOT EXISTS (SELECT FROM history.witnessed WHERE witness = %(witness)s AND size = %(size)s)
"""
NOTE = "INSERT INTO history.witnessed (witness, size, answer) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


class Witnessing:
    """One of any number, in any number of processes: one of them sends."""

    def __init__(self, dsn: str, history: History, witnesses: Sequence[Witness], every: float) -> None:
        """`every`: seconds between two checkpoints for the same witness."""
        self._dsn, self._history, self._witnesses, self._every = dsn, history, witnesses, every

    def run(self, stop: threading.Event) -> None:
        """Go on until told to stop. Whatever goes wrong is logged, and tried again."""
        while not stop.is_set():
            try:
                self.step()
            except (psycopg.OperationalError, Unavailable) as problem:
                log.warning("witnesses have to wait: %s", type(problem).__name__)
            except Exception:
                log.exception("witnesses were given nothing; trying again in %s seconds", LOOK_EVERY)
            stop.wait(LOOK_EVERY)

    def step(self) -> int:
        """Give the newest checkpoint to every witness that is due; how many took it. Raises psycopg.Error and Unavailable."""
        newest = Stored(self._history).newest()
        if newest is None or not self._witnesses:
            return 0
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as turn:
            if turn.execute(TURN).fetchone() != (True,):
                return 0
            return sum(self._give(turn, witness, newest) for witness in self._witnesses)

    def _give(self, turn: psycopg.Connection, witness: Witness, newest: Checkpoint) -> bool:
        asked = {"witness": witness.name, "every": self._every, "size": newest.size}
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
