"""Tells an open page that something changed. It says nothing of what: the page then asks for itself anew, as whoever looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import StreamingResponse

from api.pages.visiting import Visit, Visiting

routes = APIRouter()

AT_MOST = 600.0
"""Seconds of one stream. The browser then asks again by itself, and the session is looked at again."""
NEWS = b"event: news\ndata: \n\n"
STILL_THERE = b": \n\n"


@routes.get("/live")
async def live(visit: Visiting, after: Annotated[int, Query(ge=0, le=2**53)]) -> Response:
    """A stream of server-sent events, one for each time that something changed after a position."""
    return StreamingResponse(
        _news(visit, after),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _news(visit: Visit, after: int) -> AsyncIterator[bytes]:
    heard = visit.api.listen(after)
    try:
        async with asyncio.timeout(AT_MOST):
            async for said in heard:
                yield NEWS if said.lstrip().startswith((b"id:", b"event:", b"data:")) else STILL_THERE
    except TimeoutError:
        return
    finally:
        await heard.aclose()  # type: ignore[attr-defined]
