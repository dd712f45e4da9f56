"""Styles and scripts: kept for a year, packed for who takes them so, found when they are built anew; and what a page weighs with them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.pages.static_files import BUILT, Assets
from service.web_assets import pack
from tests.api.people import Service
from tests.pages.browser import Browser
from tests.support.walk import PLACEMENT

HEAVIEST = 150_000
"""Bytes of a page with all that it loads, packed: what a telephone gets in a second on a poor connection."""
STYLES = b"p { margin: 0 }\n" * 200


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "site.1.css").write_bytes(STYLES)
    (tmp_path / "manifest.json").write_text(json.dumps({"site.css": "site.1.css"}))
    pack(tmp_path)
    return tmp_path


@pytest.fixture
def files(built: Path) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/static", Assets(built).files())]))


def test_who_takes_gzip_gets_the_packed_file_and_everybody_the_same_content(files: TestClient) -> None:
    packed = files.get("/static/site.1.css", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    plain = files.get("/static/site.1.css", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(STYLES) / 5
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == STYLES
    for answer in (packed, plain):
        assert answer.headers["content-type"].startswith("text/css")
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_what_is_built_anew_is_found_without_a_restart(built: Path) -> None:
    assets = Assets(built)
    assert assets.address("site.css") == "/static/site.1.css"
    (built / "manifest.json").unlink()
    assert assets.address("site.css") == "/static/site.1.css"
    (built / "manifest.json").write_text(json.dumps({"site.css": "site.22.css"}))
    assert assets.address("site.css") == "/static/site.22.css"


def test_no_page_is_packed_because_its_length_would_tell_of_its_words(browser: Browser) -> None:
    page = browser.client.get("/sign-in", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert "content-encoding" not in page.headers


@pytest.mark.skipif(not (BUILT / "manifest.json").exists(), reason="the styles are not built")
def test_a_page_with_all_that_it_loads_is_light(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    browser.sign_in("officer@example")
    for address in ("/", f"/placements/{PLACEMENT}", f"/placements/{PLACEMENT}/assess-risk"):
        page = browser.get(address)
        assert page.status_code == 200
        loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
        # Scripts that others import are not named on the page.
        loaded |= {f"/static/{file.name}" for file in BUILT.glob("*.js")}
        assert len(loaded) > 3
        styles = [browser.client.get(one, headers={"Accept-Encoding": "gzip"}) for one in loaded]
        assert all(one.headers.get("content-encoding") == "gzip" for one in styles)
        weight = len(gzip.compress(page.content)) + sum(int(one.headers["content-length"]) for one in styles)
        assert weight < HEAVIEST, address
