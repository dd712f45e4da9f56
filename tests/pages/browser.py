"""A browser without scripts: it follows links, keeps cookies and sends forms as they stand on the page."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

ACCEPT = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class Browser:
    """One person's browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.client.cookies.clear()

    def get(self, address: str) -> Response:
        """The page, after every redirection."""
        return self.client.get(address, headers=ACCEPT)

    def send(self, address: str, page: Response, **typed: Any) -> Response:
        """Send the form of a page that leads to an address, with what was typed over what stood in it."""
        fields = {**fields_of(page.text, address), **typed}
        return self.client.post(address, data=fields, headers=ACCEPT)

    def sign_in(self, person: str) -> Response:
        """Sign in as a person of the demonstration."""
        return self.send("/sign-in", self.get("/sign-in"), person=person)


def fields_of(html: str, action: str) -> dict[str, str]:
    """What stands in the form that leads to an address: hidden fields, texts, and what is chosen."""
    reader = _Forms(action)
    reader.feed(html)
    return reader.fields


def text_of(html: str) -> str:
    """The words of a page, with single spaces."""
    without = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without))).strip()


class _Forms(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.inside = said.get("action") == self.action
        if not self.inside or tag != "input" or not said.get("name"):
            return
        if said.get("type") in ("radio", "checkbox") and "checked" not in said:
            return
        self.fields[str(said["name"])] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
