"""Takes pictures of the main pages as the invented people of a demonstration see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.seeing import NoBrowser, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
SIZES = {"wide": {"width": 1100, "height": 820}, "phone": {"width": 375, "height": 720}}


class CannotPicture(Exception):
    """Pictures cannot be taken here; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. `follow`: the beginning of the address of a link that is followed from there, such as the first placement."""

    name: str
    person: str
    address: str
    follow: str = ""
    size: str = "wide"


PICTURES = (
    Picture("today", "Cora Sample", "/"),
    Picture("placements", "Cora Sample", "/placements"),
    Picture("board", "Cora Sample", "/placements?view=board"),
    Picture("placement", "Cora Sample", "/placements?stage=active", "/placements/"),
    Picture("form", "Cora Sample", "/new/refer-child"),
    Picture("placement-on-a-phone", "Cora Sample", "/placements?stage=active", "/placements/", "phone"),
    Picture("register-on-a-phone", "Pat Invented", "/register", size="phone"),
)


def take_pictures(address: str, folder: Path) -> list[Path]:
    """Write them all, and tell which. Raises CannotPicture."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise CannotPicture(
            "Pictures need the packages of the tests: run python3 manage.py test once, in a checkout."
        ) from None
    try:
        program = find_browser()
    except NoBrowser as missing:
        raise CannotPicture(str(missing)) from None
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
            return list(_taken(browser, address.rstrip("/"), folder))
    except Error as problem:
        said = problem.message.splitlines()[0]
        raise CannotPicture(f"No demonstration could be pictured at {address}: {said}") from None


def _taken(browser: Browser, address: str, folder: Path) -> Iterator[Path]:
    for picture in PICTURES:
        context = browser.new_context(viewport=SIZES[picture.size], reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        _sign_in(page, address, picture.person)
        page.goto(address + picture.address)
        if picture.follow:
            page.goto(
                address
                + str(page.locator(f'main th a[href^="{picture.follow}"]').first.get_attribute("href"))
            )
        file = folder / f"{picture.name}.png"
        page.screenshot(path=file)
        context.close()
        yield file


def _sign_in(page: Page, address: str, person: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label(person, exact=True).check()
    page.get_by_role("button", name="Sign in", exact=True).click()
