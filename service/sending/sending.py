"""Sends what is due: one worker at a time, several letters at once, each message once.

What is certain: a message is asked for once for one cause, and written down as handed over once. A letter leaves before that is written
down, so if the worker is killed between the two, the next one has to ask whoever took it. GOV.UK Notify and the folder of files can say,
and there it stays at once; a mail server and an endpoint cannot, and get the same letter again under the same id, by which it can be
known as the same. So the rule is: at least once, and twice only where a worker died in that moment. docs/decisions/0033 says why.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from domain.message import Delivery, Message
from domain.reach import Contacts
from history.job import Job
from history.store import History
from history.tracing import span
from projections.asking import Asking
from projections.finding_messages import Messages
from projections.outbox import OutboxColumns
from projections.paging import Marks
from projections.progress import Progress
from service.sending.composing import Composing
from service.sending.digests import Digests
from service.sending.letter import Carrier, Letter, NotCarried
from service.sending.letters import Letters
from service.sending.timing import MOST_TRIES, Hours, pause_after
from workflows.addressing import AddressMessage
from workflows.casework import Casework
from workflows.command import Command
from workflows.delivering import (
    THE_MESSENGER,
    GiveUpMessage,
    HoldMessage,
    LetGoStale,
    RecordFailedTry,
    RecordHandedOver,
    RecordNotSent,
)

log = logging.getLogger(__name__)

GLANCE = 0.5
"""Seconds after which it looks for what has become due; news wake it at once."""
AT_ONCE = 200
"""Messages of one look."""
LETTERS_AT_ONCE = 8
DIGESTS_EVERY = 20.0
"""Seconds between two looks for digests that may go."""
FIRST_AWAY, LONGEST_AWAY = 5.0, 60.0
"""Seconds that all letters of a carrier wait at first, and at most, after one could not be carried for a reason that concerns them all."""


COUNTED: dict[type[Command], str] = {
    RecordHandedOver: "handed_over",
    RecordFailedTry: "failed_try",
    GiveUpMessage: "given_up",
    RecordNotSent: "not_sent",
    LetGoStale: "not_sent",
}
"""What is counted for whoever runs the service, by the command that writes it down."""


@dataclass(frozen=True, slots=True)
class Carriers:
    """The ways that are set up."""

    webhook: Carrier
    email: Carrier | None = None
    text: Carrier | None = None

    def for_contacts(self, contacts: Contacts) -> tuple[Carrier, str] | None:
        """By which way, and to what address; none where there is no way to reach them."""
        if contacts.email and self.email:
            return self.email, contacts.email
        if contacts.mobile and self.text:
            return self.text, contacts.mobile
        return None


class Sending(Job):
    """One leads. What a letter came to is remembered until it is written down, whatever becomes of the database meanwhile."""

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
        self._history, self._clock, self._carriers = history, clock, carriers
        self._hours = hours or Hours()
        self._casework = Casework(history, clock)
        self._digests = Digests(history, self._casework, clock, self._hours)
        self._composing = Composing(history, clock, address)
        self._carried: dict[UUID, RecordHandedOver] = {}
        self._handled: dict[UUID, int] = {}
        self._away: dict[str, tuple[float, float]] = {}
        self._counting = threading.Lock()
        self._digests_at = 0.0
        self._leads_since = clock()

    def work(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Look, send, wait for news."""
        self._leads_since = self._clock()
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
            # The list may not have taken in yet what this worker wrote down of it.
            known = id in underway or row.position < self._handled.get(id, 0)
            if not known and not self._waits_for_its_carrier(row):
                underway[id] = letters.submit(self.handle, id, messages)
        self._handled = {id: position for id, position in self._handled.items() if id in due}
        if time.monotonic() >= self._digests_at:
            self._digests.make(messages)
            self._digests_at = time.monotonic() + DIGESTS_EVERY

    def _waits_for_its_carrier(self, row: OutboxColumns) -> bool:
        """Whether it goes by a way that cannot be used now: then its records need not even be read."""
        if row.state != "waiting" or row.to.startswith("endpoint:"):
            return False
        ways = [way for way in (self._carriers.email, self._carriers.text) if way is not None]
        return all(self._is_away(f"{way.channel} ") for way in ways)

    def _is_away(self, where: str) -> bool:
        return time.monotonic() < self._away.get(where, (0.0, 0.0))[0]

    def step(self, messages: Messages) -> int:
        """One look without threads: how many messages were due. For tests of what comes of it."""
        due = list({row.message_id: row for row in messages.due(self._clock(), AT_ONCE)})
        for id in due:
            self.handle(id, messages)
        return len(due) + self._digests.make(messages)

    def handle(self, id: UUID, messages: Messages) -> None:
        """Do for one message what is to be done now, whatever the list said. Raises what casework raises."""
        message = self._history.find(Message, id)
        if message is None:
            return
        # What becomes of a message belongs to what it was asked for: the same trace, the same correlation id.
        with span(f"message {message.template}", message.events[0].decision.correlation_id, message=str(id)):
            self._handle(message, messages)

    def _handle(self, message: Message, messages: Messages) -> None:
        id = message.id
        if not message.addressed and not message.undeliverable:
            if message.tell_by is not None and message.tell_by < self._clock():
                self._perform(LetGoStale(), id)
            else:
                self._perform(AddressMessage(offices=self._offices(message, messages)), id)
            message = self._history.find(Message, id) or message
        for delivery in message.deliveries.values():
            if delivery.state == "waiting" and not message.waits_for_digest(delivery.addressee.key):
                self._deliver(message, delivery)

    def _deliver(self, message: Message, delivery: Delivery) -> None:
        now, to = self._clock(), delivery.addressee.key
        if delivery.not_before is not None and delivery.not_before > now:
            return
        if message.tell_by is not None and message.tell_by < now:
            self._perform(RecordNotSent(to=to, because="stale"), message.id)
            return
        is_system = to.startswith("endpoint:")
        quiet = None if is_system or message.urgency == "at_once" else self._hours.quiet_end(now)
        # Waiting must not make it stale.
        if quiet is not None and (message.tell_by is None or message.tell_by > quiet):
            self._perform(HoldMessage(to=to, until=quiet), message.id)
            return
        found = self._way_to_system(message, delivery) if is_system else self._way(message, delivery)
        if isinstance(found, RecordNotSent):
            self._perform(found, message.id)
        elif found is not None:
            self._carry(message, delivery, *found)

    def _way(self, message: Message, delivery: Delivery) -> tuple[Carrier, Letter] | RecordNotSent | None:
        """By which carrier which letter; why none is sent; or none where no way is set up at all."""
        if self._carriers.email is None and self._carriers.text is None:
            return None
        to = delivery.addressee.key
        if self._composing.must_not_be_told(message, delivery):
            return RecordNotSent(to=to, because="must_not_be_told")
        if not self._composing.still_acts(delivery):
            return RecordNotSent(to=to, because="nobody_found")
        contacts = self._composing.contacts(message, delivery)
        if contacts is None:
            return RecordNotSent(to=to, because="erased")
        way = self._carriers.for_contacts(contacts)
        if way is None:
            return RecordNotSent(to=to, because="no_address")
        carrier, address = way
        return carrier, self._composing.letter(message, delivery, address)

    def _way_to_system(self, message: Message, delivery: Delivery) -> tuple[Carrier, Letter] | RecordNotSent:
        letter = self._composing.to_system(message, delivery)
        if letter is None:
            return RecordNotSent(to=delivery.addressee.key, because="no_address")
        return self._carriers.webhook, letter

    def _carry(self, message: Message, delivery: Delivery, carrier: Carrier, letter: Letter) -> None:
        where = f"{carrier.channel} {letter.to if carrier.channel == 'webhook' else ''}"
        done = self._carried.get(letter.id)
        if done is None:
            if self._is_away(where):
                return
            try:
                done = self._hand_over(message, delivery, carrier, letter)
            except NotCarried as problem:
                self._note_failure(message, delivery, carrier, problem, where)
                return
            self._away.pop(where, None)
            self._carried[letter.id] = done
        self._perform(done, message.id)
        del self._carried[letter.id]

    def _hand_over(
        self, message: Message, delivery: Delivery, carrier: Carrier, letter: Letter
    ) -> RecordHandedOver:
        """Raises NotCarried."""
        tried = delivery.tries > 0 or (message.asked_at is not None and message.asked_at <= self._leads_since)
        found = carrier.find(letter) if tried else None
        reference = found or carrier.carry(letter)
        return RecordHandedOver(
            to=delivery.addressee.key, channel=carrier.channel, reference=reference, found=found is not None
        )

    def _note_failure(
        self, message: Message, delivery: Delivery, carrier: Carrier, problem: NotCarried, where: str
    ) -> None:
        if problem.away:
            longer = min(LONGEST_AWAY, 2 * self._away.get(where, (0.0, FIRST_AWAY / 2))[1])
            self._away[where] = (time.monotonic() + longer, longer)
            log.warning("letters by %s wait for %s seconds: %s", carrier.channel, longer, problem.code)
        tries = delivery.tries + 1
        told: dict[str, Any] = {
            "to": delivery.addressee.key,
            "channel": carrier.channel,
            "attempt": delivery.attempts + 1,
            "code": problem.code,
        }
        if problem.for_good or tries >= MOST_TRIES:
            self._perform(GiveUpMessage(**told), message.id)
        else:
            again = self._clock() + pause_after(tries)
            self._perform(RecordFailedTry(again_at=again, **told), message.id)

    def _offices(self, message: Message, messages: Messages) -> tuple[UUID, ...]:
        if message.to is None or message.to.relation != "provider" or message.record is None:
            return ()
        provider = message.record.id if message.record.kind == "provider" else None
        if provider is None and message.placement_id is not None:
            provider = self._composing.provider_of(message.placement_id)
        return messages.offices(provider) if provider else ()

    def _perform(self, command: Command, on: UUID) -> None:
        self._handled[on] = self._casework.perform(command, THE_MESSENGER, on).position
        if (name := COUNTED.get(type(command))) is not None:
            with self._counting:
                self.counts[name] += 1
