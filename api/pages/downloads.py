"""Files that the API makes, handed on to a browser as they are."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from api.pages.visiting import Visit

KEPT = ("content-type", "content-disposition", "x-position")


async def file_of(visit: Visit, address: str, accept: str = "application/zip", **asked: Any) -> Response:
    """The file at an address of the API. Raises ApiRefused."""
    answer = await visit.api.read(address, accept=accept, **asked)
    headers = {name: answer.headers[name] for name in KEPT if name in answer.headers}
    return Response(answer.content, 200, {**headers, "Cache-Control": "no-store"})
