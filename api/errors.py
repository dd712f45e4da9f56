"""Turns whatever went wrong into one clear answer. No words of an exception leave the service, only our own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api import problem as p
from api.looking import NothingThen
from api.noting import note
from api.problem import Problem
from domain.reasons import ChangedMeanwhile, Invalid, NotFound, NotPermitted, Reason, Refused
from history.receipts import KeyReused
from workflows.sent import VersionMismatch

AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""What the drivers raise while the database is away."""
RETRY_AFTER = 2
"""Seconds after which to try again while the database is away."""
SAME_TIME = 0.05
"""Seconds: a 404 comes at the next multiple of this, so that its time does not tell whether the record exists."""

NOTHING_THEN = "There was nothing here at the moment that you ask about, or nothing that you may know of."
NOTHING_HERE = "There is nothing here, or nothing that you may know of."

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]


def _plain(make: Callable[[Any], Problem]) -> Handler:
    async def handle(request: Request, error: Any) -> Response:
        return p.answer(make(error), request.state.correlation_id)

    return handle


def _refused(error: Refused) -> Problem:
    count = len(error.reasons)
    return Problem(
        p.REFUSED, f"There {'is one reason' if count == 1 else f'are {count} reasons'}.", error.reasons
    )


def _invalid(error: Invalid) -> Problem:
    return Problem(p.INVALID, "Something in the request does not fit. See the reasons.", error.reasons)


def _changed(error: ChangedMeanwhile) -> Problem:
    return Problem(p.CHANGED_MEANWHILE, "Read the record again, and then decide again.")


def _stale(error: VersionMismatch) -> Problem:
    return Problem(p.STALE, "Read the record again: someone changed it after you saw it.")


def _key_reused(error: KeyReused) -> Problem:
    return Problem(p.KEY_REUSED, "Choose a new Idempotency-Key for a new request.")


def _unreachable(error: OverflowError) -> Problem:
    return Problem(p.INVALID, "A date or a number lies too far away to be reckoned with.")


def _away(error: Exception) -> Problem:
    detail = (
        "The database is away. Try again in a moment; a write is safe to repeat under its Idempotency-Key."
    )
    return Problem(p.UNAVAILABLE, detail, headers={"Retry-After": str(RETRY_AFTER)})


def _of_framework(error: HTTPException) -> Problem:
    kinds = {k.status: k for k in reversed(p.KINDS)}
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return Problem(p.NOT_FOUND, NOTHING_HERE)
    if error.status_code == 405:
        return Problem(
            p.METHOD_NOT_ALLOWED, f"Use {headers.get('Allow', 'another method')}.", headers=headers
        )
    kind = kinds.get(error.status_code, p.MALFORMED)
    return Problem(kind, kind.title + ".", headers=headers)


async def _not_found(request: Request, error: Exception) -> Response:
    _note_attempt(request)
    passed = time.perf_counter() - request.state.began
    await asyncio.sleep(SAME_TIME - passed % SAME_TIME)
    found = Problem(p.NOT_FOUND, NOTHING_HERE)
    if isinstance(error, NothingThen):
        found = Problem(
            p.NOT_FOUND,
            NOTHING_THEN,
            [Reason(code="nothing_then", message=error.said, field=error.field)],
        )
    return p.answer(found, request.state.correlation_id)


def _note_attempt(request: Request) -> None:
    """Who asked for a record that is not there for them. Nothing is noted of an id that is none, or of nobody."""
    asker, id = getattr(request.state, "asker", None), _record_id(request)
    if asker is not None and id is not None:
        note(request.app.state.desk, asker, "read", "none", record_id=id, outcome="not_found")


def _record_id(request: Request) -> UUID | None:
    with suppress(KeyError, ValueError):
        return UUID(request.path_params["id"])
    return None


async def _not_permitted(request: Request, error: NotPermitted) -> Response:
    """It is on record before it is answered."""
    found = Problem(p.NOT_PERMITTED, error.message, [Reason(code=error.code, message=error.message)])
    try:
        await run_in_threadpool(_record_refusal, request, error)
    except AWAY as away:
        found = _away(away)
    return p.answer(found, request.state.correlation_id)


def _record_refusal(request: Request, error: NotPermitted) -> None:
    request.app.state.desk.access.not_permitted(
        request.state.asker,
        error.code,
        request.method,
        request.scope["route"].path,
        _record_id(request),
        request.state.correlation_id,
    )


async def _does_not_fit(request: Request, error: RequestValidationError) -> Response:
    """An id in the address that is no id names nothing; anything else in address or headers is malformed."""
    problems = error.errors()
    if any(problem["loc"][0] == "path" for problem in problems):
        return await _not_found(request, error)
    names = sorted({_parameter(problem) for problem in problems if len(problem["loc"]) > 1})
    reasons = [
        Reason(code=f"parameter_{problem['type']}", message=f"{problem['msg']}.", field=_parameter(problem))
        for problem in problems
    ]
    found = Problem(p.MALFORMED, f"Something does not fit: {', '.join(names)}.", reasons)
    return p.answer(found, request.state.correlation_id)


def _parameter(problem: dict[str, Any]) -> str:
    """Its name in the address or the headers, and not which of several values of it."""
    return str(problem["loc"][:2][-1])


def answer_errors(app: FastAPI) -> None:
    """Register an answer for everything that can go wrong."""
    handlers: dict[Any, Handler] = {
        Problem: _plain(lambda problem: problem),
        Refused: _plain(_refused),
        Invalid: _plain(_invalid),
        NotFound: _not_found,
        NotPermitted: _not_permitted,
        VersionMismatch: _plain(_stale),
        ChangedMeanwhile: _plain(_changed),
        KeyReused: _plain(_key_reused),
        OverflowError: _plain(_unreachable),
        RequestValidationError: _does_not_fit,
        HTTPException: _plain(_of_framework),
        **dict.fromkeys(AWAY, _plain(_away)),
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
