"""Asks the API on behalf of whoever uses the browser: the pages have no other way to anything.

So a page never shows, and a form never does, what the API would not: permissions, what is seen, the record of looks and every
refusal are the same by construction.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.tokens import SignedIn


class ApiRefused(Exception):
    """The API said no. `problem` is its answer (RFC 9457), with every reason."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status, self.problem = status, problem
        super().__init__(str(problem.get("type", status)))

    @property
    def kind(self) -> str:
        """The kind of problem by its stable name, such as `refused`."""
        return str(self.problem.get("type", "")).rpartition("#")[2]

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Every reason there is."""
        found: list[dict[str, Any]] = self.problem.get("reasons", [])
        return found


class Answer:
    """What the API answered."""

    def __init__(self, response: httpx2.Response) -> None:
        self.headers, self.content = response.headers, response.content

    def json(self) -> Any:
        """The body."""
        return msgspec.json.decode(self.content)

    @property
    def position(self) -> int:
        """How far the history had reached."""
        return int(self.headers.get("x-position", 0))


class TheApi:
    """The API as one person sees it, for the time of one request."""

    def __init__(self, app: ASGIApp, person: SignedIn, correlation_id: UUID) -> None:
        self._app, self._person = app, person
        self._client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self._as_person),
            base_url="http://pages",
            headers={"X-Correlation-ID": str(correlation_id), "Accept": "application/json"},
        )

    async def get(self, path: str, **parameters: Any) -> Any:
        """What is at an address, as plain data. Raises ApiRefused."""
        return (await self.read(path, **parameters)).json()

    async def read(self, path: str, *, accept: str = "application/json", **parameters: Any) -> Answer:
        """The whole answer. Parameters that are None or empty are left out. Raises ApiRefused."""
        asked = {name: _text(value) for name, value in parameters.items() if value not in (None, "", [], ())}
        return _checked(await self._client.get(path, params=asked, headers={"Accept": accept}))

    async def post(
        self,
        path: str,
        body: dict[str, Any],
        *,
        key: str | None = None,
        version: int | None = None,
        only_weigh: bool = False,
    ) -> Answer:
        """Do something, or only ask what would come of it. Raises ApiRefused.

        `key` makes a repetition harmless; `version` is the record's as the person saw it.
        """
        headers = {}
        if key:
            headers["Idempotency-Key"] = key
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        asked = {"only_weigh": "true"} if only_weigh else {}
        return _checked(await self._client.post(path, json=body, headers=headers, params=asked))

    async def listen(self, after: int) -> AsyncIterator[bytes]:
        """The stream of what happens after a position, as it comes. It ends when the service stops or the person may listen no more."""
        said: asyncio.Queue[Message] = asyncio.Queue()
        gone = asyncio.Event()

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "server": ("pages", 80),
            "client": None,
            "root_path": "",
            "path": "/events",
            "raw_path": b"/events",
            "query_string": f"after={after}".encode(),
            "headers": [(b"host", b"pages"), (b"accept", b"text/event-stream")],
        }
        asked = asyncio.create_task(self._as_person(scope, receive, said.put))
        try:
            while True:
                message = await said.get()
                if message["type"] != "http.response.body":
                    continue
                yield message.get("body", b"")
                if not message.get("more_body"):
                    return
        finally:
            gone.set()
            asked.cancel()

    async def _as_person(self, scope: Scope, receive: Receive, send: Send) -> None:
        # No request from outside can put anything here: headers and bodies do not reach this part of the scope.
        scope["state"] = {**scope.get("state", {}), "signed_in": self._person}
        await self._app(scope, receive, send)


def _text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_text(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _checked(response: httpx2.Response) -> Answer:
    if response.status_code >= 400:
        try:
            problem = msgspec.json.decode(response.content)
        except msgspec.DecodeError:
            problem = {}
        raise ApiRefused(response.status_code, problem if isinstance(problem, dict) else {})
    return Answer(response)
