"""One address for each thing: a browser gets the page, a program gets JSON."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.api.people import SIGNER, Service
from tests.pages.browser import ACCEPT, Browser
from tests.pages.conftest import running
from tests.support.postgres import TestPostgres, as_owner
from tests.support.sealing import seal
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT


def test_a_browser_gets_the_page_and_a_program_gets_json(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}"
    assert browser.get(address).headers["content-type"].startswith("text/html")
    assert service.get(address).headers["content-type"] == "application/json"
    assert service.get(address, headers=ACCEPT).headers["content-type"] == "application/json"


def test_a_browser_is_shown_by_the_api_what_has_no_page(browser: Browser) -> None:
    assert browser.get("/openapi.json").json()["openapi"].startswith("3.")
    assert browser.get("/health/live").status_code == 200


def test_the_session_of_a_browser_is_no_token_for_the_api(service: Service, browser: Browser) -> None:
    browser.sign_in("officer@example")
    for accept in ("application/json", "application/json, */*;q=0.5"):
        assert service.client.get("/placements", headers={"Accept": accept}).status_code == 401
    assert service.client.post("/children", json={}).status_code == 401


@pytest.fixture
def sealed(prepared_postgres: TestPostgres, furnished: str, tmp_path: Path) -> Iterator[Service]:
    """The service with a placement whose events are sealed, so that they can be proved."""
    with prepared_postgres.database(furnished) as dsn, running(dsn, tmp_path) as service:
        service.walk.live_until("refer_child")
        assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
        seal(as_owner(dsn), service.desk.history, SIGNER)
        yield service


FILES = (
    (f"/placements/{PLACEMENT}/bundle", "application/zip"),
    (f"/children/{CHILD}/bundle", "application/zip"),
    (f"/organisations/{AUTHORITY}/inspection-pack", "application/zip"),
    (f"/placements/{PLACEMENT}/decisions/{{position}}/receipt", "application/zip"),
    ("/looks?form=csv", "text/csv"),
    ("/reports/late-recording?form=csv", "text/csv"),
)


@pytest.mark.parametrize("accept", [None, "*/*"])
def test_a_browser_that_keeps_a_file_does_not_say_what_it_wants(sealed: Service, accept: str | None) -> None:
    service, browser = sealed, Browser(sealed.client)
    position = service.desk.history.head()
    service.client.headers.pop("accept", None)
    headers = {"Accept": accept} if accept else {}
    for address, kind in FILES:
        asked = address.format(position=position)
        browser.client.cookies.clear()
        assert service.client.get(asked, headers=headers).status_code == 401, asked
        browser.sign_in("auditor@example")
        answer = service.client.get(asked, headers=headers)
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind), asked


def test_a_program_with_a_token_stays_a_program_whatever_cookies_it_sends(
    service: Service, browser: Browser
) -> None:
    browser.sign_in("officer@example")
    answer = service.get("/placements", headers={"Accept": "*/*"})
    assert answer.headers["content-type"] == "application/json"


def test_no_page_is_cached_and_nothing_is_let_in_from_elsewhere(browser: Browser) -> None:
    page = browser.get("/sign-in")
    policy = page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in page.text
    assert (
        nonce != browser.get("/sign-in").headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    )


def test_what_is_not_there_is_a_page_that_says_so(browser: Browser) -> None:
    browser.sign_in("officer@example")
    for address in ("/nothing", "/placements/5b0f6a52-6f0e-4d8e-9d54-000000000fff", "/placements/no-id"):
        answer = browser.get(address)
        assert answer.status_code == 404
        assert "There is nothing here, or nothing that you may know of" in answer.text


def test_what_another_authority_may_not_know_is_not_there(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("stranger@example")
    assert browser.get(f"/placements/{PLACEMENT}").status_code == 404


def test_an_inspection_pack_is_drawn_by_the_seed_that_was_typed(sealed: Service) -> None:
    browser = Browser(sealed.client)
    browser.sign_in("auditor@example")
    page = browser.get("/oversight").text
    at = f"/organisations/{AUTHORITY}/inspection-pack"
    assert f'<form action="{at}" method="get"' in page
    assert 'name="seed"' in page
    assert 'name="sample"' in page
    with ZipFile(BytesIO(browser.get(f"{at}?seed=+3+1+6+&sample=0").content)) as pack:
        assert b"\nsample 0\nseed 3 1 6\n" in pack.read("sample.txt")
    answer = browser.get(f"{at}?seed=3+1+6&sample=many")
    assert "<title>Error: Oversight" in answer.text
    assert answer.text.index("There is a problem") < answer.text.index("<h1")
    assert 'value="many"' in answer.text
    assert 'value="3 1 6"' in answer.text
