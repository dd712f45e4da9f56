"""What somebody sees when something is wrong: words and a way on, still signed in, and nothing of what the fault said."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.conversation import Conversation
from api.metrics import Metrics
from api.pages.session import Sessions
from api.pages.signing_in import WaysIn
from api.pages.site import create_site
from api.pages.the_api import ApiRefused
from tests.api.people import Service
from tests.pages.browser import ACCEPT, Browser, text_of
from tests.pages.conftest import KEY
from tests.support.walk import CHILD, PLACEMENT

SECRET = "Robin Sample lives in Example Street"


def test_a_fault_in_a_page_is_answered_by_a_page_that_tells_nothing_of_it() -> None:
    site = create_site(FastAPI(), Sessions(KEY), WaysIn())

    @site.get("/fault")
    async def fault() -> None:
        raise ValueError(SECRET)

    with TestClient(Conversation(site, Metrics()), raise_server_exceptions=False) as client:
        answer = client.get("/fault", headers=ACCEPT)
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    said = text_of(answer.text)
    assert "Something went wrong in the service" in said
    assert "Look at the record before you send it again." in said
    assert f"quote urn:uuid:{answer.headers['x-correlation-id']}" in said
    assert SECRET not in answer.text


def test_who_asked_too_often_is_led_to_the_sign_in() -> None:
    site = create_site(FastAPI(), Sessions(KEY), WaysIn())
    wait = "Sign in, or come again in 12 seconds."

    @site.get("/often")
    async def often() -> None:
        raise ApiRefused(429, {"detail": wait})

    with TestClient(Conversation(site, Metrics())) as client:
        answer = client.get("/often", headers=ACCEPT)
    assert answer.status_code == 429
    assert wait in text_of(answer.text)
    assert '<a class="govuk-link" href="/sign-in">Sign in</a>' in answer.text


WRONG = (
    ("/nothing-here", 404, "There is nothing here, or nothing that you may know of."),
    (f"/placements/{CHILD}", 404, "There is nothing here, or nothing that you may know of."),
    (f"/placements/{PLACEMENT}?section=nothing", 404, "There is nothing here"),
    ("/oversight", 403, "ask the administrator of your organisation"),
    ("/looks", 403, "ask the administrator of your organisation"),
    ("/findings", 406, "programs ask for it"),
    (f"/placements/{PLACEMENT}/timeline?as_of=soon", 400, "Give a position"),
    ("/due?rule=T99", 400, "what the address says of it cannot be read"),
    (f"/placements/{PLACEMENT}/call-review?as_of=1", 400, "Only how things are now is shown here."),
)


def test_who_is_signed_in_stays_so_on_a_page_that_says_what_is_wrong(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("refer_child")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    nobody = text_of(browser.get("/nothing-here").text)
    assert "Page not found" in nobody
    assert "Sign out" not in nobody
    browser.sign_in("officer@example")
    for address, status, words in WRONG:
        page = browser.get(address)
        assert page.status_code == status, address
        said = text_of(page.text)
        for told in (words, "Sign out", "Children", "Go to what is waiting for you today"):
            assert told in said, address


def test_a_day_too_far_away_is_no_fault_of_the_service(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    browser.sign_in("auditor@example")
    page = browser.get("/reports/late-recording?recorded_from=9999-12-31")
    assert page.status_code == 422
    said = text_of(page.text)
    assert "What was asked for does not fit" in said
    assert "lies too far away" in said
    assert "wrong with the service" not in said
    assert "recorded_from" not in said
    for day in ("9999-12-31", "0001-01-01"):
        assert browser.get(f"/due?on={day}").status_code == 200
