"""What was told to whom: for those who answer for the child or the placement, and for those who were told."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from api.asking import Asking
from api.descriptions import records_of
from api.desk import AtDesk
from api.freshness import AtLeast
from api.lists import After, Form, Limit, caught_up, list_answer, pages_of
from api.looking import look
from api.looking_back import Back, lists_at
from api.sheets.messages import MESSAGES
from api.wanted import JSON, in_form
from domain.message import Message
from domain.people import Asker, OrganisationKind
from domain.reasons import NotFound
from projections.outbox import State
from workflows.relations_to_messages import concerns
from workflows.who_reads import scope_of

routes = APIRouter(tags=["messages"])

Mine = Annotated[bool, Query(description="Only those to oneself.")]


@routes.get(
    "/messages",
    operation_id="list_messages",
    response_model=None,
    responses=pages_of("Messages to people, the newest first, with how far each has come."),
)
def list_messages(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    state: State | None = None,
    template: Annotated[str | None, Query(max_length=100)] = None,
    placement_id: UUID | None = None,
    child_id: UUID | None = None,
    mine: Mine = False,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """Messages of which you may know. `state=given_up` are dead letters, which can be sent again."""
    caught_up(desk, at_least, at_once=True)
    scope, messages = scope_of(asker), lists_at(desk, back).messages
    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: messages.page(
            scope,
            state=state,
            template=template,
            placement_id=placement_id,
            child_id=child_id,
            person_id=asker.person_id if mine else None,
            after=mark,
            limit=rows,
        ),
        after,
        limit,
        sheet=MESSAGES,
        href=lambda row: f"/messages/{row.message_id}",
    )


@routes.get(
    "/messages/{id}",
    operation_id="read_message",
    responses=records_of("messages"),
    response_model=None,
)
def read_message(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
) -> Response:
    """A message: because of what, to whom, and how it came to each of them. Its words are not repeated: they are in the record."""
    case = look(desk, asker, Message, id)
    message = case.target
    if not isinstance(message, Message):
        raise NotFound("message")
    return Response(msgspec.json.encode(_shown(asker, message)), media_type=JSON)


def _shown(asker: Asker, message: Message) -> dict[str, Any]:
    seen = [
        delivery
        for key, delivery in message.deliveries.items()
        if asker.organisation_kind is not OrganisationKind.PROVIDER or concerns(asker, key, message)
    ]
    return {
        "id": message.id,
        "version": message.version,
        "template": message.template,
        "to": message.to,
        "record": message.record,
        "cause": message.cause,
        "urgency": message.urgency,
        "asked_at": message.asked_at,
        "tell_by": message.tell_by,
        "addressed": message.addressed,
        "not_sent_because": message.undeliverable or None,
        "deliveries": seen,
    }
