"""Makes a page from its template: escaped, never cached, and under a policy that lets nothing in from elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.pages.static_files import Assets
from api.pages.templating import templates

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'{elsewhere}; frame-ancestors 'none'; base-uri 'none'"
)


class Drawing:
    """Draws pages. Threads may share it."""

    def __init__(self, assets: Assets, elsewhere: Callable[[], str] = str) -> None:
        """`elsewhere` says to which other origins forms may lead: the sign-in service's."""
        self._elsewhere = elsewhere
        self._templates = templates(asset=assets.address)

    def page(
        self,
        request: Request,
        template: str,
        context: Mapping[str, Any],
        status: int = 200,
    ) -> HTMLResponse:
        """The page."""
        nonce = secrets.token_urlsafe(16)
        said = self._templates.get_template(template).render(request=request, cspNonce=nonce, **context)
        response = HTMLResponse(said, status)
        elsewhere = self._elsewhere()
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = POLICY.format(
            nonce=nonce, elsewhere=f" {elsewhere}" if elsewhere else ""
        )
        return response
