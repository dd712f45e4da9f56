"""Asks the API on behalf of whoever uses the browser: the pages have no other way to anything.

So a page never shows, and a form never does, what the API would not: permissions, what is seen, the record of looks and every
refusal are the same by construction.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from starlette.types import ASGIApp, Message, Scope

from api.pages.streams import File, bodies_of, messages_of
from api.problem import BEHIND
from api.tokens import SignedIn
from api.wanted import JSON
from history.opened import Opened, opened_once


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
    """What the API answered. The names of `headers` are small letters."""

    def __init__(self, headers: Mapping[str, str], content: bytes) -> None:
        self.headers, self.content = headers, content

    def json(self) -> Any:
        """The body."""
        return msgspec.json.decode(self.content)

    @property
    def position(self) -> int:
        """How far the history had reached."""
        return int(self.headers.get("x-position", 0))


@dataclass(frozen=True, slots=True)
class Late:
    """A page has to be drawn before the lists have taken in what it is to show."""

    is_saved: bool
    """Whether the history is known to have it."""


class TheApi:
    """The API as one person sees it, for the time of one request.

    It is called as the server would call it, without a client in between: that would parse every address twice.
    """

    def __init__(self, app: ASGIApp, person: SignedIn, correlation_id: UUID) -> None:
        self._app, self.correlation_id = app, correlation_id
        # No request from outside can put anything here: headers and bodies do not reach this part of the scope.
        self._known: dict[str, Any] = {"signed_in": person}
        self._opened: Opened = {}
        self.late: Late | None = None
        """What is known of a deed that the lists have not taken in; none where they have, or nobody asked."""

    async def get(self, path: str, /, **parameters: Any) -> Any:
        """What is at an address, as plain data. Raises ApiRefused."""
        return (await self.read(path, **parameters)).json()

    async def read(self, path: str, /, *, accept: str = "application/json", **parameters: Any) -> Answer:
        """The whole answer. Parameters that are None or empty are left out. Raises ApiRefused.

        Where `at_least` is not reached in time the answer is as new as there is, and `late` says so: a page that shows a little less is
        better than none for somebody who has just saved something.
        """
        try:
            return await self._ask("GET", path, _query(parameters), {"accept": accept})
        except ApiRefused as refused:
            at_least = parameters.pop("at_least", None)
            if at_least is None or refused.kind != BEHIND.name:
                raise
        answer = await self._ask("GET", path, _query(parameters), {"accept": accept})
        is_saved = answer.position >= at_least or (self.late is not None and self.late.is_saved)
        self.late = Late(is_saved)
        return answer

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
        headers = {"accept": "application/json", "content-type": "application/json"}
        if key:
            headers["idempotency-key"] = key
        if version is not None:
            headers["if-match"] = f'"{version}"'
        return await self._ask(
            "POST", path, "only_weigh=true" if only_weigh else "", headers, msgspec.json.encode(body)
        )

    async def listen(self, after: int) -> AsyncIterator[bytes]:
        """The stream of what happens after a position, as it comes. It ends when the service stops or the person may listen no more."""
        scope = self._scope("GET", "/events", f"after={after}", {"accept": "text/event-stream"})
        async with aclosing(messages_of(self._app, scope)) as said:
            async for message in said:
                if message["type"] == "http.response.body":
                    yield message.get("body", b"")

    async def take(self, path: str, /, *, accept: str, **parameters: Any) -> File:
        """A file, part by part as it is made. Raises ApiRefused."""
        said = messages_of(self._app, self._scope("GET", path, _query(parameters), {"accept": accept}))
        began = await anext(said)
        if began["status"] >= 400:
            content = b"".join([message.get("body", b"") async for message in said])
            _checked(began["status"], began["headers"], content)
        return File(_named(began["headers"]), bodies_of(said))

    async def _ask(
        self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        asked = iter((body,))
        parts: list[bytes] = []
        began: Message = {}

        async def receive() -> Message:
            for sent in asked:
                return {"type": "http.request", "body": sent, "more_body": False}
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = message
            else:
                parts.append(message.get("body", b""))

        said = {**headers, "content-length": str(len(body))} if method == "POST" else headers
        scope = self._scope(method, path, query, said)
        # What one part of the page has read is there for the others. Who writes, or takes a file away, reads it anew.
        with opened_once(self._opened if method == "GET" and headers["accept"] == JSON else None):
            await self._app(scope, receive, send)
        # Who they are and what they may do was looked up by the first request; the others of the same page go by it.
        if "asker" in scope["state"] and began["status"] < 400:
            self._known["known_asker"] = scope["state"]["asker"]
        return _checked(began["status"], began["headers"], b"".join(parts))

    def _scope(self, method: str, path: str, query: str, headers: Mapping[str, str]) -> Scope:
        said = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "server": ("pages", 80),
            "client": None,
            "root_path": "",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"pages"), (b"x-correlation-id", str(self.correlation_id).encode()), *said],
            "state": {**self._known} if method == "GET" else {"signed_in": self._known["signed_in"]},
        }


def _query(parameters: Mapping[str, Any]) -> str:
    asked = {name: _text(value) for name, value in parameters.items() if value not in (None, "", [], ())}
    return urlencode(asked, doseq=True) if asked else ""


def _text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_text(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _checked(status: int, headers: Iterable[tuple[bytes, bytes]], content: bytes) -> Answer:
    if status >= 400:
        try:
            problem = msgspec.json.decode(content)
        except msgspec.DecodeError:
            problem = {}
        raise ApiRefused(status, problem if isinstance(problem, dict) else {})
    return Answer(_named(headers), content)


def _named(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode().lower(): value.decode("latin-1") for name, value in headers}
