"""A link to a file gives the file: a real browser asks for it otherwise than for a page, and does not say what it wants."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page

from tests.browser.office import Office
from tests.support.walk import PLACEMENT


def _kept(page: Page, at: str, href: str) -> Path:
    """The file behind a link of a page."""
    page.goto(at)
    with page.expect_download() as waiting:
        page.click(f'a[href="{href}"]')
    assert waiting.value.failure() is None
    return Path(waiting.value.path())


def test_an_auditor_keeps_bundles_lists_and_receipts(standing_office: Office) -> None:
    with standing_office.sits_down("auditor") as page:
        with ZipFile(_kept(page, "/oversight?name=sample", f"/placements/{PLACEMENT}/bundle")) as bundle:
            assert bundle.testzip() is None
        page.fill("#seed", "3 1 6")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Get the inspection pack").click()
        with ZipFile(waiting.value.path()) as pack:
            assert b"\nsample 3\nseed 3 1 6\n" in pack.read("sample.txt")
        looks = _kept(page, "/looks", "/looks?form=csv").read_text("utf-8-sig")
        assert looks.startswith("When (UK time),")
        page.goto(f"/placements/{PLACEMENT}/decisions")
        decision = page.locator(f'main a[href^="/placements/{PLACEMENT}/decisions/"]').first
        at = str(decision.get_attribute("href"))
        with ZipFile(_kept(page, at, f"{at}/receipt")) as receipt:
            assert receipt.testzip() is None


def test_an_officer_keeps_a_list(standing_office: Office) -> None:
    with standing_office.sits_down("officer") as page:
        page.goto("/placements")
        href = str(page.locator('main a[href*="form=csv"]').first.get_attribute("href"))
        assert "Sample" in _kept(page, "/placements", href).read_text("utf-8-sig")
