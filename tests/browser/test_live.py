"""Today brings itself up to date while somebody looks at it, and follows nothing while nobody does."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.office import Office
from tests.support.walk import PLACEMENT, Walk

OVERRIDE = f'a[href="/placements/{PLACEMENT}/approve-override"]'
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def _opened(page: Page) -> None:
    """Wait until the page listens."""
    with page.expect_request(lambda request: "/live?" in request.url):
        page.goto("/")


def test_what_happens_elsewhere_appears_by_itself_and_who_was_on_a_link_stays_on_it(office: Office) -> None:
    walk = Walk(office.desk.casework)
    walk.live_until("refer_child")
    with office.sits_down("senior") as page:
        _opened(page)
        expect(page.locator(OVERRIDE)).to_have_count(0)
        link = page.locator('#live a[href="/placements?stage=active"]')
        link.focus()
        walk.do("request_override")
        expect(page.locator(OVERRIDE)).to_have_count(1)
        expect(page.locator("#live-status")).to_contain_text("Brought up to date at")
        expect(link).to_be_focused()


def test_nothing_is_followed_in_the_background_and_who_comes_back_sees_how_it_is_now(office: Office) -> None:
    walk = Walk(office.desk.casework)
    walk.live_until("refer_child")
    with office.sits_down("senior") as page:
        _opened(page)
        page.wait_for_timeout(500)
        page.evaluate(HIDE, True)
        walk.do("request_override")
        page.wait_for_timeout(3000)
        expect(page.locator(OVERRIDE)).to_have_count(0)
        page.evaluate(HIDE, False)
        expect(page.locator(OVERRIDE)).to_have_count(1)
