"""What may be put right in a record: its events with what they say now, and the shape of each, so that a form can be made of it."""

from __future__ import annotations

from functools import reduce
from typing import Annotated, Any, get_type_hints
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response
from pydantic import TypeAdapter

from api.answers import rows_answer
from api.asking import Asking
from api.descriptions import SINGULAR, found
from api.desk import AtDesk
from api.freshness import reached
from api.looking import look, relations_to
from api.moves_on_offer import schema_of
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, withheld_events
from domain.child import Child
from domain.events import Corrected, Event, stored_name
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import NotPermitted
from domain.record import Record, corrected
from workflows.case import Case
from workflows.catalogue import COMMANDS
from workflows.correctable import HELD_ELSEWHERE
from workflows.correcting import ENVELOPE
from workflows.permissions import WHO_MAY

routes = APIRouter()
AsJson = Annotated[str, Depends(in_form(JSON))]

BY: dict[str, tuple[type[Record], str]] = {
    "placements": (Placement, "correct_record"),
    "children": (Child, "correct_child"),
    "providers": (Provider, "correct_provider"),
}
"""Records that can be put right, and by which command."""


def correctable_fields(event: Event) -> list[str]:
    """What a correction may touch of an event."""
    held = HELD_ELSEWHERE.get(stored_name(type(event)), ())
    return [name for name in event.__struct_fields__ if name not in ENVELOPE and name not in held]


def _rows(case: Case, hidden: frozenset[str]) -> list[dict[str, Any]]:
    record = case.target
    said = [event for event in record.events if not isinstance(event, Corrected)]
    return [
        _row(record, event)
        for event in said
        if stored_name(type(event)) not in hidden and correctable_fields(event)
    ]


def _row(record: Record, event: Event) -> dict[str, Any]:
    changes = [
        one.changes
        for one in record.events
        if isinstance(one, Corrected) and one.corrects == event.originator_version
    ]
    now = msgspec.to_builtins(reduce(corrected, changes, event))
    fields = correctable_fields(event)
    return {
        "version": event.originator_version,
        "event": stored_name(type(event)),
        "values": {name: now.get(name) for name in fields},
        "schema": _schema(event, fields),
    }


def _schema(event: Event, fields: list[str]) -> dict[str, Any]:
    """The fields as the command asked for them, with its sentences; those that it did not ask for by their type."""
    command = event.decision.command
    asked = schema_of(command) if command in COMMANDS else {}
    hints = get_type_hints(type(event), include_extras=True)
    properties, defs = {}, dict(asked.get("$defs", {}))
    for name in fields:
        known = asked.get("properties", {}).get(name)
        own = known or TypeAdapter(hints[name]).json_schema()
        defs |= own.pop("$defs", {}) if known is None else {}
        properties[name] = {key: value for key, value in own.items() if key != "default"}
    return {"type": "object", "properties": properties, "$defs": defs}


def _route(plural: str, kind: type[Record], command: str) -> None:
    @routes.get(
        f"/{plural}/{{id}}/correctable",
        operation_id=f"list_correctable_of_{SINGULAR[plural]}",
        response_model=None,
        responses=found("RowsShown"),
        tags=[plural],
    )
    def list_correctable(id: UUID, asker: Asking, form: AsJson, desk: AtDesk) -> Response:
        """The events that you may put right: what each says now, after earlier corrections, and the JSON Schema of its fields.

        A correction names the `version` and sends the fields that change.
        """
        position = reached(desk.history.head, None)
        case = look(desk, asker, kind, id, None, position)
        if not WHO_MAY[command](case, COMMANDS[command].model_construct()):
            raise NotPermitted(f"Your roles do not let you do this here: {command.replace('_', ' ')}.")
        return rows_answer(_rows(case, withheld_events(unseen(asker, relations_to(case)))), position)


for plural, (kind, command) in BY.items():
    _route(plural, kind, command)
