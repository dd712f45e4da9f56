"""What is stored of a placement, event by event, and its attendance."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response

from api.asking import Asking
from api.descriptions import OF_RECORDS, SCHEMAS, problems
from api.desk import AtDesk
from api.freshness import AtLeast, reached
from api.lists import caught_up
from api.looking import look
from api.records import facts_of
from api.scope_of_events import is_own, may_hear
from api.wanted import JSON, in_form
from domain.people import Asker
from domain.placement import Placement
from history.reading import Stored
from workflows.permissions import scope_of

routes = APIRouter(tags=["placements"])
AsJson = Annotated[str, Depends(in_form(JSON))]

LISTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Found.",
        "content": {JSON: {"schema": {"$ref": f"{SCHEMAS}AnyShown"}}},
    },
    **problems(*OF_RECORDS),
}


@routes.get(
    "/placements/{id}/events", operation_id="list_events_of_placement", response_model=None, responses=LISTED
)
def list_events(id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None) -> Response:
    """The stored events of a placement, oldest first: what each says, and its bytes as they are kept, with their hash.

    A provider's people read in full what their own organisation recorded; of the rest they see that it happened.
    """
    position = reached(desk.history.head, at_least)
    look(desk, asker, Placement, id)
    heard = [stored for stored in desk.history.stream(id) if may_hear(asker, stored.topic, stored.event)]
    body = {"rows": [_shown(asker, stored) for stored in heard], "position": position}
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def _shown(asker: Asker, stored: Stored) -> dict[str, Any]:
    event = stored.event
    told: dict[str, Any] = {
        "position": stored.position,
        "version": event.originator_version,
        "event": stored.topic,
        "occurred_on": event.occurred_on.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "sha256": hashlib.sha256(stored.raw).hexdigest(),
    }
    withheld = asker.provider_id is not None and not is_own(asker, event)
    if withheld:
        return {**told, "withheld": True}
    return {
        **told,
        "withheld": False,
        "occurred_at": event.occurred_at.isoformat() if event.occurred_at else None,
        "decision": msgspec.to_builtins(event.decision),
        "facts": facts_of(event),
        "stored": stored.raw.decode(),
    }


@routes.get(
    "/placements/{id}/attendance",
    operation_id="read_attendance_of_placement",
    response_model=None,
    responses=LISTED,
)
def read_attendance(
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None
) -> Response:
    """Sessions expected and attended, half-term by half-term and altogether."""
    caught_up(desk, at_least)
    look(desk, asker, Placement, id)
    position = desk.read_models.position("attendance_totals")
    found = desk.read_models.attendance.of_placement(scope_of(asker), id)
    body = {
        "half_terms": [{**msgspec.to_builtins(row), "rate": row.rate} for row in found.half_terms],
        "overall": {**msgspec.to_builtins(found.overall), "rate": found.overall.rate},
        "position": position,
    }
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)
