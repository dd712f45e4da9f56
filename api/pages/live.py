"""Tells an open page that something changed. It says nothing of what: the page then asks for itself anew, as whoever looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.responses import StreamingResponse

from api.pages.visiting import Visit, Visiting
from projections.openings import while_open

routes = APIRouter()

AT_MOST = 600.0
"""Seconds of one stream. The browser then asks again by itself, and the session is looked at again."""
NEWS = b"event: news\ndata: \n\n"
STILL_THERE = b": \n\n"


@routes.get("/live")
async def live(
    visit: Visiting,
    after: Annotated[int, Query(ge=0, le=2**53)],
    about: UUID | None = None,
    opening: UUID | None = None,
) -> Response:
    """A stream of server-sent events, one for each time that something changed after a position; with `about`, in one record.

    `opening` is the id of the page that stays open: what is heard for it is no other look.
    """
    if opening is not None:
        visit.api.correlation_id = while_open(opening)
    return StreamingResponse(
        _news(visit, after, about),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _news(visit: Visit, after: int, about: UUID | None = None) -> AsyncIterator[bytes]:
    of_it = f'"record_id":"{about}"'.encode() if about else b""
    heard = visit.api.listen(after)
    try:
        async with asyncio.timeout(AT_MOST):
            async for said in heard:
                told = said.lstrip().startswith((b"id:", b"event:", b"data:")) and of_it in said
                yield NEWS if told else STILL_THERE
    except TimeoutError:
        return
    finally:
        await heard.aclose()  # type: ignore[attr-defined]
