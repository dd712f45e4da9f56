"""Who reads of looks reads plain words: of every address that there is, every way, every right, and every look of the story."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

import service as terminal
from api import looked_at as words
from api.looked_at import (
    by_which_right,
    in_which_way,
    looked_at,
    opening_looked_at,
    parts_looked_at,
    standing_in_words,
)
from api.pages.opened_once import opened_once
from domain.looks import How
from tests.api.people import Service
from tests.api.test_every_route import routes
from tests.pages.browser import ACCEPT, Browser, text_of
from tests.pages.conftest import until
from tests.projections.test_openings import LOOK
from tests.support.walk import CHILD, OFFICER, PLACEMENT

OF_PROGRAMS = re.compile(r"[/{}_]|\b(GET|POST)\b")
UNKNOWN = "Something that the service has no more, or never had"


def test_every_address_of_the_service_has_its_words(service: Service) -> None:
    found = {f"{method} {path}" for method, path in routes(service.app.routes)}
    assert len(found) > 150
    for route in found:
        said = looked_at(route)
        assert said != UNKNOWN, f"{route} needs its words in api/looked_at.py"
        assert not OF_PROGRAMS.search(said), (route, said)


def test_no_words_are_kept_for_what_is_not_there(service: Service) -> None:
    paths = {path for method, path in routes(service.app.routes) if method == "GET"}
    assert words.LISTS.keys() - paths == {"any"}
    of_one = {path for path in paths if re.match(r"/[^/]+/\{id\}", path)}
    assert {path.split("/")[1] for path in of_one} == words.RECORDS.keys()
    assert {path.partition("{id}")[2].lstrip("/") for path in of_one} == words.PARTS.keys()


def test_what_is_asked_for_at_the_terminal_has_words() -> None:
    [home] = terminal.__path__
    sources = "\n".join(file.read_text() for file in Path(home).rglob("*.py"))
    asked = set(re.findall(r'note_(?:taken|at_terminal)\(\s*desk,\s*"([^"]+)"', sources))
    assert asked == words.AT_THE_TERMINAL.keys()
    assert looked_at("show") == "At the terminal of the service: a placement"


def test_every_way_of_looking_has_words() -> None:
    assert {*get_args(How)} <= words.WAYS.keys()


def test_what_is_there_no_more_says_so_and_what_was_only_tried_too() -> None:
    assert looked_at("GET none") == looked_at("GET /of-long-ago/{id}") == UNKNOWN
    assert looked_at("POST /placements/{id}/start-placement") == "Wanted to do something: start placement"
    assert looked_at("") == "At the terminal of the service"
    assert by_which_right("may_not_audit") == "None: may not audit"
    assert by_which_right("") == ""
    assert in_which_way("asked") == "Asked, and was refused"
    assert standing_in_words(["all", "authority"]) == "their authority answers for the child"


@pytest.mark.parametrize("who", ["officer", "provider", "auditor"])
def test_the_page_of_looks_tells_no_address_and_no_name_of_the_code(
    service: Service, browser: Browser, who: str
) -> None:
    until(service, "start_placement")
    for path in (
        f"/placements/{PLACEMENT}",
        f"/placements/{PLACEMENT}/timeline",
        f"/children/{CHILD}",
        "/placements",
        "/placements/changes",
        "/reports/late-recording",
        f"/organisations/{CHILD}",
    ):
        service.get(path, who)
    service.desk.looks.write()
    looks = service.get("/looks", "auditor").json()["rows"]
    assert any(look["route"].startswith("GET /") for look in looks), "programs are told the address as ever"
    rights = {look["row"] for look in looks if look["outcome"] == "shown"}
    assert rights <= words.RIGHTS.keys()
    browser.sign_in("auditor@example")
    for address in (
        "/looks",
        f"/looks?child_id={CHILD}",
        f"/could-see?record_id={PLACEMENT}&person_id={OFFICER.person_id}",
    ):
        page = browser.get(address).text
        said = text_of(page[page.index("<main") :])
        assert not re.search(r"\b(GET|POST) |\{id\}|\b[Ss]cope\b|“placement”", said), address
    assert "The caseload" in text_of(browser.get("/looks").text)


def test_an_opening_of_a_page_says_what_of_the_record_was_looked_at(
    service: Service, browser: Browser
) -> None:
    until(service, "start_placement")
    browser.sign_in("officer@example")
    browser.get(f"/placements/{PLACEMENT}/changes?from=1")
    service.desk.looks.write()
    browser.sign_in("auditor@example")
    said = text_of(browser.get(f"/looks?record_id={PLACEMENT}").text)
    assert "what changed between two moments, " in said
    assert "the file" in said


def test_the_parts_of_an_opening_stand_in_the_order_in_which_they_were_asked_for() -> None:
    timeline, file = "GET /placements/{id}/timeline", "GET /placements/{id}"
    told = opened_once(
        [
            {**msgspec.to_builtins(LOOK), "href": "/looks", "number": number, "route": route}
            for number, route in ((3, timeline), (2, file), (1, file))
        ]
    )
    assert [row["routes"] for row in told] == [(file, file, timeline)]
    assert parts_looked_at(told[0]["routes"]) == "the file, what happened"


def test_lists_that_one_page_asks_for_have_its_name() -> None:
    assert (
        opening_looked_at(["GET /placements", "GET /due", "GET /due", "GET /events"])
        == "Today: the caseload, what is due, what happened since they last looked"
    )
    assert opening_looked_at(["GET /placements"]) == "The caseload"
    assert opening_looked_at(["GET /register", "GET /due"]) == "The register of a day, what is due"
    assert parts_looked_at(["GET /placements/{id}", "GET /due"]) == "the file, what is due"


def test_today_that_stays_open_is_one_look_of_one_page(service: Service, browser: Browser) -> None:
    until(service, "start_placement")
    browser.sign_in("officer@example")
    # Who signs in is shown Today; so this is the second opening.
    page = browser.get("/").text
    [opening] = set(re.findall(r'hx-headers=\'{"X-Correlation-ID": "([-0-9a-f]{36})"}\'', page))
    assert f"&amp;opening={opening}" in page
    for _ in range(3):
        page = browser.client.get("/", headers={**ACCEPT, "X-Correlation-ID": opening}).text
        assert opening in page, "the next refresh is of the same opening"
    service.desk.looks.write()
    rows = service.get("/looks", "auditor", person_id=OFFICER.person_id).json()["rows"]
    assert len(rows) > 10, "every reading stays as it is"
    browser.sign_in("auditor@example")
    said = text_of(browser.get(f"/looks?person_id={OFFICER.person_id}").text)
    assert said.count("Today: ") == 2
    assert "as programs are told of it" not in said
    file = service.get("/looks", "auditor", person_id=OFFICER.person_id, headers={"Accept": "text/csv"}).text
    assert file.count("Today: ") == 2
    told = service.get(f"/children/{CHILD}/looks", "auditor").json()["rows"]
    assert [(row["how"], row["times"]) for row in told if row["roles"] == ["commissioner"]] == [("listed", 2)]


def test_what_the_page_of_looks_does_not_know_is_named(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    assert "This page knows no filter called “whom”. It was not used" in text_of(
        browser.get("/looks?whom=x").text
    )
    assert (
        "knows no filter"
        not in browser.get("/looks?how=read&older=yes&failed=yes&person=&child=&from=&to=").text
    )


@pytest.mark.parametrize(
    ("address", "name"),
    [("/looks?older=x", "Older"), ("/looks?failed=maybe", "Failed"), ("/looks?how=x", "How")],
)
def test_what_cannot_be_read_is_not_dropped(
    service: Service, browser: Browser, address: str, name: str
) -> None:
    browser.sign_in("auditor@example")
    page = browser.get(address)
    assert page.status_code == 400
    assert f"{name}: what the address says of it cannot be read." in text_of(page.text)


def test_looks_of_long_ago_are_asked_for_on_the_page(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    page = browser.get("/looks?older=yes").text
    assert "Also looks of more than 6 years ago" in page
    assert re.search(r'name="older"[^>]*value="yes" checked', page)


def test_a_process_that_may_have_been_cut_off_is_told_plainly(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    browser.get("/placements")
    service.desk.looks.write()
    said = text_of(browser.get("/looks").text)
    assert "One process has not said that it ended. It may be at work still." in said
    assert "The service, begun" in said
