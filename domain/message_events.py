"""What can happen to a message: asked for, addressed, handed over, failed, given up, sent again. The stored names are permanent.

A name or an address is in none of them, and what fills a template's places is sealed under the child's key.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.events import Event
from domain.facts.telling import About, Addressee, Cause, Channel, Covered, NotSent, Recipient, Slot, Urgency
from domain.personal import Label


class MessageAskedFor(Event, frozen=True, kw_only=True, tag="message.asked_for"):
    """Someone is to be told something, because of something."""

    template: Label
    to: Recipient
    record: About
    cause: Cause
    urgency: Urgency = "soon"
    tell_by: datetime | None = None
    """After this moment it is no longer worth telling."""
    child_id: UUID | None = None
    """The child whom it is about; under their key the words are sealed."""
    placement_id: UUID | None = None
    slots: tuple[Slot, ...] = ()
    covers: tuple[Covered, ...] = ()
    """For a digest: what it tells of."""


class MessageAddressed(Event, frozen=True, kw_only=True, tag="message.addressed"):
    """These people, and systems, stand in that relation now."""

    to: tuple[Addressee, ...]


class MessageHeld(Event, frozen=True, kw_only=True, tag="message.held"):
    """It waits for the end of the quiet hours."""

    to: str
    until: datetime


class MessagePutInDigest(Event, frozen=True, kw_only=True, tag="message.put_in_digest"):
    """It goes with that person's digest of the day."""

    to: str
    digest_id: UUID


class MessageHandedOver(Event, frozen=True, kw_only=True, tag="message.handed_over"):
    """Whoever carries it has taken it."""

    to: str
    channel: Channel
    attempt: int
    """Which try it was, from 1."""
    reference: str = ""
    """By which whoever carries it knows it."""
    found: bool = False
    """Whether an earlier try, of which nothing was written down, turned out to have arrived."""


class MessageNotHandedOver(Event, frozen=True, kw_only=True, tag="message.not_handed_over"):
    """A try failed; there is another."""

    to: str
    channel: Channel
    attempt: int
    code: Label
    """What went wrong: a code, never words of the other side, which might quote an address."""
    again_at: datetime


class MessageGivenUp(Event, frozen=True, kw_only=True, tag="message.given_up"):
    """It was refused for good, or too often: a dead letter, until a person sends it again."""

    to: str
    channel: Channel
    attempt: int
    code: Label


class MessageSentAgain(Event, frozen=True, kw_only=True, tag="message.sent_again"):
    """A person wants it tried anew. With an empty `to`, who stands in the relation is looked up anew as well."""

    to: str


class MessageNotSent(Event, frozen=True, kw_only=True, tag="message.not_sent"):
    """It is not sent, and why. With an empty `to`, to nobody."""

    to: str
    because: NotSent
