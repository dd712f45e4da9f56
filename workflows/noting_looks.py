"""NoteLooks: the service remembers who looked at what. The reader never waits: a thread of its own writes, many looks in one event."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from threading import Condition, Lock, Thread
from typing import ClassVar
from uuid import UUID, uuid4

from domain.events import Event
from domain.looks import Look, Looks, LooksNoted
from domain.people import Asker
from domain.personal import Label
from domain.reasons import Invalid
from domain.record import Record
from workflows.command import Command
from workflows.sent import Performs

log = logging.getLogger(__name__)

THE_BOOK = Asker("looks", "Record of looks", None, None, machine=True)
"""Under this name the service writes down who looked."""
WRITE_EVERY = 1.0
"""Seconds between two writings: what a process that is killed can lose."""
MOST_IN_A_BATCH = 8_000
"""Looks, and ids in them, of one event: some 170 KB of ids, which take their turn in the one order for some twenty milliseconds."""
MOST_WAITING = 200_000
"""Looks, and ids in them, that wait for a database which is away: some 30 MB. Reading fails then too, so it is hardly ever reached."""


class NoteLooks(Command):
    """Write down who looked at what. Only the service itself does so."""

    target: ClassVar[type[Record]] = Looks
    opens: ClassVar[bool] = True
    event: ClassVar[type[Event] | None] = LooksNoted

    process: UUID
    """The process that noted them."""
    part: Label
    """What it is."""
    batch: int
    """Its number, from 1."""
    first: int
    """The number of the first look in it."""
    looks: tuple[Look, ...] = ()
    """The looks."""
    missed: int = 0
    """Looks after these for which there was no room."""
    ended: bool = False
    """Whether the process ends in order."""


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    first: int
    looks: tuple[Look, ...]
    missed: int
    ended: bool = False


class Noting:
    """The looks of one process, numbered. Threads may share it.

    `note` is the one call for everything that shows somebody's data. It appends to a list in memory and returns: it asks no database
    and raises nothing. A killed process loses at most what was noted in the last second (`WRITE_EVERY`); its last batch then is not
    marked as the last. What finds no room while the database is away is counted, logged, and told by the next batch.
    """

    def __init__(self, casework: Performs, part: str = "api", most_waiting: int = MOST_WAITING) -> None:
        self.casework, self.part, self.most_waiting = casework, part, most_waiting
        self.process = uuid4()
        self._waiting: deque[Look] = deque()
        self._room = most_waiting
        self._missed = 0
        self._written = self._numbered = 0
        self._cut: _Batch | None = None
        self._changed = Condition()
        self._closing = False
        self._writing = Lock()
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Write that this process notes looks from now on: without it, one that is killed in its first second would leave no trace.

        Raises what the history raises.
        """
        with self._writing:
            self._put(_Batch(1, 1, (), 0))

    def note(self, look: Look) -> None:
        """Remember one look; it is in the history within about a second."""
        size = _size(look)
        with self._changed:
            if self._missed or size > self._room:
                # From here on all are missed until a batch has told of it: so they follow each other, and have one number each.
                self._missed += 1
                return
            self._room -= size
            self._waiting.append(look)
            if self._thread is None and not self._closing:
                self._thread = Thread(target=self._write_now_and_then, name="looks", daemon=True)
                self._thread.start()

    def write(self) -> None:
        """Write what waits. What cannot be written stays for the next time. Raises what the history raises."""
        with self._writing:
            while (batch := self._cut or self._next()) is not None:
                self._put(batch)

    def close(self) -> None:
        """Write what is left and that this is all, and end."""
        with self._changed:
            if self._closing:
                return
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        try:
            self.write()
            if self._written:
                with self._writing:
                    self._put(_Batch(self._written + 1, self._numbered + 1, (), 0, ended=True))
        except Exception as problem:
            log.warning("looks could not be written at the end: %s", type(problem).__name__)

    def _next(self) -> _Batch | None:
        """The next batch, its numbers fixed until it is written."""
        taken: list[Look] = []
        size = 0
        with self._changed:
            while self._waiting and (not taken or size + _size(self._waiting[0]) <= MOST_IN_A_BATCH):
                look = self._waiting.popleft()
                size += _size(look)
                taken.append(look)
            missed = 0
            if not self._waiting:
                missed, self._missed = self._missed, 0
            if not taken and not missed:
                return None
        self._cut = _Batch(self._written + 1, self._numbered + 1, tuple(taken), missed)
        return self._cut

    def _put(self, batch: _Batch) -> None:
        command = NoteLooks(
            process=self.process,
            part=self.part,
            batch=batch.number,
            first=batch.first,
            looks=batch.looks,
            missed=batch.missed,
            ended=batch.ended,
        )
        try:
            self.casework.perform(command, THE_BOOK, Looks.id_for(self.process, batch.number))
        except Invalid as refusal:
            # It is there: the answer to the first attempt was lost.
            if [reason.code for reason in refusal.reasons] != ["id_in_use"]:
                raise
        with self._changed:
            self._room += sum(map(_size, batch.looks))
        self._written, self._numbered = batch.number, batch.first + len(batch.looks) + batch.missed - 1
        self._cut = None

    def _write_now_and_then(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing, WRITE_EVERY)
                if self._closing:
                    return
            try:
                self.write()
            except Exception as problem:
                # The database may be away for a while. What was noted is kept until it is back, as far as there is room.
                log.warning(
                    "looks wait to be written (%s): %s waiting, %s missed",
                    type(problem).__name__,
                    len(self._waiting),
                    self._missed,
                )


def _size(look: Look) -> int:
    return 1 + look.ids
