"""What a route asks of a request, worked out once, when the application is made.

FastAPI looks at every parameter of a route, and of all that it depends on, anew for each request: half of what a page's question costs this
process. A request that does not fit is left to it, and it says what is wrong; so is a route that asks for anything which is not known here.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, get_origin

from fastapi import Request, Response
from fastapi._compat import ModelField
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_typed_return_annotation
from fastapi.routing import APIRoute, request_response
from starlette.routing import BaseRoute

Call = Callable[..., Any]
Values = dict[str, Any]
PLAIN = str | int | float | bool | None
"""Defaults that nobody can change."""


def worked_out(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """The same routes, answering requests that fit by what is known of them beforehand."""
    for route in routes:
        if isinstance(route, APIRoute) and (call := call_of(route)) is not None:
            route.app = request_response(_handler(call, route.get_route_handler()))
        yield route


class Misfit(Exception):
    """Something that was sent does not fit, or something that is needed was not sent. FastAPI says what."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function, as it stands in an address or among the headers."""

    field: ModelField
    name: str
    alias: str
    several: bool
    """Whether the function gets a list of all that was sent by this name."""
    needed: bool
    default: Any

    def value(self, given: Mapping[str, Any], every: Callable[[str], list[str]] | None) -> Any:
        """What the function gets. Raises Misfit."""
        if self.alias not in given:
            if self.needed:
                raise Misfit
            return self.default if isinstance(self.default, PLAIN) else deepcopy(self.default)
        sent = every(self.alias) if self.several and every else given[self.alias]
        value, faults = self.field.validate(sent)
        if faults:
            raise Misfit
        return value


@dataclass(frozen=True, slots=True)
class Asked:
    """A function with all that it asks for: the endpoint of a route, or what it depends on."""

    call: Call
    is_async: bool
    path: tuple[Parameter, ...]
    query: tuple[Parameter, ...]
    headers: tuple[Parameter, ...]
    request: tuple[str, ...]
    """The names under which it gets the request."""
    needs: tuple[tuple[str | None, Asked], ...]
    """What it depends on, and the names under which it gets that."""

    def read(self, request: Request, into: dict[Call, Values]) -> None:
        """Read what was sent for it and for all that it depends on. Raises Misfit."""
        if self.call in into:
            return
        for _, needed in self.needs:
            needed.read(request, into)
        values: Values = dict.fromkeys(self.request, request)
        for one in self.path:
            values[one.name] = one.value(request.path_params, None)
        if self.query:
            sent = request.query_params
            for one in self.query:
                values[one.name] = one.value(sent, sent.getlist)
        if self.headers:
            headers = request.headers
            for one in self.headers:
                values[one.name] = one.value(headers, headers.getlist)
        into[self.call] = values

    async def answer(self, read: dict[Call, Values], done: dict[Call, Any]) -> Any:
        """Call it, once what it depends on was called, each function once for a request."""
        values = read[self.call]
        for name, needed in self.needs:
            if needed.call not in done:
                done[needed.call] = await needed.answer(read, done)
            if name is not None:
                values[name] = done[needed.call]
        return await (self.call(**values) if self.is_async else run_in_threadpool(self.call, **values))


def _handler(
    asked: Asked, otherwise: Callable[[Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        read: dict[Call, Values] = {}
        try:
            asked.read(request, read)
        except Misfit:
            return await otherwise(request)
        response: Response = await asked.answer(read, {})
        return response

    return answer


def call_of(route: APIRoute) -> Asked | None:
    """What a route asks for; none where FastAPI has to make the answer of what its endpoint returns, or anything else is not known here."""
    returned = get_typed_return_annotation(route.endpoint)
    is_answer = isinstance(returned, type) and issubclass(returned, Response)
    return _asked(route.dependant) if is_answer and route.body_field is None else None


def _asked(of: Dependant) -> Asked | None:
    unknown = (
        of.body_params,
        of.cookie_params,
        of.response_param_name,
        of.background_tasks_param_name,
        of.security_scopes_param_name,
        of.websocket_param_name,
        of.concurrency,
        not of.use_cache,
    )
    call = of.call
    if any(unknown) or call is None or inspect.isgeneratorfunction(call) or inspect.isasyncgenfunction(call):
        return None
    needs = [(each.name, _asked(each)) for each in of.dependencies]
    known = [(name, each) for name, each in needs if each is not None]
    if len(known) < len(needs):
        return None
    is_async = inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__)
    names = filter(None, (of.request_param_name, of.http_connection_param_name))
    return Asked(
        call, is_async, _parameters(of.path_params), _parameters(of.query_params), _parameters(of.header_params),
        tuple(names), tuple(known),
    )  # fmt: skip


def _parameters(fields: Iterable[ModelField]) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(
            field=field,
            name=field.name,
            alias=field.alias,
            several=get_origin(field.field_info.annotation) is list,
            needed=field.field_info.is_required(),
            default=field.get_default(),
        )
        for field in fields
    )
