"""One address for every command, made from the catalogue: to add a command there is to add it here."""

from __future__ import annotations

import inspect
from copy import copy
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from starlette.routing import compile_path

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
from domain.stoppage import Stoppage
from workflows.access import RecordRefusal
from workflows.addressing import AddressMessage
from workflows.casework import Casework
from workflows.catalogue import COMMANDS, RECORDS, commands_about
from workflows.command import Command
from workflows.delivering import NOT_FOR_PEOPLE
from workflows.digesting import MakeDigest
from workflows.erasing import NoteErasure
from workflows.keeping_triggers import IntroduceTrigger, RecordUndone
from workflows.keeping_up import RecordNightlyCheck
from workflows.noticing import NoticeConcern
from workflows.noting_looks import NoteLooks
from workflows.publishing import PublishShippedVersions, PublishVersion
from workflows.sent import Done, Sent
from workflows.stopping import NoteStoppage, StopPlacements

NOT_OVER_HTTP = frozenset(
    command.name()
    for command in (
        RecordRefusal,
        NoteLooks,
        RecordNightlyCheck,
        PublishShippedVersions,
        PublishVersion,
        NoteErasure,
        AddressMessage,
        MakeDigest,
        NoteStoppage,
        NoticeConcern,
        IntroduceTrigger,
        RecordUndone,
    )
) | {command.name() for command in NOT_FOR_PEOPLE}
"""Commands that only the service itself gives."""

Body = Annotated[bytes, Depends(read_body)]
AsJson = Depends(in_form(JSON))


def command_routes() -> APIRouter:
    """The addresses of all commands."""
    router = APIRouter()
    for plural, kind in RECORDS.items():
        for name, command in commands_about(kind).items():
            if name not in NOT_OVER_HTTP:
                router.routes.append(_route(plural, command))
    return router


def _route(plural: str, command: type[Command]) -> APIRoute:
    """A copy of one of two routes. They differ in what they say; to work out a hundred alike anew took each start a second."""
    route = copy(_OPENING if command.opens else _CHANGING)
    name = command.name()
    route.path = f"/{plural}" if command.opens else f"/{plural}/{{id}}/{address_of(name)}"
    route.path_regex, route.path_format, route.param_convertors = compile_path(route.path)
    route.name = route.operation_id = route.unique_id = name
    route.summary, route.description = title_of(name), inspect.getdoc(command) or ""
    route.tags, route.responses = [plural], statuses_of(command, links_from(plural))
    route.openapi_extra = body_of(command)
    return route


def _command(request: Request) -> tuple[str, type[Command]]:
    """The plural and the command of the address that was asked for."""
    route: APIRoute = request.scope["route"]
    return str(route.tags[0]), COMMANDS[route.name]


def _begin(
    request: Request, asker: Asking, form: Annotated[str, AsJson], sent: SentAs, body: Body, desk: AtDesk
) -> Response:
    plural, command = _command(request)
    done = _perform(desk, read_as(command, body), asker, None, sent)
    if sent.only_weigh:
        return _weighed(done)
    return _answer(done, 201, f"/{plural}/{done.record_id}", {})


def _change(
    request: Request,
    id: UUID,
    asker: Asking,
    form: Annotated[str, AsJson],
    sent: SentAs,
    body: Body,
    desk: AtDesk,
) -> Response:
    plural, command = _command(request)
    done = _perform(desk, read_as(command, body), asker, id, sent)
    if sent.only_weigh:
        return _weighed(done)
    if command is StopPlacements:
        stoppage = Stoppage.id_for(done.record_id, asker.organisation_id)
        return _answer(done, 200, f"/stoppages/{stoppage}", {"stoppage_id": str(stoppage)})
    successor = _successor(desk.casework, done) if command.name() == "replace_placement" else {}
    at = successor.get("successor_id") or done.record_id
    return _answer(done, 200, f"/{plural}/{at}", successor)


_OPENING = APIRoute("/records", _begin, methods=["POST"], status_code=201, response_model=None)
_CHANGING = APIRoute("/records/{id}/command", _change, methods=["POST"], status_code=200, response_model=None)


def _perform(desk: Desk, command: Command, asker: Asker, on: UUID | None, sent: Sent) -> Done:
    outcome = "failed"
    try:
        done = desk.casework.perform(command, asker, on, sent)
        outcome = "weighed" if sent.only_weigh else "repeated" if done.again else "done"
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


def _weighed(done: Done) -> Response:
    """It may be done, and was not."""
    body = {
        "saved": False,
        "position": done.position,
        "warnings": [shown(warning) for warning in done.warnings],
    }
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(done.position)}, JSON)


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
