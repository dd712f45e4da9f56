"""One address for each thing: who asks for a page gets the page, and everybody else gets what the API says."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from api.pages.static_files import AT
from api.wanted import JSON, best_of

HTML = "text/html"
ONLY_PAGES = (AT, "/sign-in", "/sign-out", "/live")
"""Beginnings of addresses that the API does not have."""


class Doors:
    """Between the conversation and the API: sends browsers to the pages."""

    def __init__(self, app: ASGIApp, site: ASGIApp) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request by one of the two."""
        pages = scope["type"] == "http" and self._is_for_pages(scope)
        await (self.site if pages else self.app)(scope, receive, send)

    def _is_for_pages(self, scope: Scope) -> bool:
        if _begins(scope["path"]):
            return True
        headers = Headers(scope=scope)
        if "authorization" in headers or best_of(headers.get("accept", ""), (JSON, HTML)) != HTML:
            return False
        # What has no page, as the metrics have none, is shown by the API.
        routes = self.site.router.routes  # type: ignore[attr-defined]
        return any(route.matches(scope)[0] is not Match.NONE for route in routes) or not self._api_has(scope)

    def _api_has(self, scope: Scope) -> bool:
        routes = scope["app"].router.routes
        return any(route.matches(scope)[0] is not Match.NONE for route in routes)


def _begins(path: str) -> bool:
    return any(path == only or path.startswith(f"{only}/") for only in ONLY_PAGES)
