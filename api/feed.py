"""The feed: what happened, in order, for other systems to follow. It names records and says nothing of what is in them.

Who wants to know more reads the record, and sees there what they may see. A page goes on where the last one ended; the same
comes as a stream of server-sent events, which goes on after `Last-Event-ID`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel, ConfigDict

from api.asking import Asking
from api.descriptions import OF_LISTS, SCHEMAS, header, problems
from api.desk import AtDesk, Desk
from api.freshness import FURTHEST, AtLeast
from api.lists import IN_SCOPE, caught_up
from api.noting import note
from api.problem import MALFORMED, Problem
from api.scope_of_events import FOLLOWED, in_scope
from api.tokens import NotSignedIn
from api.wanted import EVENTS, JSON, in_form
from domain.events import stored_name
from domain.people import Asker
from domain.reasons import NotPermitted
from history.encoding import Unreadable
from history.reading import Stored

routes = APIRouter(tags=["feed"])

SCANNED = 500
"""Events that are looked at for one page: a page may be empty and yet not the last."""
GLANCE = 0.25
"""Seconds in which a listener hears of news, and notices that the service stops."""
HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is still there."""
ASK_AGAIN = 60.0
"""Seconds after which a listener's roles are looked at again where nothing happens; before each event they are, too."""
SCOPE = "caseload"
"""The read model that says whose a placement is."""


class FeedShown(BaseModel):
    """Some events, in the order of the history."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    events: list[dict[str, Any]]
    """Those of them that concern records you may know of."""
    next: int
    """Ask for the events after this position to go on."""
    more: bool
    """Whether there is more at once; without it, ask again later."""
    position: int
    """How far the history reached."""


ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events that concern records you may know of.",
        "content": {
            JSON: {"schema": {"$ref": f"{SCHEMAS}FeedShown"}},
            EVENTS: {"schema": {"type": "string"}},
        },
        "headers": {"X-Position": header("How far the history reached.", "integer")},
    },
    **problems(*OF_LISTS),
}


@routes.get("/events", operation_id="follow_events", response_model=None, responses=ANSWERS)
def follow_events(
    request: Request,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON, EVENTS))],
    desk: AtDesk,
    after: Annotated[int, Query(ge=0, le=FURTHEST, description="The position to go on from.")] = 0,
    limit: Annotated[int, Query(ge=1, le=SCANNED, description="Events to look at for one page.")] = SCANNED,
    at_least: AtLeast = None,
    last_event_id: Annotated[str | None, Header(description="As `after`, for a stream that goes on.")] = None,
) -> Response:
    """What happened after a position: as a page, or as a stream with `Accept: text/event-stream`."""
    caught_up(desk, at_least)
    if form == EVENTS:
        return _stream(request, desk, asker, _resumed(after, last_event_id))
    position = desk.read_models.position(SCOPE)
    events, next = _after(desk, asker, after, position, limit)
    _note(desk, asker, events, position)
    body = {
        "events": [_told(stored) for stored in events],
        "next": next,
        "more": next < position,
        "position": position,
    }
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def _after(desk: Desk, asker: Asker, after: int, position: int, limit: int) -> tuple[list[Stored], int]:
    """The next events in scope up to a position, and how far they were looked for.

    No further than the read models have come: they say whose a record is.
    """
    try:
        page = desk.history.page(after, limit, FOLLOWED)
    except Unreadable as unreadable:
        # Nobody can be told what it says; those who follow must not be stopped by it.
        return [], unreadable.position
    ripe = [stored for stored in page if stored.position <= position]
    return in_scope(desk, asker, ripe), ripe[-1].position if ripe else max(after, position)


def _resumed(after: int, last_event_id: str | None) -> int:
    if last_event_id is None or not last_event_id.strip():
        return after
    if not last_event_id.strip().isdecimal() or len(last_event_id) > 18:
        raise Problem(MALFORMED, "Last-Event-ID must be the id of an event of this feed.")
    return int(last_event_id)


def _told(stored: Stored) -> dict[str, Any]:
    event = stored.event
    return {
        "position": stored.position,
        "event": stored_name(type(event)),
        "record": stored.topic.split(".")[0],
        "record_id": str(event.originator_id),
        "version": event.originator_version,
        "occurred_on": event.occurred_on.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "command": event.decision.command,
        "by_organisation": str(event.decision.by.organisation_id)
        if event.decision.by.organisation_id
        else None,
        "correlation_id": str(event.decision.correlation_id),
    }


def _stream(request: Request, desk: Desk, asker: Asker, after: int) -> Response:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_listen(request, desk, asker, after), headers=headers)


async def _listen(request: Request, desk: Desk, asker: Asker, after: int) -> AsyncIterator[bytes]:
    """Events as they come. Ends when the service stops, and when the listener may not listen any more."""
    spoken = checked = time.monotonic()
    with desk.metrics.listeners.track_inprogress(), suppress(NotSignedIn):
        yield KEEPALIVE_COMMENT
        while not desk.closing.is_set():
            events: list[Stored] = []
            if desk.read_models.wait_for(after + 1, 0):
                events, after = await run_in_threadpool(_news, request, desk, asker, after)
            for stored in events:
                data = msgspec.json.encode(_told(stored)).decode()
                yield format_sse_event(data_str=data, event=stored.topic, id=str(stored.position))
            now = time.monotonic()
            if events:
                spoken = now
            else:
                await asyncio.sleep(GLANCE)
            if now - spoken > HEARTBEAT:
                yield KEEPALIVE_COMMENT
                spoken = now
            if now - checked > ASK_AGAIN:
                if not await run_in_threadpool(_is_still_welcome, request, desk, asker):
                    return
                checked = now


def _news(request: Request, desk: Desk, asker: Asker, after: int) -> tuple[list[Stored], int]:
    """What is new. Raises NotSignedIn: a role that was taken away is gone at once, also for those who listen already."""
    found = _after(desk, asker, after, desk.read_models.position(SCOPE), SCANNED)
    # What is passed on must not vanish with a server that crashes before it is on disk.
    if found[0]:
        desk.history.settle()
        if not _is_still_welcome(request, desk, asker):
            raise NotSignedIn("role_taken_away")
        _note(desk, asker, found[0], found[1])
    return found


def _note(desk: Desk, asker: Asker, events: list[Stored], position: int) -> None:
    """Whose events they hear of. To hear that there is nothing new is no look at anybody."""
    if events:
        records = dict.fromkeys(stored.event.originator_id for stored in events)
        note(desk, asker, "followed", IN_SCOPE, records=records, position=position)


def _is_still_welcome(request: Request, desk: Desk, asker: Asker) -> bool:
    """Whether the token still holds, and its bearer still has the same roles. A browser's session was read by the pages."""
    try:
        signed_in = getattr(request.state, "signed_in", None)
        if signed_in is None:
            signed_in = desk.sign_in.check(request.headers["authorization"].split()[1])
        return desk.sign_in.asker(signed_in) == asker
    except (NotSignedIn, NotPermitted):
        return False
