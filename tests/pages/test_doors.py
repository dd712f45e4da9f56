"""One address for each thing: a browser gets the page, a program gets JSON."""

from __future__ import annotations

from tests.api.people import Service
from tests.pages.browser import ACCEPT, Browser
from tests.support.walk import PLACEMENT


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
    assert service.client.get("/placements").status_code == 401


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
