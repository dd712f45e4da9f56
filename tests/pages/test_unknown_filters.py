"""An address that asks for something a page does not know is told so in plain words, and never narrowed in silence."""

from __future__ import annotations

import pytest

from tests.api.people import Service
from tests.pages.browser import Browser, text_of


@pytest.mark.parametrize(
    ("address", "name"),
    [("/placements?q=Esme", "q"), ("/due?who=x", "who"), ("/reports/late-recording?at_least=10", "at_least")],
)
def test_a_filter_that_is_not_known_is_named(
    service: Service, browser: Browser, address: str, name: str
) -> None:
    browser.sign_in("auditor@example")
    assert f"This page knows no filter called “{name}”. It was not used" in text_of(browser.get(address).text)
    assert "knows no filter" not in browser.get(f"{address.partition('?')[0]}?form=").text


@pytest.mark.parametrize(
    ("address", "name"),
    [("/due?state=nonsense", "State"), ("/placements?provider_id=abc", "Provider id")],
)
def test_a_value_that_is_not_known_is_told_in_plain_words(
    service: Service, browser: Browser, address: str, name: str
) -> None:
    browser.sign_in("auditor@example")
    page = browser.get(address)
    assert page.status_code == 400
    said = text_of(page.text)
    assert f"{name}: what the address says of it cannot be read." in said
    assert "Open this page without it" in said
    for of_the_library in ("Input should be", "valid UUID", "does not fit"):
        assert of_the_library not in said


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/looks?how=read&how=listed", "How"),
        ("/could-see?name=a&name=b", "Name"),
        ("/placements?name=a&name=b", "The parameter name"),
        ("/reports/late-recording?role=commissioner&role=auditor", "Role"),
    ],
)
def test_what_is_given_twice_is_not_chosen_from(
    service: Service, browser: Browser, address: str, name: str
) -> None:
    browser.sign_in("auditor@example")
    page = browser.get(address)
    assert page.status_code == 400
    assert f"{name} is given twice" in text_of(page.text)


def test_a_box_that_was_left_empty_is_not_given(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    assert browser.get("/looks?how=read&how=&after=").status_code == 200
    assert browser.get("/placements?stage=active&stage=review").status_code == 200
