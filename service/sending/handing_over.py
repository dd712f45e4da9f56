"""Hands a letter to a carrier, and writes down what came of it: taken, to be tried again, or given up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.message import Delivery, Message
from service.sending.away import Away
from service.sending.letter import Carrier, Letter, NotCarried
from service.sending.timing import MOST_TRIES, pause_after
from service.sending.writing_down import WritingDown
from workflows.delivering import GiveUpMessage, RecordFailedTry, RecordHandedOver

log = logging.getLogger(__name__)


class HandingOver:
    """What a letter came to is remembered until it is written down, whatever becomes of the database meanwhile."""

    def __init__(self, clock: Callable[[], datetime], away: Away, written: WritingDown) -> None:
        self._clock, self._away, self._written = clock, away, written
        self._carried: dict[UUID, RecordHandedOver] = {}
        self.leads_since = clock()
        """What was asked for before may have been handed over by a worker that died before it wrote so."""

    def carry(self, message: Message, delivery: Delivery, carrier: Carrier, letter: Letter) -> None:
        """Hand it over, unless its carrier is away. Raises what casework raises."""
        done = self._carried.get(letter.id)
        if done is None:
            if self._away.is_away(carrier, letter):
                return
            try:
                done = self._hand_over(message, delivery, carrier, letter)
            except NotCarried as problem:
                self._note_failure(message, delivery, carrier, letter, problem)
                return
            self._away.is_back(carrier, letter)
            self._carried[letter.id] = done
        self._written.write(done, message.id)
        del self._carried[letter.id]

    def _hand_over(
        self, message: Message, delivery: Delivery, carrier: Carrier, letter: Letter
    ) -> RecordHandedOver:
        """Raises NotCarried."""
        tried = delivery.tries > 0 or (message.asked_at is not None and message.asked_at <= self.leads_since)
        found = carrier.find(letter) if tried else None
        reference = found or carrier.carry(letter)
        return RecordHandedOver(
            to=delivery.addressee.key, channel=carrier.channel, reference=reference, found=found is not None
        )

    def _note_failure(
        self, message: Message, delivery: Delivery, carrier: Carrier, letter: Letter, problem: NotCarried
    ) -> None:
        if problem.away:
            longer = self._away.wait_for(carrier, letter)
            log.warning("letters by %s wait for %s seconds: %s", carrier.channel, longer, problem.code)
        tries = delivery.tries + 1
        told: dict[str, Any] = {
            "to": delivery.addressee.key,
            "channel": carrier.channel,
            "attempt": delivery.attempts + 1,
            "code": problem.code,
        }
        if problem.for_good or tries >= MOST_TRIES:
            self._written.write(GiveUpMessage(**told), message.id)
        else:
            again = self._clock() + pause_after(tries)
            self._written.write(RecordFailedTry(again_at=again, **told), message.id)
