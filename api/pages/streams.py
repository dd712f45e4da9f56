"""What the API sends part by part: the news of an open page, and files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Scope


class BrokenOff(Exception):
    """The API failed when it had sent a part of a file."""


class File(NamedTuple):
    """A file of the API. The names of `headers` are small letters."""

    headers: Mapping[str, str]
    parts: AsyncIterator[bytes]


async def messages_of(app: ASGIApp, scope: Scope) -> AsyncGenerator[Message]:
    """What the API sends, as it comes. It waits where nobody takes it, and is stopped when nobody wants it any more."""
    said: asyncio.Queue[Message | Exception | None] = asyncio.Queue(1)
    gone = asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def ask() -> None:
        failed = None
        try:
            await app(scope, receive, said.put)
        except Exception as error:
            failed = error
        await said.put(failed)

    asked = asyncio.ensure_future(ask())
    try:
        while (heard := await said.get()) is not None:
            if isinstance(heard, Exception):
                raise heard
            yield heard
    finally:
        gone.set()
        asked.cancel()


async def bodies_of(said: AsyncGenerator[Message]) -> AsyncIterator[bytes]:
    """The parts of a file. Raises BrokenOff: whoever gets the half of a file must not take it for the whole."""
    is_whole = False
    async with aclosing(said):
        async for message in said:
            yield message.get("body", b"")
            is_whole = not message.get("more_body")
    if not is_whole:
        raise BrokenOff
