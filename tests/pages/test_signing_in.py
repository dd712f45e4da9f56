"""Who uses a browser is chosen on a demonstration, kept in a signed cookie, and asked for again after a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from fastapi.testclient import TestClient
from itsdangerous import URLSafeTimedSerializer
from starlette.requests import HTTPConnection

from api.app import create_app
from api.pages.form_token import token_for
from api.pages.session import COOKIE, Sessions
from api.pages.signing_in import safe
from api.pages.site import PagesWanted
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.pages.conftest import KEY
from tests.support.walk import AUTHORITY


def token_without_session() -> str:
    """The form token of a browser in which nobody is signed in."""
    return token_for(HTTPConnection({"type": "http", "headers": []}), Sessions(KEY))


def test_who_is_not_signed_in_is_sent_to_sign_in_and_then_to_the_page_they_wanted(browser: Browser) -> None:
    asked = browser.get("/placements?stage=active")
    assert asked.url.path == "/sign-in"
    arrived = browser.send("/sign-in", asked, person="officer@example")
    assert str(arrived.url).endswith("/placements?stage=active")
    assert "Sign out" in text_of(arrived.text)


def test_nothing_chosen_is_said_in_an_error_summary(browser: Browser) -> None:
    answer = browser.send("/sign-in", browser.get("/sign-in"))
    assert answer.status_code == 200
    assert "There is a problem Choose who you are" in text_of(answer.text)
    assert "<title>Error: Sign in" in answer.text


def test_the_session_carries_the_person_and_for_whom_they_act_and_nothing_else(browser: Browser) -> None:
    browser.sign_in("officer@example")
    said = URLSafeTimedSerializer(KEY, salt="placements.session").loads(browser.client.cookies[COOKIE])
    assert said == ["officer@example", str(AUTHORITY)]


def test_the_cookie_is_secure_http_only_and_not_sent_by_other_sites(browser: Browser) -> None:
    page = browser.get("/sign-in")
    browser.client.follow_redirects = False
    said = browser.send("/sign-in", page, person="officer@example").headers["set-cookie"]
    browser.client.follow_redirects = True
    assert said.startswith("__Host-placements=")
    assert {part.strip().lower() for part in said.split(";")[1:]} == {
        "path=/",
        "secure",
        "httponly",
        "samesite=lax",
    }


def test_a_cookie_that_we_did_not_sign_is_nobody(browser: Browser, service: Service) -> None:
    forged = URLSafeTimedSerializer(b"x" * 32, salt="placements.session").dumps(["officer@example", None])
    service.client.cookies.set(COOKIE, forged)
    assert browser.get("/placements").url.path == "/sign-in"


def test_after_eight_hours_one_signs_in_again(browser: Browser) -> None:
    browser.sign_in("officer@example")
    with time_machine.travel(timedelta(hours=7), tick=False):
        assert browser.get("/placements").url.path == "/placements"
    with time_machine.travel(timedelta(hours=9), tick=False):
        assert browser.get("/placements").url.path == "/sign-in"


def test_who_signs_out_is_out(browser: Browser) -> None:
    page = browser.sign_in("officer@example")
    browser.send("/sign-out", page)
    assert browser.get("/placements").url.path == "/sign-in"


def test_on_any_other_database_nobody_can_be_chosen(service: Service) -> None:
    app = create_app(service.desk, pages=PagesWanted(Sessions(KEY)))
    other = Browser(TestClient(app, base_url="https://placements.example"))
    page = other.get("/sign-in")
    assert "Nobody can sign in here yet" in text_of(page.text)
    token = {"person": "officer@example", "form_token": token_without_session()}
    assert other.client.post("/sign-in", data=token).status_code == 200
    assert other.get("/placements").url.path == "/sign-in"


def test_a_form_of_another_site_does_nothing(browser: Browser) -> None:
    page = browser.sign_in("officer@example")
    refused = browser.send("/sign-out", page, form_token="0" * 64)
    assert refused.status_code == 403
    assert browser.get("/placements").url.path == "/placements"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", ""],
)
def test_signing_in_leads_to_no_other_site(address: str) -> None:
    assert safe(address) == ""


def test_a_key_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sessions(b"short")


def test_a_person_whose_role_was_taken_away_is_told_so(browser: Browser, service: Service) -> None:
    browser.sign_in("officer@example")
    service.do("revoke_role", AUTHORITY, "admin", person_id="officer@example", role="commissioner")
    answer = browser.get("/placements")
    assert answer.status_code == 403
    assert "You hold no role at this organisation" in text_of(answer.text)
