"""All that `placements check` looks at, and that the worker looks at every night."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import psycopg

from history.ledger.checkpoints import read_checkpoint
from history.ledger.notes import NotSigned, PublicKey
from history.ledger.verifying import Verdict, verify
from history.master_keys import WrongMasterKey
from history.register.comparing import compare
from history.register.statement import Statement
from history.store import History
from projections.comparing import Difference, differences
from projections.scratch import positions_in_use
from service.soundness.bookkeeping import faults_of_bookkeeping
from service.soundness.events import EventsRead
from service.soundness.fault import Fault
from service.soundness.rows_beside import faults_beside
from service.soundness.schema import faults_of_schema

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how many events were read, and of how many."""


@dataclass(frozen=True, slots=True)
class Promised:
    """What is known from elsewhere of this history as it was: it must still agree."""

    checkpoints: Sequence[str] = ()
    statements: Mapping[str, Sequence[Statement]] = field(default_factory=dict)
    silent: Sequence[str] = ()
    """Witnesses that could not be asked."""


@dataclass(slots=True)
class Found:
    """What was looked at, and what is wrong."""

    position: int
    """How far the history reached."""
    sealed: int
    events: int
    checkpoint: str | None
    """The newest checkpoint that was compared."""
    first_wrong: int | None
    faults: list[Fault]
    differences: list[Difference]
    register: list[Statement]
    """What the tables of the register come to that are as registered."""
    behind: int
    """Events that the read models have not taken in yet."""
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not self.differences

    @property
    def root(self) -> str:
        """The root of the newest checkpoint in hexadecimal digits; empty where there is none that can be read."""
        try:
            return read_checkpoint(self.checkpoint).root.hex() if self.checkpoint else ""
        except NotSigned:
            return ""


def check(
    history: History,
    dsn: str,
    trusted: Sequence[PublicKey],
    *,
    promised: Promised | None = None,
    progress: Progress = lambda what, done, of: None,
) -> Found:
    """Look at everything. The service may go on writing meanwhile. Without trusted keys, nothing is compared with the ledger.

    Raises AlreadyRebuilding, psycopg.Error and Unavailable.
    """
    began = time.monotonic()
    promised = promised or Promised()
    # Whatever this process remembers of keys may hide that one is gone.
    history.keys.let_go()
    read = EventsRead(history.mapper)
    verdict = verify(
        history,
        trusted,
        kept=promised.checkpoints,
        each=read,
        progress=lambda done, of: progress("Reading every event", done, of),
    )
    faults = [*read.faults]
    if trusted:
        faults += _of_the_ledger(verdict)
    registered = compare(history, trusted, promised.statements)
    for table in registered:
        faults += [
            Fault(part, what, f"{part.rstrip('s')} {place}") for part, place, what in table.differences
        ]
    faults += [Fault("witnesses", "one could not be asked", who) for who in promised.silent]
    faults += faults_beside(history, read.keys)
    faults += faults_of_schema(dsn)
    faults += faults_of_bookkeeping(dsn)
    found: list[Difference] = []
    try:
        found = differences(
            history, dsn, progress=lambda done, of: progress("Comparing read models", done, of)
        )
    except WrongMasterKey:
        faults.append(Fault("read models", "nothing could be compared", "a key that they need does not open"))
    except (psycopg.IntegrityError, psycopg.errors.CardinalityViolation) as broken:
        # Two events with one position, or one that is there twice: whoever put them there is found by their place all the same.
        rule = broken.diag.constraint_name or "that a row is there once"
        faults.append(
            Fault(
                "read models",
                "nothing could be compared",
                f"the history breaks a rule of their tables: {rule}",
            )
        )
    return Found(
        position=verdict.head,
        sealed=verdict.sealed,
        events=read.events,
        checkpoint=verdict.newest.note if verdict.newest else None,
        first_wrong=verdict.first_wrong if trusted else None,
        faults=faults,
        differences=found,
        register=[table.reached for table in registered if not table.differences],
        behind=_behind(dsn, verdict.head),
        seconds=time.monotonic() - began,
    )


def _of_the_ledger(verdict: Verdict) -> Iterable[Fault]:
    for fault in verdict.faults:
        where = f"position {fault.position}" if fault.position is not None else f"checkpoint {fault.size}"
        yield Fault("ledger", fault.words, where)


def _behind(dsn: str, head: int) -> int:
    with psycopg.connect(dsn) as connection:
        return max(0, head - min(positions_in_use(connection).values(), default=0))
