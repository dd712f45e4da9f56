"""Somebody at a desk: their browser, what it complained of, and the pages before them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from api.desk import Desk

OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@dataclass(frozen=True, slots=True)
class Office:
    """The service, and the browser before it."""

    browser: Browser
    address: str
    desk: Desk

    @contextmanager
    def sits_down(
        self, person: str = "", *, scripts: bool = True, size: Any = WIDE, expected: tuple[str, ...] = ()
    ) -> Iterator[Page]:
        """A browser of its own for one person. Ends with an error where it complained of anything.

        `expected`: statuses of pages that are asked for although they are not there, of which the browser itself makes a note.
        """
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=scripts, viewport=size, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            if person:
                page.goto("/sign-in")
                page.check(f'input[value="{person}@example"]')
                page.click("text=Sign in >> nth=-1")
            yield page
        finally:
            context.close()
        unexpected = [one for one in complaints if not any(f"status of {each}" in one for each in expected)]
        assert not unexpected, unexpected
