"""What is stored of a placement, event by event, and its attendance."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response

from api.answers import rows_answer
from api.asking import Asking
from api.descriptions import found
from api.desk import AtDesk, Desk
from api.freshness import AtLeast, reached
from api.lists import caught_up
from api.looking import look, relations_to
from api.looking_back import Back, lists_at
from api.scope_of_events import is_own
from api.sessions import registers, sessions_in
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, withheld_events
from domain.people import Asker
from domain.placement import Placement
from projections.audience import shown_to
from projections.raw import RawEvent, raw_events
from workflows.who_reads import scope_of

routes = APIRouter(tags=["placements"])
AsJson = Annotated[str, Depends(in_form(JSON))]


@routes.get(
    "/placements/{id}/events",
    operation_id="list_events_of_placement",
    response_model=None,
    responses=found("RowsShown"),
)
def list_events(
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
) -> Response:
    """The stored events of a placement, oldest first: the bytes as they are kept, their hash, and what they say.

    A provider's people read in full what their own organisation recorded; of the rest that concerns them they see that it
    happened. So do others with the events that tell what the file does not show them.
    """
    position = reached(desk.history.head, at_least)
    case = look(desk, asker, Placement, id, back, position)
    if asker.provider_id is not None:
        rows = _of_provider(desk, asker, id, back.position if back else position)
    else:
        hidden = withheld_events(unseen(asker, relations_to(case)))
        rows = _of_organisation(raw_events(desk.history, id, as_at=back.position if back else None), hidden)
    if back is not None and back.true_on is not None:
        true = {event.originator_version for event in case.target.events}
        rows = [row for row in rows if row["version"] in true]
    return rows_answer(rows, position)


def _of_organisation(events: list[RawEvent], hidden: frozenset[str]) -> list[dict[str, Any]]:
    withheld = {raw.version for raw in events if raw.name in hidden}
    rows = []
    for raw in events:
        # A correction says anew what the event that it corrects says, and one that cannot be read might.
        of = raw.opened.get("corrects") if raw.opened else None
        kept = raw.version in withheld or of in withheld or (raw.opened is None and bool(hidden))
        row = {
            "position": raw.position,
            "version": raw.version,
            "event": raw.name,
            "withheld": kept,
            "sha256": _sha256(raw.stored),
        }
        rows.append(row if kept else {**row, "stored": raw.stored, "opened": raw.opened})
    return rows


def _of_provider(desk: Desk, asker: Asker, id: UUID, until: int) -> list[dict[str, Any]]:
    stream = [stored for stored in desk.history.stream(id) if stored.position <= until]
    own_provider = asker.provider_id or id
    shown = {v.originator_version for v in shown_to(own_provider, (stored.event for stored in stream))}
    rows = []
    for stored in stream:
        event, text = stored.event, stored.raw.decode()
        own = is_own(asker, event)
        if not own and event.originator_version not in shown:
            continue
        row = {
            "position": stored.position,
            "version": event.originator_version,
            "event": stored.topic,
            "withheld": not own,
            "sha256": _sha256(text),
        }
        rows.append({**row, "stored": text, "opened": msgspec.to_builtins(event)} if own else row)
    return rows


def _sha256(stored: str) -> str:
    return hashlib.sha256(stored.encode()).hexdigest()


@routes.get(
    "/placements/{id}/attendance",
    operation_id="read_attendance_of_placement",
    response_model=None,
    responses=found("AnyShown"),
)
def read_attendance(
    id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
) -> Response:
    """Sessions expected and attended, half-term by half-term and altogether; and each session, in `sessions`."""
    caught_up(desk, at_least)
    position = desk.read_models.position("attendance_totals")
    look(desk, asker, Placement, id, back, position)
    totals = lists_at(desk, back).attendance.of_placement(scope_of(asker), id)
    body = {
        "half_terms": [{**msgspec.to_builtins(row), "rate": row.rate} for row in totals.half_terms],
        "overall": {**msgspec.to_builtins(totals.overall), "rate": totals.overall.rate},
        "sessions": [
            one
            for register in registers(desk, [row.register_id for row in totals.half_terms], back)
            for one in sessions_in(register)
        ],
        "position": position,
    }
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)
