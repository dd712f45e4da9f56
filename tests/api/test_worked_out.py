"""What is worked out of a route beforehand gives its function what FastAPI would give it; what does not fit is left to FastAPI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Response
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request

from api.app import ROUTES
from api.commands import command_routes
from api.pages import site
from api.worked_out import Asked, Misfit, Values, call_of, worked_out

EVERY = [
    route
    for router in (*ROUTES, command_routes(), *site.ROUTES)
    for route in router.routes
    if isinstance(route, APIRoute)
]
LEFT_TO_FASTAPI = {"/me/calendar", "/problems", "/health/live"}
"""Whose endpoints return what is to be made into an answer."""
AN_ID = "5b0f6a52-6f0e-4d8e-9d54-0123456789ab"
TYPED = ("", "1", "-1", "9" * 30, "true", "2026-11-23", AN_ID, "T16", "overdue", "active", "a b")


def test_every_route_of_ours_is_worked_out_but_those_that_leave_their_answer_to_fastapi() -> None:
    assert {route.path for route in EVERY if call_of(route) is None} == LEFT_TO_FASTAPI


def test_whatever_is_sent_a_function_gets_what_fastapi_would_give_it() -> None:
    fitted, kinds = 0, set[str]()
    for route in EVERY:
        asked, parts = call_of(route), list(_all_of(route.dependant))
        # Some two hundred commands ask for the same.
        kind = repr([(part.path_params, part.query_params, part.header_params) for part in parts])
        if asked is None or kind in kinds:
            continue
        kinds.add(kind)
        names = {field.alias for part in parts for field in (*part.query_params, *part.header_params)}
        for sent in (
            "",
            *(f"{name}={text}{more}" for name in names for text in TYPED for more in ("", f"&{name}=T1")),
        ):
            pairs = [(name.encode(), value.encode()) for name, value in QueryParams(sent).multi_items()]
            path = dict.fromkeys(route.param_convertors, AN_ID if len(sent) % 2 else "")
            request = Request(
                {"type": "http", "query_string": sent.encode(), "headers": pairs, "path_params": path}
            )
            theirs = _by_fastapi(parts, request)
            assert _worked_out(asked, request) == theirs, (route.path, sent)
            fitted += theirs is not None
    assert fitted > 200


def _all_of(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for each in dependant.dependencies:
        yield from _all_of(each)


def _worked_out(asked: Asked, request: Request) -> dict[Any, Values] | None:
    read: dict[Any, Values] = {}
    try:
        asked.read(request, read)
    except Misfit:
        return None
    return {
        call: {name: value for name, value in values.items() if value is not request}
        for call, values in read.items()
    }


def _by_fastapi(parts: list[Dependant], request: Request) -> dict[Any, Values] | None:
    found = {}
    for part in parts:
        sources: tuple[tuple[list[Any], Mapping[str, Any]], ...] = (
            (part.path_params, request.path_params),
            (part.query_params, request.query_params),
            (part.header_params, request.headers),
        )
        values: Values = {}
        for fields, sent in sources:
            assert isinstance(sent, dict | QueryParams | Headers)
            its, faults = request_params_to_args(fields, sent)
            if faults:
                return None
            values |= its
        found[part.call] = values
    return found


CALLED: list[str] = []
routes = APIRouter()


async def first() -> str:
    """Writes down that it was called, as the others do."""
    CALLED.append("first")
    return "first"


def second(one: Annotated[str, Depends(first)], size: int = 3) -> str:
    """One that depends on another."""
    CALLED.append(f"second {size}")
    return f"{one} second"


@routes.get("/called", response_model=None)
def endpoint(
    one: Annotated[str, Depends(first)],
    two: Annotated[str, Depends(second)],
    many: Annotated[list[int], Query()] = [],  # noqa: B006
    x_said: Annotated[str, Header()] = "nothing",
) -> Response:
    """Says what it got, and what was called."""
    many.append(0)
    told, CALLED[:] = " ".join(CALLED), []
    return Response(f"{told} | {one} | {two} | {many} | {x_said}")


@pytest.fixture
def client() -> Iterator[TestClient]:
    """An application with that one route."""
    app = FastAPI()
    app.router.routes.extend(worked_out(routes.routes))
    with TestClient(app) as client:
        yield client


def test_each_that_is_depended_on_is_called_once_and_before_who_depends_on_it(client: TestClient) -> None:
    assert client.get("/called").text == "first second 3 | first | first second | [0] | nothing"
    said = client.get("/called?size=4&many=1&many=2", headers={"X-Said": "this"}).text
    assert said == "first second 4 | first | first second | [1, 2, 0] | this"


def test_what_one_request_does_to_a_default_the_next_does_not_see(client: TestClient) -> None:
    assert client.get("/called").text == client.get("/called").text


def test_what_does_not_fit_is_told_by_fastapi(client: TestClient) -> None:
    answer = client.get("/called?size=large")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "size"]
