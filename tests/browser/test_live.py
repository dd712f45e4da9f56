"""Today and a placement bring themselves up to date while somebody looks at them, and follow nothing while nobody does."""

from __future__ import annotations

from copy import deepcopy

from playwright.sync_api import Page, expect

from tests.browser.hands import Mouse
from tests.browser.office import Office
from tests.support.walk import PLACEMENT, Walk
from workflows.examples import EXAMPLES

OVERRIDE = f'a[href="/placements/{PLACEMENT}/approve-override"]'
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def _opened(page: Page, address: str = "/") -> None:
    """Wait until the page listens."""
    with page.expect_request(lambda request: "/live?" in request.url):
        page.goto(address)


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


def test_what_one_person_records_the_others_page_says(office: Office) -> None:
    walk = Walk(office.desk.casework)
    walk.live_until("start_placement")
    here = f"/placements/{PLACEMENT}"
    with office.sits_down("senior") as looking, office.sits_down("officer") as recording:
        _opened(looking, here)
        expect(looking.locator("main")).not_to_contain_text("Contact logged")
        recording.goto(f"{here}/log-contact")
        Mouse(office, recording).do("log_contact", deepcopy(EXAMPLES["log_contact"]))
        expect(looking.locator("main")).to_contain_text("Contact logged")
        expect(looking.locator("#live-status")).to_contain_text("Brought up to date at")


def test_without_scripts_the_page_stays_and_a_reload_shows_the_news(office: Office) -> None:
    walk = Walk(office.desk.casework)
    walk.live_until("start_placement")
    with office.sits_down("officer", scripts=False) as page:
        page.goto(f"/placements/{PLACEMENT}")
        walk.do("log_contact")
        assert office.desk.read_models.wait_for(office.desk.history.head(), 20)
        page.reload()
        expect(page.locator("main")).to_contain_text("Contact logged")
