"""One address for each thing: who asks for a page gets the page, and everybody else gets what the API says."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.pages.session import COOKIE
from api.pages.static_files import AT
from api.wanted import JSON, best_of

HTML = "text/html"
FOUND_BY_THE_API = ("route", "endpoint", "path_params")
ONLY_PAGES = (AT, "/sign-in", "/sign-out", "/live")
"""Beginnings of addresses that the API does not have."""


class Doors:
    """Between the conversation and the API: sends browsers to the pages."""

    def __init__(self, app: ASGIApp, site: ASGIApp) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request by one of the two."""
        if scope["type"] != "http" or not (_begins(scope["path"]) or _by_a_browser(scope)):
            await self.app(scope, receive, send)
        elif _begins(scope["path"]) or self._has_a_page(scope):
            await self.site(scope, receive, send)
        else:
            await self._shown_by_the_api(scope, receive, send)

    def _has_a_page(self, scope: Scope) -> bool:
        routes = self.site.router.routes  # type: ignore[attr-defined]
        return any(route.matches(scope)[0] is not Match.NONE for route in routes) or not self._api_has(scope)

    async def _shown_by_the_api(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What has no page, as the metrics have none, is shown by the API to whom it asks for no token; to others a page says so."""
        wants_a_token = False

        async def unless_a_token_is_wanted(message: Message) -> None:
            nonlocal wants_a_token
            if message["type"] == "http.response.start":
                wants_a_token = message["status"] == 401
            if not wants_a_token:
                await send(message)

        await self.app(scope, receive, unless_a_token_is_wanted)
        if wants_a_token:
            await self.site({key: scope[key] for key in scope if key not in FOUND_BY_THE_API}, receive, send)

    def _api_has(self, scope: Scope) -> bool:
        routes = scope["app"].router.routes
        return any(route.matches(scope)[0] is not Match.NONE for route in routes)


def _by_a_browser(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if "authorization" in headers:
        return False
    accept = headers.get("accept", "")
    return best_of(accept, (JSON, HTML)) == HTML or (_says_nothing(accept) and _in_a_session(scope))


def _says_nothing(accept: str) -> bool:
    """Whether anything will do: so says a browser that follows a link to a file, which it will keep whatever it is (RFC 9110, 12.5.1)."""
    return accept.split(";")[0].strip() in ("", "*/*")


def _in_a_session(scope: Scope) -> bool:
    """Whether it only reads, and comes from a browser in which somebody signed in: no program is given such a cookie."""
    return scope["method"] in ("GET", "HEAD") and COOKIE in HTTPConnection(scope).cookies


def _begins(path: str) -> bool:
    return any(path == only or path.startswith(f"{only}/") for only in ONLY_PAGES)
