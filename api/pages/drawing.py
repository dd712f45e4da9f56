"""Makes a page from its template: escaped, never cached, and under a policy that lets nothing in from elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.pages import telling, words
from api.pages.forms.wording import plain
from api.pages.static_files import Assets

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'{elsewhere}; frame-ancestors 'none'; base-uri 'none'"
)


class Drawing:
    """Draws pages. Threads may share it."""

    def __init__(self, assets: Assets, elsewhere: Callable[[], str] = str) -> None:
        """`elsewhere` says to which other origins forms may lead: the sign-in service's."""
        self._elsewhere = elsewhere
        # A macro of the design system asks for parts of what was not given, which has to be as good as nothing.
        self._environment = Environment(
            loader=ChoiceLoader(
                [
                    PackageLoader("api.pages"),
                    PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                ]
            ),
            autoescape=True,
            undefined=ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals["asset"] = assets.address
        self._environment.globals["example_day"] = words.example_day
        self._environment.filters |= words.FILTERS | telling.FILTERS | {"plainly": plain}
        self._environment.tests |= words.TESTS | telling.TESTS

    def page(
        self,
        request: Request,
        template: str,
        context: Mapping[str, Any],
        status: int = 200,
    ) -> HTMLResponse:
        """The page."""
        nonce = secrets.token_urlsafe(16)
        said = self._environment.get_template(template).render(request=request, cspNonce=nonce, **context)
        response = HTMLResponse(said, status)
        elsewhere = self._elsewhere()
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = POLICY.format(
            nonce=nonce, elsewhere=f" {elsewhere}" if elsewhere else ""
        )
        return response
