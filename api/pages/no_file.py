"""A page that has no file, where the address asks for one: to show the page in its place would look like a fault of the download."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request, Response

from api.pages.wrong import wrong


def no_file(request: Request, instead: str) -> Response:
    """The answer (400). `instead`: what people can do who wanted a file."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "form"]
    here = f"{request.url.path}?{urlencode(rest)}" if rest else request.url.path
    detail = f"This page cannot be taken away as a file. {instead}"
    return wrong(request, 400, detail, title="There is no file of this page", ways=[(here, "Open the page")])
