"""Every move and command as a page: made from the table of commands, its schema, and what the API says of the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from api.commands import NOT_OVER_HTTP
from api.moves_on_offer import sentence_of, title_of
from api.pages.form_token import is_ours
from api.pages.forms.choosing import choices
from api.pages.forms.filling import OURS, Errors, Filling, blank, take
from api.pages.forms.shape import shape_of
from api.pages.forms.typed import Typed
from api.pages.the_api import Answer, ApiRefused
from api.pages.visiting import NobodySignedIn, Visit, Visiting, draw, visit_of
from workflows.catalogue import COMMANDS, RECORDS
from workflows.command import Command

routes = APIRouter()

EXPIRED = "This page was open for too long. Your answers are kept: check them, and send them again."


def command_at(plural: str, dashed: str) -> type[Command]:
    """The command that an address means. Raises HTTPException, 404, where there is none."""
    name = dashed.replace("-", "_")
    command = COMMANDS.get(name)
    if command is None or name in NOT_OVER_HTTP or RECORDS.get(plural) is not command.target or "_" in dashed:
        raise HTTPException(404)
    return command


@routes.get("/new/{dashed}")
async def begin(visit: Visiting, dashed: str) -> Response:
    """A form that begins a record."""
    command = _opening(dashed)
    typed = blank(None, None)
    typed.texts.update(
        {name: [value] for name, value in visit.request.query_params.items() if name not in OURS}
    )
    shape = shape_of(command.name())
    filling = Filling(shape, typed, offered=await choices(visit.api, shape, typed))
    return _draw(visit, filling, command, {}, f"/new/{dashed}")


@routes.post("/new/{dashed}")
async def begin_it(request: Request, dashed: str) -> Response:
    """One step on with it."""
    command = _opening(dashed)
    plural = next(plural for plural, kind in RECORDS.items() if kind is command.target)
    return await _post(request, command, f"/{plural}", f"/new/{dashed}", None)


@routes.get("/{plural}/{id}/{dashed}")
async def fill(visit: Visiting, plural: str, id: UUID, dashed: str) -> Response:
    """A form about a record."""
    command = command_at(plural, dashed)
    record = await visit.api.get(f"/{plural}/{id}")
    shape = shape_of(command.name())
    typed = blank(record["version"], record["position"])
    filling = Filling(shape, typed, offered=await choices(visit.api, shape, typed))
    return _draw(visit, filling, command, record, f"/{plural}/{id}/{dashed}")


@routes.post("/{plural}/{id}/{dashed}")
async def fill_it(request: Request, plural: str, id: UUID, dashed: str) -> Response:
    """One step on with it."""
    command = command_at(plural, dashed)
    return await _post(
        request, command, f"/{plural}/{id}/{dashed}", f"/{plural}/{id}/{dashed}", f"/{plural}/{id}"
    )


async def _post(
    request: Request, command: type[Command], address: str, page: str, about: str | None
) -> Response:
    form = await request.form(max_files=0, max_fields=5_000)
    typed = Typed.of(form)
    try:
        visit = await visit_of(request)
    except NobodySignedIn:
        return _signed_out(request, typed, page)
    shape = shape_of(command.name())
    record = await visit.api.get(about) if about else {}
    if not is_ours(request, request.app.state.sessions, form):
        filling = Filling(
            shape, typed, errors=Errors(said=EXPIRED), offered=await choices(visit.api, shape, typed)
        )
        return _draw(visit, filling, command, record, page, 403)
    filling = await take(visit.api, shape, typed, address)
    if filling.done is not None:
        return visit.go(_after(filling.done, about, command))
    changes = []
    if filling.errors.changed and about:
        changes = await _changes(visit, about, typed)
        typed.texts |= {"version": [str(record["version"])], "known_at": [str(record["position"])]}
    status = 200 if not filling.errors else 409 if filling.errors.changed or filling.errors.reasons else 422
    return _draw(visit, filling, command, record, page, status, changes)


def _after(done: Answer, about: str | None, command: type[Command]) -> str:
    """Where to go when it is done: the record, as new as the deed."""
    at = about or done.headers["location"]
    return f"{at}?done={command.name()}&at_least={done.position}"


async def _changes(visit: Visit, about: str, typed: Typed) -> list[dict[str, Any]]:
    """What others did to the record since the form was opened."""
    seen = int(typed.one("known_at") or 0)
    try:
        entries = (await visit.api.get(f"{about}/timeline"))["rows"]
    except ApiRefused:
        return []
    return [entry for entry in entries if entry["position"] > seen]


def _opening(dashed: str) -> type[Command]:
    name = dashed.replace("-", "_")
    if name not in COMMANDS or not COMMANDS[name].opens or "_" in dashed:
        raise HTTPException(404)
    return COMMANDS[name]


def _draw(
    visit: Visit,
    filling: Filling,
    command: type[Command],
    record: dict[str, Any],
    page: str,
    status: int = 200,
    changes: list[dict[str, Any]] = [],  # noqa: B006
) -> Response:
    name = command.name()
    return visit.page(
        "check.html" if filling.step == "check" else "form.html",
        status,
        filling=filling,
        typed=filling.typed,
        title=title_of(name),
        sentence=sentence_of(command),
        record=record,
        page=page,
        back="" if page.startswith("/new/") else page.rpartition("/")[0],
        changes=changes,
        errors=filling.errors,
    )


def _signed_out(request: Request, typed: Typed, page: str) -> Response:
    """Nobody is signed in any more; what was typed waits on the page until somebody is."""
    carried = [(name, text) for name, text in typed.hidden() if name not in ("form_token", "action")]
    return draw(request, "signed_out.html", {"carried": carried, "page": page}, 401)
