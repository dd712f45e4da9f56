"""Files that the API makes, handed on to a browser as they are."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from starlette.responses import StreamingResponse

from api.pages.visiting import Visit

KEPT = ("content-type", "content-disposition", "content-length", "x-position")


async def file_of(visit: Visit, address: str, accept: str = "application/zip", **asked: Any) -> Response:
    """The file at an address of the API. Raises ApiRefused."""
    file = await visit.api.take(address, accept=accept, **asked)
    headers = {name: file.headers[name] for name in KEPT if name in file.headers}
    return StreamingResponse(file.parts, 200, {**headers, "Cache-Control": "no-store"})
