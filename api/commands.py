"""One address for every command, made from the catalogue: to add a command there is to add it here."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response

from api.asking import Asking, SentAs
from api.conditions import tag_of
from api.descriptions import body_of, links_from, statuses_of
from api.desk import AtDesk, Desk
from api.json_body import read_as, read_body
from api.moves_on_offer import address_of, title_of
from api.problem import shown
from api.wanted import JSON, in_form
from domain.people import Asker
from domain.placement import Placement
from domain.record import Record
from workflows.access import RecordRefusal
from workflows.casework import Casework, Done, Sent
from workflows.catalogue import RECORDS, commands_about
from workflows.command import Command

NOT_OVER_HTTP = frozenset({RecordRefusal.name()})
"""Commands that only the service itself gives."""

Body = Annotated[bytes, Depends(read_body)]
AsJson = Depends(in_form(JSON))


def command_routes() -> APIRouter:
    """The addresses of all commands."""
    router = APIRouter()
    for plural, kind in RECORDS.items():
        for name, command in commands_about(kind).items():
            if name not in NOT_OVER_HTTP:
                _add(router, plural, kind, command)
    return router


def _add(router: APIRouter, plural: str, kind: type[Record], command: type[Command]) -> None:
    name = command.name()
    path = f"/{plural}" if command.opens else f"/{plural}/{{id}}/{address_of(name)}"
    status = 201 if command.opens else 200
    router.add_api_route(
        path,
        _opening(plural, command) if command.opens else _changing(plural, command),
        methods=["POST"],
        operation_id=name,
        status_code=status,
        response_model=None,
        summary=title_of(name),
        description=inspect.getdoc(command),
        tags=[plural],
        responses=statuses_of(command, links_from(plural)),
        openapi_extra=body_of(command),
    )


def _opening(plural: str, command: type[Command]) -> Callable[..., Response]:
    def begin(
        asker: Asking, form: Annotated[str, AsJson], sent: SentAs, body: Body, desk: AtDesk
    ) -> Response:
        done = _perform(desk, read_as(command, body), asker, None, sent)
        return _answer(done, 201, f"/{plural}/{done.record_id}", {})

    return begin


def _changing(plural: str, command: type[Command]) -> Callable[..., Response]:
    def change(
        id: UUID, asker: Asking, form: Annotated[str, AsJson], sent: SentAs, body: Body, desk: AtDesk
    ) -> Response:
        done = _perform(desk, read_as(command, body), asker, id, sent)
        successor = _successor(desk.casework, done) if command.name() == "replace_placement" else {}
        at = successor.get("successor_id") or done.record_id
        return _answer(done, 200, f"/{plural}/{at}", successor)

    return change


def _perform(desk: Desk, command: Command, asker: Asker, on: UUID | None, sent: Sent) -> Done:
    outcome = "failed"
    try:
        done = desk.casework.perform(command, asker, on, sent)
        outcome = "repeated" if done.again else "done"
        return done
    except Exception as error:
        outcome = type(error).__name__
        raise
    finally:
        desk.metrics.commands.labels(command.name(), outcome).inc()


def _successor(casework: Casework, done: Done) -> dict[str, Any]:
    """The placement that was opened in place of the one that was ended."""
    ended = casework.history.find(Placement, done.record_id)
    return {"successor_id": str(ended.successor_id)} if ended and ended.successor_id else {}


def _answer(done: Done, status: int, location: str, more: dict[str, Any]) -> Response:
    body = {
        "id": str(done.record_id),
        "version": done.version,
        "position": done.position,
        "warnings": [shown(warning) for warning in done.warnings],
        **more,
    }
    headers = {"ETag": tag_of(done.version), "X-Position": str(done.position), "Location": location}
    if done.again:
        headers["Idempotency-Replayed"] = "true"
    return Response(msgspec.json.encode(body), status, headers, JSON)
