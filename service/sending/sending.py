"""Sends what is due: one worker at a time, several letters at once, each message once.

What is certain: a message is asked for once for one cause, and written down as handed over once. A letter leaves before that is written
down, so if the worker is killed between the two, the next one has to ask whoever took it. GOV.UK Notify and the folder of files can say,
and there it stays at once; a mail server and an endpoint cannot, and get the same letter again under the same id, by which it can be
known as the same. So the rule is: at least once, and twice only where a worker died in that moment. docs/decisions/0033 says why.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from history.job import Job
from history.store import History
from projections.asking import Asking
from projections.finding_messages import Messages
from projections.outbox import OutboxColumns
from projections.paging import Marks
from projections.progress import Progress
from service.sending.away import Away
from service.sending.carriers import Carriers
from service.sending.composing import Composing
from service.sending.digests import Digests
from service.sending.dispatching import Dispatching
from service.sending.handing_over import HandingOver
from service.sending.letters import Letters
from service.sending.timing import Hours
from service.sending.writing_down import WritingDown
from workflows.casework import Casework

GLANCE = 0.5
"""Seconds after which it looks for what has become due; news wake it at once."""
AT_ONCE = 200
"""Messages of one look."""
LETTERS_AT_ONCE = 8
DIGESTS_EVERY = 20.0
"""Seconds between two looks for digests that may go."""


class Sending(Job):
    """One leads, and gives the messages that are due to its threads."""

    name = "sending"
    words = "sends messages to people"
    lock = 4703268521017386401

    def __init__(
        self,
        dsn: str,
        history: History,
        clock: Callable[[], datetime],
        carriers: Carriers,
        hours: Hours | None = None,
        address: str | None = None,
    ) -> None:
        """`address`: where people reach the service, for links."""
        super().__init__(dsn)
        self._clock, self._carriers = clock, carriers
        hours, self._casework = hours or Hours(), Casework(history, clock)
        self._away, self._written = Away(), WritingDown(self._casework, self.counts)
        self._digests = Digests(history, self._casework, clock, hours)
        self._handing_over = HandingOver(clock, self._away, self._written)
        composing = Composing(history, clock, address)
        self._dispatching = Dispatching(
            history, clock, carriers, hours, composing, self._handing_over, self._written
        )
        self._digests_at = 0.0

    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Look, send, wait for news."""
        self._handing_over.leads_since = self._clock()
        asking = Asking(self._dsn, 2)
        progress = Progress(self._dsn)
        messages = Messages(asking, Marks(asking), progress)
        letters = Letters(LETTERS_AT_ONCE)
        try:
            underway: dict[UUID, Future[None]] = {}
            while not stop.is_set():
                self.well()
                seen = progress.position
                self._look(messages, letters, underway)
                progress.wait_beyond(seen, GLANCE)
        finally:
            # Begun again in this process, it must not hand over what a thread is handing over still.
            letters.close(wait=not stop.is_set())
            progress.close()
            asking.close()

    def _look(self, messages: Messages, letters: Letters, underway: dict[UUID, Future[None]]) -> None:
        """Give each message that is due to a thread, unless one has it. Raises what a thread raised."""
        for id, future in list(underway.items()):
            if future.done():
                del underway[id]
                future.result()
        due = {row.message_id: row for row in messages.due(self._clock(), AT_ONCE + len(underway))}
        for id, row in due.items():
            known = id in underway or self._written.is_ahead_of(row)
            if not known and not self._waits_for_its_carrier(row):
                underway[id] = letters.submit(self.handle, id, messages)
        self._written.forget_all_but(due)
        if time.monotonic() >= self._digests_at:
            self._digests.make(messages)
            self._digests_at = time.monotonic() + DIGESTS_EVERY

    def _waits_for_its_carrier(self, row: OutboxColumns) -> bool:
        """Whether it goes by a way that cannot be used now: then its records need not even be read."""
        if row.state != "waiting" or row.to.startswith("endpoint:"):
            return False
        return all(self._away.is_away(way) for way in self._carriers.to_people)

    def step(self, messages: Messages) -> int:
        """One look without threads: how many messages were due. For tests of what comes of it."""
        due = list({row.message_id: row for row in messages.due(self._clock(), AT_ONCE)})
        for id in due:
            self.handle(id, messages)
        return len(due) + self._digests.make(messages)

    def handle(self, id: UUID, messages: Messages) -> None:
        """Do for one message what is to be done now. Raises what casework raises."""
        self._dispatching.handle(id, messages)
