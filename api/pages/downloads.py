"""Files that the API makes, handed on to a browser as they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from fastapi import Response
from starlette.responses import StreamingResponse

from api.pages.filters import unknown_in
from api.pages.moments import IN_THE_ADDRESS
from api.pages.visiting import Visit
from api.wanted import known_to

KEPT = ("content-type", "content-disposition", "content-length", "x-position")


class NoSuchFilter(Exception):
    """The address narrows a file by names that nobody knows. A page would say so beside its rows; a file has no room to."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


async def file_of(
    visit: Visit,
    address: str,
    accept: str = "application/zip",
    *,
    filters: Collection[str] = (),
    **asked: Any,
) -> Response:
    """The file at an address of the API. `filters`: what the page reads besides the parameters of its route.

    Raises NoSuchFilter, before anything is asked for, and ApiRefused.
    """
    if unknown := unknown_in(
        visit.request.query_params, {*known_to(visit.request), *IN_THE_ADDRESS, *filters}
    ):
        raise NoSuchFilter(unknown)
    file = await visit.api.take(address, accept=accept, **asked)
    headers = {name: file.headers[name] for name in KEPT if name in file.headers}
    return StreamingResponse(file.parts, 200, {**headers, "Cache-Control": "no-store"})
