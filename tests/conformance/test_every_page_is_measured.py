"""How long a page takes is known of every page: the benchmark opens it, or says why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from starlette.routing import Match

from api.pages.session import Sessions
from api.pages.signing_in import WaysIn
from api.pages.site import create_site
from benchmarks.page_addresses import NOT_MEASURED, PAGES, Opened, known_of

IDS = {name: uuid4() for name in ("authority", "school", "provider", "office", "child", "placement")}
SITE = create_site(FastAPI(), Sessions(bytes(32)), WaysIn())


def routes(found: Any) -> Iterator[Any]:
    """Every address of the pages in the order in which they are looked at, also of routers inside routers."""
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner.routes)
        elif getattr(route, "methods", None):
            yield route


ROUTES = list(routes(SITE.router.routes))
EVERY = {(method, route.path) for route in ROUTES for method in route.methods - {"HEAD"}}


def page_at(opened: Opened) -> str:
    """Which page answers at the address that is opened."""
    path, _, query = opened.address(known_of(IDS, 7, 5, "log-contact")).partition("?")
    method = "POST" if opened.sent else "GET"
    scope = {
        "type": "http",
        "path": path,
        "root_path": "",
        "method": method,
        "query_string": query.encode(),
        "headers": [],
    }
    return next(str(route.path) for route in ROUTES if route.matches(scope)[0] is Match.FULL)


def test_each_page_is_opened_by_the_benchmark_or_it_is_said_why_not() -> None:
    opened = {("POST" if page.sent else "GET", page.route) for page in PAGES}
    assert EVERY - opened - set(NOT_MEASURED) == set()
    assert (opened | set(NOT_MEASURED)) - EVERY == set()
    assert opened & set(NOT_MEASURED) == set()
    assert all(NOT_MEASURED.values())


def test_the_address_that_is_opened_is_the_one_that_is_named() -> None:
    assert {opened.name: page_at(opened) for opened in PAGES} == {
        opened.name: opened.route for opened in PAGES
    }


def test_no_two_figures_have_one_name() -> None:
    names = [opened.name for opened in PAGES]
    assert sorted(names) == sorted(set(names))
