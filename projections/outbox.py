"""The outbox: every message, to whom it goes, and how far it has come. The worker sends what is due in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal
from uuid import UUID

from domain.facts.telling import Relation, Urgency
from domain.message import Delivery, Message
from projections.table import Row, Table

State = Literal["to_address", "waiting", "in_digest", "handed_over", "given_up", "not_sent"]
"""`to_address`: who it goes to has not been looked up; `given_up` is a dead letter, until a person sends it again."""


class OutboxColumns(Row, frozen=True, kw_only=True):
    """A message to one addressee; without one while nobody was looked for or found."""

    message_id: UUID
    to: str
    """The addressee's key; empty where there is none."""
    template: str
    relation: Relation | None
    urgency: Urgency
    for_digest: bool
    """Whether it waits for the addressee's digest."""
    state: State
    code: str
    """Why it failed, or is not sent."""
    channel: str
    attempts: int
    not_before: datetime | None
    tell_by: datetime | None
    asked_at: datetime
    at: datetime
    """Since when it has been in this state."""
    rule: str
    record_kind: str
    record_id: UUID | None
    child_id: UUID | None
    placement_id: UUID | None
    organisation_id: UUID | None
    """For whom the addressee acts."""
    provider_id: UUID | None
    """The provider for which the addressee acts."""
    person_id: str | None


def rows_of(message: Message, position: int) -> Iterator[OutboxColumns]:
    """One row for each addressee, or one without."""
    if message.asked_at is None:
        return
    if not message.addressed:
        state: State = "not_sent" if message.undeliverable else "to_address"
        yield _row(message, position, None, state)
    for delivery in message.deliveries.values():
        yield _row(message, position, delivery, delivery.state)


def _row(message: Message, position: int, delivery: Delivery | None, state: State) -> OutboxColumns:
    addressee = delivery.addressee if delivery else None
    first = message.events[0].recorded_at
    return OutboxColumns(
        message_id=message.id,
        version=message.version,
        position=position,
        to=addressee.key if addressee else "",
        template=message.template,
        relation=message.to.relation if message.to else None,
        urgency=message.urgency,
        for_digest=addressee is not None and message.waits_for_digest(addressee.key),
        state=state,
        code=delivery.code if delivery else message.undeliverable,
        channel=delivery.channel if delivery else "",
        attempts=delivery.attempts if delivery else 0,
        not_before=delivery.not_before if delivery else None,
        tell_by=message.tell_by,
        asked_at=first,
        at=(delivery.at if delivery else None) or message.events[-1].recorded_at,
        rule=message.cause.rule if message.cause else "",
        record_kind=message.record.kind if message.record else "",
        record_id=message.record.id if message.record else None,
        child_id=message.child_id,
        placement_id=message.placement_id,
        organisation_id=addressee.organisation_id if addressee else None,
        provider_id=addressee.provider_id if addressee else None,
        person_id=addressee.person_id if addressee else None,
    )


OUTBOX = Table(
    name="outbox",
    of=Message,
    row=OutboxColumns,
    rows=rows_of,
    several=True,
    key=("message_id", "to"),
    record="message_id",
    create="""
        CREATE TABLE outbox (
            message_id uuid NOT NULL,
            "to" text NOT NULL,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            template text NOT NULL,
            relation text,
            urgency text NOT NULL,
            for_digest boolean NOT NULL,
            state text NOT NULL,
            code text NOT NULL,
            channel text NOT NULL,
            attempts integer NOT NULL,
            not_before timestamptz,
            tell_by timestamptz,
            asked_at timestamptz NOT NULL,
            at timestamptz NOT NULL,
            rule text NOT NULL,
            record_kind text NOT NULL,
            record_id uuid,
            child_id uuid,
            placement_id uuid,
            organisation_id uuid,
            provider_id uuid,
            person_id text,
            PRIMARY KEY (message_id, "to")
        )
    """,
    indexes="""
        CREATE INDEX ON outbox (asked_at, message_id) WHERE state IN ('to_address', 'waiting');
        CREATE INDEX ON outbox (asked_at DESC, message_id, "to");
        CREATE INDEX ON outbox (placement_id);
        CREATE INDEX ON outbox (child_id);
        CREATE INDEX ON outbox (organisation_id, person_id);
        CREATE INDEX ON outbox (provider_id);
        CREATE INDEX ON outbox (at) WHERE state IN ('given_up', 'not_sent')
    """,
)
