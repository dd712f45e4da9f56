"""Fills in forms: with a mouse, or with nothing but the keys that a keyboard has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from playwright.sync_api import Locator, Page

from api.pages.forms.beginning import typed_from
from api.pages.forms.shape import shape_of
from tests.browser.office import Office

MOST_STOPS = 400
"""Presses of the tabulator on one page, before the test gives up."""
FOCUS = """e => ({tag: e.tagName, type: e.type || '', name: e.name || '', value: e.value || '', text: (e.innerText || '').trim(),
  href: e.getAttribute('href') || '', checked: !!e.checked, position: e.selectedIndex || 0,
  values: e.options ? [...e.options].map(o => o.value) : [],
  open: e.tagName === 'SUMMARY' && e.parentElement.open})"""


class Hands(ABC):
    """Does what a person does at one browser."""

    def __init__(self, office: Office, page: Page) -> None:
        self.office, self.page = office, page

    @abstractmethod
    def follow(self, href: str) -> None:
        """Go where a link on the page leads."""

    @abstractmethod
    def press(self, words: str) -> None:
        """Press a button."""

    @abstractmethod
    def fill(self, texts: dict[str, list[str]]) -> None:
        """Fill in the boxes of the form, by their names."""

    def sign_in(self, person: str) -> None:
        """As one of the people of the demonstration."""
        self.page.goto("/sign-in")
        self.fill({"person": [f"{person}@example"]})
        self.press("Sign in")

    def write(self, command: str, body: dict[str, Any]) -> None:
        """Fill in the form of a command, from its first box to its last."""
        texts = dict(typed_from(shape_of(command), body).texts)
        for rows in [name for name in texts if name.endswith(".rows")]:
            wanted = int(texts.pop(rows)[0])
            path = rows.removesuffix(".rows")
            while (shown := int(self.page.locator(f'[name="{rows}"]').input_value())) < wanted:
                self.add_row(path, shown)
        shown_now: dict[str, list[str]] = {}
        for name, values in texts.items():
            if values and not self.page.locator(f'[name="{name}"]').count():
                # What can be chosen here hangs on an answer above.
                self.fill(shown_now)
                self.show(name)
                shown_now = {}
            shown_now[name] = values
        self.fill(shown_now)

    def do(self, command: str, body: dict[str, Any]) -> None:
        """The form of a command, from its first box to the deed, checked on the way."""
        self.write(command, body)
        self.press("Continue")
        assert "Check before you decide" in self.page.locator("h1").inner_text(), self.page.locator(
            "main"
        ).inner_text()
        self.press_last()
        assert f"done={command}" in self.page.url, self.page.locator("main").inner_text()

    @abstractmethod
    def add_row(self, path: str, shown: int) -> None:
        """One row more of a list."""

    @abstractmethod
    def show(self, path: str) -> None:
        """What can be chosen, after the answer that it hangs on."""

    @abstractmethod
    def press_last(self) -> None:
        """The button that decides, on the page on which everything is checked."""


class Mouse(Hands):
    """Points and clicks."""

    def follow(self, href: str) -> None:
        link = self.page.locator(f'a[href="{href}"]').first
        for closed in self.page.locator(
            "details:not([open])", has=self.page.locator(f'a[href="{href}"]')
        ).all():
            closed.locator("summary").first.click()
        link.click()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).last.click()

    def press_last(self) -> None:
        self.page.locator('button[value="send"]').click()

    def add_row(self, path: str, shown: int) -> None:
        self.page.locator(f'button[value="add:{path}"]').click()

    def show(self, path: str) -> None:
        self.page.locator(f'button[value="find:{path}"]').click()

    def fill(self, texts: dict[str, list[str]]) -> None:
        if any(name.startswith("decision.") for name in texts):
            self.page.locator("details summary").last.click()
        for name, values in texts.items():
            boxes = self.page.locator(f'[name="{name}"]')
            for value in values:
                self._one(boxes, value)

    def _one(self, boxes: Locator, value: str) -> None:
        kind = boxes.first.evaluate("e => e.type")
        if kind in ("radio", "checkbox"):
            boxes.and_(self.page.locator(f'[value="{value}"]')).check()
        elif kind == "select-one":
            boxes.first.select_option(value)
        else:
            boxes.first.fill(value)


class Keys(Hands):
    """Never touches the mouse: every stop is reached by the tabulator, and has to be where the eye expects it."""

    def follow(self, href: str) -> None:
        self._stop_at(lambda at: at["href"] == href)
        self._enter()

    def press(self, words: str) -> None:
        self._stop_at(lambda at: at["tag"] == "BUTTON" and at["text"] == words)
        self._enter()

    def press_last(self) -> None:
        self._stop_at(lambda at: at["tag"] == "BUTTON" and at["value"] == "send")
        self._enter()

    def add_row(self, path: str, shown: int) -> None:
        self._stop_at(lambda at: at["value"] == f"add:{path}")
        self._enter()

    def show(self, path: str) -> None:
        self._stop_at(lambda at: at["value"] == f"find:{path}")
        self._enter()

    def fill(self, texts: dict[str, list[str]]) -> None:
        waiting = {name for name, values in texts.items() if values}
        for _ in range(MOST_STOPS):
            at = self._next()
            if (
                at["tag"] == "SUMMARY"
                and not at["open"]
                and any(one.startswith("decision.") for one in waiting)
            ):
                self.page.keyboard.press("Enter")
            if at["name"] in waiting:
                self._answer(at, texts[at["name"]])
                if at["type"] != "checkbox" or at["value"] == texts[at["name"]][-1]:
                    waiting.discard(at["name"])
            if not waiting:
                return
        raise AssertionError(f"the tabulator does not reach {sorted(waiting)}")

    def _answer(self, at: dict[str, Any], values: list[str]) -> None:
        keys = self.page.keyboard
        if at["type"] == "checkbox":
            if (at["value"] in values) != at["checked"]:
                keys.press("Space")
        elif at["type"] == "radio":
            keys.press("Space")
            while (now := self._here())["value"] != values[0]:
                keys.press("ArrowDown")
                assert self._here()["value"] != at["value"], (
                    f"{values[0]} is not among the answers of {now['name']}"
                )
        elif at["type"] == "select-one":
            for _ in range(at["values"].index(values[0]) - at["position"]):
                keys.press("ArrowDown")
        else:
            keys.press("Control+A")
            keys.insert_text(values[0])

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _stop_at(self, wanted: Any) -> None:
        for _ in range(MOST_STOPS):
            at = self._next()
            if wanted(at):
                return
            if at["tag"] == "SUMMARY" and not at["open"]:
                self.page.keyboard.press("Enter")
        raise AssertionError(f"the tabulator does not reach it on {self.page.url}")

    def _next(self) -> dict[str, Any]:
        self.page.keyboard.press("Tab")
        return self._here()

    def _here(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(f"({FOCUS})(document.activeElement)")
        return found
