"""Writes a letter: the template's words, filled from the records as they are now, and where to look.

Officers and providers are given a child's initials, who can sign in and see the rest; a family is given the first name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from domain.child import Child
from domain.facts.telling import About, Cause, Recipient
from domain.message import Delivery, Message, carried_as
from domain.organisation import Organisation
from domain.personal import ERASED
from domain.placement import Placement
from domain.provider import Provider
from domain.reach import Contacts, Reach, email_in, mobile_in
from domain.record import Record
from domain.school_days import london_day
from domain.templates.catalogue import TEMPLATES
from domain.templates.template import PLACE, READ_AS, Words
from history.store import History
from service.sending.letter import Letter

R = TypeVar("R", bound=Record)
PLURALS = {"child": "children"}
UNKNOWN = "not recorded"
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
        around = _Around(self._history, message)
        words = cast(Words, TEMPLATES[message.template].words_for(cast(Recipient, message.to).relation))
        slots = self._slots(message, around)
        filled = [_fill(text, slots) for text in (words.changed, words.to_do, words.by_when)]
        parts = [("What changed", filled[0]), ("What to do", filled[1]), ("By when", filled[2])]
        if message.covers:
            parts = [("", filled[0]), ("", filled[1])]
        elif not self._is_family(message):
            parts.append(("Where to look", self._where(message)))
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
        reach = self._find(Reach, Reach.id_for(cast(UUID, delivery.addressee.organisation_id)))
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

    def must_not_be_told(self, message: Message, delivery: Delivery) -> bool:
        """Whether it came on record, since it was addressed or long ago, that messages must not reach this carer."""
        kind, _, number = delivery.addressee.key.partition(":")
        child = self._find(Child, message.child_id) if kind == "carer" else None
        carers = list(child.carers.values()) if child is not None else []
        return any(carer.may_be_told is False for carer in carers[int(number) :][:1]) if carers else False

    def still_acts(self, delivery: Delivery) -> bool:
        """Whether an officer who was addressed holds a role there today: a message may have waited for the morning meanwhile."""
        to = delivery.addressee
        if not to.key.startswith("officer:"):
            return True
        organisation = self._find(Organisation, to.organisation_id)
        return organisation is not None and bool(
            organisation.roles_of(to.person_id or "", london_day(self._clock()))
        )

    def contacts(self, message: Message, delivery: Delivery) -> Contacts | None:
        """How the addressee is reached; none where the words about the child were erased."""
        child = self._find(Child, message.child_id)
        if child is not None and child.family_name == ERASED:
            return None
        kind, _, rest = delivery.addressee.key.partition(":")
        if kind == "officer":
            reach = self._find(Reach, Reach.id_for(cast(UUID, delivery.addressee.organisation_id)))
            return reach.people.get(delivery.addressee.person_id or "", Contacts()) if reach else Contacts()
        words: str | None = None
        if kind == "carer" and child is not None:
            carers = list(child.carers.values())
            words = carers[int(rest)].contact if int(rest) < len(carers) else None
        elif kind == "social_worker" and child is not None and child.social_worker is not None:
            words = child.social_worker.contact
        elif kind == "virtual_school" and child is not None and child.looked_after is not None:
            words = child.looked_after.virtual_school
        elif kind == "contact":
            provider, _, post = rest.partition("/")
            found = self._find(Provider, UUID(provider))
            words = found.contacts[post].contact if found and post in found.contacts else None
        return Contacts(email_in(words), mobile_in(words))

    def provider_of(self, placement_id: UUID) -> UUID | None:
        """The provider of a placement."""
        placement = self._find(Placement, placement_id)
        return placement.provider_id if placement else None

    def _slots(self, message: Message, around: _Around) -> dict[str, str]:
        given = {slot.name: slot.value for slot in message.slots}
        child = around.child
        family = self._is_family(message)
        return {
            "child": _called(child, family) if child else "a child",
            "provider": around.provider.name if around.provider else "the provider",
            "organisation": around.organisation.name if around.organisation else "the commissioner",
            "officer": (around.organisation.named_officer or ("", UNKNOWN))[1]
            if around.organisation and around.organisation.named_officer
            else "the officer in charge",
            "school": around.school.name if around.school else "the school",
            "today": in_words(self._clock()),
            "number": str(len(message.covers)),
            "list": "\n\n".join(self._lines(message)),
            **given,
        }

    def _lines(self, digest: Message) -> Iterable[str]:
        """What a digest tells: each thing in a few lines."""
        found = self._history.get_many({one.message_id: Message for one in digest.covers})
        for one in digest.covers:
            message = found.get(one.message_id)
            if isinstance(message, Message):
                words = TEMPLATES[message.template].words_for(cast(Recipient, message.to).relation)
                slots = self._slots(message, _Around(self._history, message))
                lines = [_fill(text, slots) for text in (words.changed, words.to_do)] if words else []
                yield "- " + " ".join(lines) + f"\n  {self._where(message)}"

    def _where(self, message: Message) -> str:
        record = cast(About, message.record)
        failed = self._find(Message, record.id) if record.kind == "message" else None
        if failed is not None:
            # No page shows a message. The contact that has to be put right is in the record that it was about.
            return f"{self._where(failed)}\nMessage {failed.id} did not arrive."
        path = f"/{PLURALS.get(record.kind, record.kind + 's')}/{record.id}"
        return (
            f"{self._address}{path}" if self._address else f"Sign in, and open the {record.kind} {record.id}."
        )

    def _foot(self, message: Message, around: _Around, delivery: Delivery) -> str:
        ours = around.organisation.name if around.organisation else "the placements service"
        of = f" of {ours}" if around.organisation else ""
        lines = [f"From the placements service{of}. Message {message.id}."]
        if self._is_family(message):
            number = f" on {around.telephone}" if around.telephone else ""
            known_as = AS_WHOM.get(delivery.addressee.key, "someone who looks after this child")
            lines = [
                f"From {ours}. You can reach us{number} or by answering this message.",
                f"You get this because we have you down as {known_as}. "
                f"If that is not right, please tell us. Message {message.id}.",
            ]
        return "-- \n" + "\n".join(lines)

    def _is_family(self, message: Message) -> bool:
        return READ_AS.get(cast(Recipient, message.to).relation) == "parents"

    def _find(self, kind: type[R], id: UUID | None) -> R | None:
        return self._history.find(kind, id) if id is not None else None


class _Around:
    """The records around a message, read together."""

    def __init__(self, history: History, message: Message) -> None:
        record = cast(About, message.record)
        self.placement = history.find(Placement, message.placement_id) if message.placement_id else None
        self.child = history.find(Child, message.child_id) if message.child_id else None
        answers = cast(Recipient, message.to).organisation_id
        if self.placement is not None:
            answers = self.placement.commissioner_id
        elif self.child is not None:
            answers = self.child.authority_id
        self.organisation = history.find(Organisation, answers) if answers else None
        school = self.placement.home_school_id if self.placement else None
        self.school = history.find(Organisation, school) if school else None
        provider = self.placement.provider_id if self.placement else None
        if record.kind == "provider":
            provider = record.id
        self.provider = history.find(Provider, provider) if provider else None
        reach = history.find(Reach, Reach.id_for(answers)) if answers else None
        self.office = reach.office if reach else Contacts()
        self.telephone = reach.telephone if reach else None


def _called(child: Child, family: bool) -> str:
    if family:
        return child.given_names.split()[0] if child.given_names.split() else "your child"
    return "".join(f"{name[0]}." for name in (child.given_names, child.family_name) if name) or "a child"


def _fill(text: str, slots: dict[str, Any]) -> str:
    """One pass: what fills a place is never looked through for places itself."""
    return PLACE.sub(lambda place: str(slots.get(place.group(1), UNKNOWN)), text)


def in_words(now: datetime) -> str:
    """A day in London, as people write it."""
    day = london_day(now)
    return f"{day:%A} {day.day} {day:%B %Y}"
