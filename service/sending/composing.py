"""Writes a letter: the template's words, filled from the records as they are now, and where to look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from domain.facts.telling import About, Cause, Recipient
from domain.message import Delivery, Message, carried_as
from domain.personal import ERASED
from domain.reach import Reach
from domain.templates.catalogue import TEMPLATES
from domain.templates.template import Words
from history.store import History
from service.sending.filling import Surroundings, fill, is_for_family, places_of, whose
from service.sending.letter import Letter

PLURALS = {"child": "children"}
AS_WHOM = {"social_worker": "the social worker of this child"}
"""As whom one is on record who reads what families read, and is none."""
LONGEST_TEXT = 600
"""Characters of a text message."""


class Composing:
    """Reads the records that a letter needs, for one letter after the other."""

    def __init__(self, history: History, clock: Callable[[], datetime], address: str | None) -> None:
        """`address`: where people reach the service, such as https://placements.council.example."""
        self._history, self._clock = history, clock
        self._address = address.rstrip("/") if address else None

    def letter(self, message: Message, delivery: Delivery, to: str) -> Letter:
        """The letter to one addressee at an address of theirs."""
        around = Surroundings(self._history, message)
        words = cast(Words, TEMPLATES[message.template].words_for(cast(Recipient, message.to).relation))
        places = places_of(message, around, self._clock(), self._lines(message))
        filled = [fill(text, places) for text in (words.changed, words.to_do, words.by_when)]
        parts = [("What changed", filled[0]), ("What to do", filled[1]), ("By when", filled[2])]
        if message.covers:
            parts = [("", filled[0]), ("", filled[1])]
        elif not is_for_family(message):
            parts.append(("Where to look", self._where(message, around)))
        body = "\n\n".join(f"{heading}\n{text}".strip() for heading, text in parts if text.strip())
        return Letter(
            id=carried_as(message.id, delivery.addressee.key, delivery.round),
            to=to,
            subject=TEMPLATES[message.template].subject,
            body=f"{body}\n\n{self._foot(message, around, delivery)}\n",
            short=f"{filled[0]} {filled[1]}"[:LONGEST_TEXT],
            reply_to=around.office.email,
            asked_at=message.asked_at,
        )

    def to_system(self, message: Message, delivery: Delivery) -> Letter | None:
        """What another system is told; none where the endpoint is there no more."""
        name = delivery.addressee.key.partition("/")[2]
        reach = self._history.find(Reach, Reach.id_for(cast(UUID, delivery.addressee.organisation_id)))
        endpoint = reach.endpoints.get(name) if reach else None
        if endpoint is None or endpoint.url == ERASED:
            return None
        cause, record = cast(Cause, message.cause), cast(About, message.record)
        ids = {
            "message_id": str(message.id),
            "template": message.template,
            "record": {"kind": record.kind, "id": str(record.id)},
            "placement_id": str(message.placement_id) if message.placement_id else None,
            "child_id": str(message.child_id) if message.child_id else None,
            "cause": {"rule": cause.rule, "what": cause.what, "position": cause.position},
        }
        return Letter(
            id=carried_as(message.id, delivery.addressee.key, delivery.round),
            to=endpoint.url,
            subject=TEMPLATES[message.template].subject,
            body="",
            secret=endpoint.secret,
            ids=ids,
            asked_at=message.asked_at,
        )

    def _lines(self, digest: Message) -> Iterable[str]:
        """What a digest tells: each thing in a few lines."""
        found = self._history.get_many({one.message_id: Message for one in digest.covers})
        for one in digest.covers:
            message = found.get(one.message_id)
            if isinstance(message, Message):
                words = TEMPLATES[message.template].words_for(cast(Recipient, message.to).relation)
                around = Surroundings(self._history, message)
                places = places_of(message, around, self._clock())
                lines = [fill(text, places) for text in (words.changed, words.to_do)] if words else []
                yield "- " + " ".join(lines) + f"\n  {self._where(message, around)}"

    def _where(self, message: Message, around: Surroundings) -> str:
        record = cast(About, message.record)
        failed = self._history.find(Message, record.id) if record.kind == "message" else None
        if failed is not None:
            # No page shows a message. The contact that has to be put right is in the record that it was about.
            return f"{self._where(failed, Surroundings(self._history, failed))}\nMessage {failed.id} did not arrive."
        path = f"/{PLURALS.get(record.kind, record.kind + 's')}/{record.id}"
        if self._address:
            return f"{self._address}{path}"
        return f"Sign in, and open the page of {whose(message, around)}. Its address ends with {path}"

    def _foot(self, message: Message, around: Surroundings, delivery: Delivery) -> str:
        ours = around.organisation.name if around.organisation else "the placements service"
        of = f" of {ours}" if around.organisation else ""
        lines = [f"From the placements service{of}. Message {message.id}."]
        if is_for_family(message):
            number = f" on {around.telephone}" if around.telephone else ""
            known_as = AS_WHOM.get(delivery.addressee.key, "someone who looks after this child")
            lines = [
                f"From {ours}. You can reach us{number} or by answering this message.",
                f"You get this because we have you down as {known_as}. "
                f"If that is not right, please tell us. Message {message.id}.",
            ]
        return "-- \n" + "\n".join(lines)
