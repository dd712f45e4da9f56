"""What is to be done for one message now: find whom it goes to, let it wait, write down why it is not sent, or hand it over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from domain.message import Delivery, Message
from domain.placement import Placement
from history.store import History
from history.tracing import span
from projections.finding_messages import Messages
from service.sending.carriers import Carriers
from service.sending.composing import Composing
from service.sending.handing_over import HandingOver
from service.sending.letter import Carrier, Letter
from service.sending.reaching import Reaching
from service.sending.timing import Hours
from service.sending.writing_down import WritingDown
from workflows.addressing import AddressMessage
from workflows.delivering import HoldMessage, LetGoStale, RecordNotSent


class Dispatching:
    """One message after the other; threads may share it."""

    def __init__(
        self,
        history: History,
        clock: Callable[[], datetime],
        carriers: Carriers,
        hours: Hours,
        composing: Composing,
        handing_over: HandingOver,
        written: WritingDown,
    ) -> None:
        self._history, self._clock, self._carriers, self._hours = history, clock, carriers, hours
        self._composing, self._reaching = composing, Reaching(history, clock)
        self._handing_over, self._written = handing_over, written

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
                self._written.write(LetGoStale(), id)
            else:
                self._written.write(AddressMessage(offices=self._offices(message, messages)), id)
            message = self._history.find(Message, id) or message
        for delivery in message.deliveries.values():
            if delivery.state == "waiting" and not message.waits_for_digest(delivery.addressee.key):
                self._deliver(message, delivery)

    def _deliver(self, message: Message, delivery: Delivery) -> None:
        now, to = self._clock(), delivery.addressee.key
        if delivery.not_before is not None and delivery.not_before > now:
            return
        if message.tell_by is not None and message.tell_by < now:
            self._written.write(RecordNotSent(to=to, because="stale"), message.id)
            return
        is_system = to.startswith("endpoint:")
        quiet = None if is_system or message.urgency == "at_once" else self._hours.quiet_end(now)
        # Waiting must not make it stale.
        if quiet is not None and (message.tell_by is None or message.tell_by > quiet):
            self._written.write(HoldMessage(to=to, until=quiet), message.id)
            return
        found = self._way_to_system(message, delivery) if is_system else self._way(message, delivery)
        if isinstance(found, RecordNotSent):
            self._written.write(found, message.id)
        elif found is not None:
            self._handing_over.carry(message, delivery, *found)

    def _way(self, message: Message, delivery: Delivery) -> tuple[Carrier, Letter] | RecordNotSent | None:
        """By which carrier which letter; why none is sent; or none where no way is set up at all."""
        if not self._carriers.to_people:
            return None
        to = delivery.addressee.key
        if self._reaching.must_not_be_told(message, delivery):
            return RecordNotSent(to=to, because="must_not_be_told")
        if not self._reaching.still_acts(delivery):
            return RecordNotSent(to=to, because="nobody_found")
        contacts = self._reaching.contacts(message, delivery)
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

    def _offices(self, message: Message, messages: Messages) -> tuple[UUID, ...]:
        if message.to is None or message.to.relation != "provider" or message.record is None:
            return ()
        provider = message.record.id if message.record.kind == "provider" else None
        if provider is None and message.placement_id is not None:
            placement = self._history.find(Placement, message.placement_id)
            provider = placement.provider_id if placement else None
        return messages.offices(provider) if provider else ()
