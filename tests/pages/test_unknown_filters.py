"""An address that asks for something a page does not know is told so in plain words, and never narrowed in silence."""

from __future__ import annotations

import pytest

from domain.looks import LooksNoted
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import AUTHORITY, CHILD

FILES = [
    ("/looks?form=csv&chld_id=1", "chld_id"),
    ("/due?form=csv&who=x", "who"),
    ("/placements?form=csv&stage=active&q=Esme", "q"),
    ("/placements?form=csv&as_of=1&q=Esme", "q"),
    ("/children?nme=Robin&form=csv", "nme"),
    ("/providers?nme=Workshop&form=csv", "nme"),
    ("/reports/late-recording?form=csv&at_least=10", "at_least"),
    ("/reports/separation-of-duties?form=csv&from=2026-11-01", "from"),
    (f"/organisations/{AUTHORITY}/inspection-pack?sede=7", "sede"),
    (f"/children/{CHILD}/bundle?until=2026-11-01", "until"),
]


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


def test_a_file_is_not_made_past_a_filter_that_is_not_known(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    for address, name in FILES:
        answer = browser.get(address)
        assert answer.status_code == 400, address
        assert "content-disposition" not in answer.headers, address
        said = text_of(answer.text)
        assert f"This page knows no filter called “{name}”" in said, address
        assert "so none was made" in said, address
    assert not taken_away(service)


def test_from_a_file_that_was_not_made_a_way_leads_to_the_page_with_all_else(
    service: Service, browser: Browser
) -> None:
    browser.sign_in("auditor@example")
    answer = browser.get("/placements?form=csv&stage=active&stage=review&q=Esme")
    assert 'href="/placements?stage=active&amp;stage=review"' in answer.text
    assert browser.get("/placements?form=csv&stage=active&stage=review&view=").status_code == 200
    assert taken_away(service) == ["GET /placements"]


def taken_away(service: Service) -> list[str]:
    """The routes whose files are on record as taken away."""
    service.desk.looks.write()
    found = service.desk.history.page(0, 50_000, ["looks.noted"])
    looks = [look for stored in found if isinstance(stored.event, LooksNoted) for look in stored.event.looks]
    return [look.route for look in looks if look.how == "exported"]
