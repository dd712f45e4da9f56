"""What the caller wants: the form of the answer, and no parameters that nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Coroutine
from typing import Any, get_origin
from weakref import WeakKeyDictionary

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.problem import MALFORMED, NOT_ACCEPTABLE, Problem
from workflows.typed_text import CONTROL

JSON, CSV, EVENTS = "application/json", "text/csv", "text/event-stream"
WEIGHT = re.compile(r"q=([01](?:\.\d{0,3})?)", re.IGNORECASE)
Parameters = tuple[set[str], set[str]]
KNOWN: WeakKeyDictionary[Callable[..., Any], Parameters] = WeakKeyDictionary()
"""The query parameters of routes that were asked with some, by their endpoints."""


def in_form(*offers: str) -> Callable[[Request], Coroutine[Any, Any, str]]:
    """A dependency: the best of the media types on offer. Also refuses query parameters that the route does not know."""

    async def wanted(request: Request) -> str:
        _only_known_parameters(request)
        chosen = best_of(request.headers.get("accept", "*/*"), offers)
        if chosen is None:
            raise Problem(NOT_ACCEPTABLE, f"Accept one of: {', '.join(offers)}.")
        return chosen

    return wanted


def best_of(accept: str, offers: tuple[str, ...]) -> str | None:
    """The offer with the greatest weight, the first of equals; none where all are unwelcome (RFC 9110, 12.5.1)."""
    weights = [(_weight(accept, offer), -i, offer) for i, offer in enumerate(offers)]
    weight, _, offer = max(weights)
    return offer if weight > 0 else None


def _weight(accept: str, offer: str) -> float:
    found = (-1, 0.0)
    ranges = (offer, offer.split("/")[0] + "/*", "*/*")
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        if media.lower() in ranges:
            weights = [float(m.group(1)) for piece in parameters if (m := WEIGHT.fullmatch(piece))]
            # The most specific range decides, wherever it stands.
            found = max(found, (2 - ranges.index(media.lower()), weights[0] if weights else 1.0))
    return found[1]


def _only_known_parameters(request: Request) -> None:
    if not request.scope["query_string"]:
        return
    known, several = _parameters(request.scope["route"])
    seen: set[str] = set()
    for name, value in request.query_params.multi_items():
        if name not in known:
            some = f" Known: {', '.join(sorted(known))}." if known else " There are none."
            raise Problem(MALFORMED, f"The address has a parameter that nobody knows.{some}")
        if name in seen and name not in several:
            raise Problem(MALFORMED, f"The parameter {name} is given twice.")
        if CONTROL.search(value) or "\ufffd" in value:
            raise Problem(MALFORMED, f"The parameter {name} contains a character that cannot be kept.")
        seen.add(name)


def given_twice(request: Request, but: Collection[str] = ()) -> str:
    """The name of a query parameter of which the route reads one value and several were given; empty where there is none. `but` those, and
    boxes that were left empty."""
    if not request.scope["query_string"]:
        return ""
    known, several = _parameters(request.scope["route"])
    given = Counter(name for name, value in request.query_params.multi_items() if value)
    return next((name for name in known - several - {*but} if given[name] > 1), "")


def known_to(request: Request) -> set[str]:
    """The query parameters that the route of a request reads."""
    return _parameters(request.scope["route"])[0]


def _parameters(route: APIRoute) -> Parameters:
    if route.endpoint not in KNOWN:
        KNOWN[route.endpoint] = _parameters_of(route.dependant)
    return KNOWN[route.endpoint]


def _parameters_of(dependant: Dependant) -> Parameters:
    """The query parameters of a route and of all that it depends on, and which of them may be given several times."""
    known = {field.alias for field in dependant.query_params}
    several = {
        field.alias for field in dependant.query_params if get_origin(field.field_info.annotation) is list
    }
    for inner in dependant.dependencies:
        its_known, its_several = _parameters_of(inner)
        known |= its_known
        several |= its_several
    return known, several
