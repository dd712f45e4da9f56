"""What auditors and those who oversee find: every report has a page, one page leads to all, and nothing is told by an id alone."""

from __future__ import annotations

import html
import re

import pytest

from api.pages.words import typed_today
from tests.api.people import Service
from tests.api.test_looks_that_cannot_be_read import spoil
from tests.pages.browser import Browser, text_of
from tests.support.walk import AUTHORITY, CHILD, OFFICER, PLACEMENT, PROVIDER

ASKED = f"/could-see?record_id={PLACEMENT}&person_id={OFFICER.person_id}"


def caught_up(service: Service) -> None:
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


def test_one_page_leads_an_auditor_to_everything(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("auditor@example")
    assert 'href="/oversight"' in browser.get("/").text
    page = browser.get("/oversight?name=sample").text
    for address in (
        "/looks",
        "/could-see",
        "/reports/late-recording",
        "/reports/separation-of-duties",
        "/upkeep",
    ):
        assert f'href="{address}"' in page
        assert browser.get(address).status_code == 200, address
    assert "inspection-pack" in page
    assert f"/placements/{PLACEMENT}/bundle" in page
    assert f"/children/{CHILD}/bundle" in page


@pytest.mark.parametrize("who", ["officer", "provider"])
def test_who_oversees_nothing_is_led_nowhere(service: Service, browser: Browser, who: str) -> None:
    browser.sign_in(f"{who}@example")
    assert 'href="/oversight"' not in browser.get("/").text
    assert browser.get("/oversight").status_code == 403
    assert browser.get(ASKED).status_code == 403
    assert browser.get("/could-see").status_code == 403


def test_whether_a_person_could_see_is_asked_and_answered_in_words(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("auditor@example")
    assert f"/could-see?record_id={PLACEMENT}" in browser.get("/could-see?name=sample").text
    said = text_of(browser.get(f"{ASKED}&path=risk").text)
    assert "Yes: Officer could see it" in said
    assert said.count("Robin Sample, placement at Invented Workshop") == 2, (
        "in the title and above the heading"
    )
    assert "as commissioner: could see it (they may read this placement: their authority" in said
    said = text_of(browser.get(f"/could-see?record_id={PLACEMENT}&person_id=offic&path=risk").text)
    assert "Yes: Officer could see it" in said
    said = text_of(browser.get(f"/could-see?record_id={PLACEMENT}&person_id=e").text)
    assert "Several people have this in their name" in said
    said = text_of(browser.get(f"{ASKED}&day=2020-01-01").text)
    assert "2020" in said
    assert "Yes:" not in said
    assert "The day must be a real day" in text_of(browser.get(f"{ASKED}&day=yesterday").text)
    assert "Enter the name of a person" in text_of(
        browser.get(f"/could-see?record_id={CHILD}&person_id=").text
    )


def test_a_name_that_nobody_has_gets_no_answer_that_passes_for_proof(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("auditor@example")
    ask = f"/could-see?record_id={PLACEMENT}&path=risk&person_id="
    said = text_of(browser.get(f"{ask}nobody@example").text)
    assert "Nobody is known by the sign-in name nobody@example" in said
    assert "as you are by auditor@example" in said
    assert "could not see it" not in said
    page = browser.get(f"{ask}oficer@example").text
    assert "Do you mean one of these? Officer officer@example" in text_of(page)
    assert "person_id=officer%40example&amp;path=risk" in page
    # Of another organisation's people only who was named in full is told of, and somebody whose role was taken away is still known.
    assert "Stranger" not in browser.get(f"{ask}strange").text
    assert "No: stranger@example could not see it" in text_of(browser.get(f"{ask}stranger@example").text)
    service.do("revoke_role", AUTHORITY, "admin", person_id="officer@example", role="commissioner")
    assert "No: officer@example could not see it" in text_of(browser.get(f"{ask}officer@example").text)


def test_a_link_to_what_could_be_seen_at_a_moment_is_a_page_too(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("auditor@example")
    page = browser.get(f"{ASKED}&path=risk&as_of=1").text
    assert "as the history stood at entry 1," in text_of(page)
    assert "Yes:" not in text_of(page)
    assert '<input type="hidden" name="as_of" value="1">' in page
    assert "Yes: Officer could see it" in text_of(browser.get(f"{ASKED}&as_of=1&day={typed_today()}").text)
    assert "This page cannot show the past" in text_of(browser.get("/could-see?as_of=1").text)


def test_days_of_looks_are_picked_as_everywhere(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    page = browser.get("/looks?from=2026-11-01").text
    inputs = re.findall(r'<input [^>]*name="(?:from|to)"[^>]*>', page)
    assert [('type="date"' in one) for one in inputs] == [True, True]
    assert 'value="2026-11-01"' in inputs[0]


def test_duties_in_one_hand_are_told_with_names(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("auditor@example")
    said = text_of(browser.get("/reports/separation-of-duties").text)
    assert "Robin Sample, placement" in said
    assert "assessed need" in said


def test_looks_are_told_with_names_and_what_may_be_missing(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    service.get(f"/children/{CHILD}")
    service.desk.looks.write()
    browser.sign_in("auditor@example")
    page = browser.get(f"/children/{CHILD}")
    assert f'href="/looks?child_id={CHILD}"' in page.text
    page = browser.get(f"/looks?child_id={CHILD}")
    said = text_of(page.text)
    assert "About: Robin Sample" in said
    assert "Officer officer@example" in said
    assert "What may be missing" in said
    browser.sign_in("officer@example")
    assert "/looks?child_id=" not in browser.get(f"/children/{CHILD}").text


def test_looks_at_organisations_and_providers_are_told_with_names(service: Service, browser: Browser) -> None:
    caught_up(service)
    service.get(f"/organisations/{AUTHORITY}", "admin")
    service.get(f"/providers/{PROVIDER}")
    service.desk.looks.write()
    name = service.get(f"/organisations/{AUTHORITY}", "admin").json()["name"]
    provider = service.get(f"/providers/{PROVIDER}").json()["name"]
    browser.sign_in("auditor@example")
    page = browser.get("/looks").text
    assert f'href="/organisations/{AUTHORITY}">{name}</a>' in page
    assert f">{AUTHORITY}<" not in page
    for id, called in ((AUTHORITY, name), (PROVIDER, provider)):
        assert f"At the record: {called}" in text_of(browser.get(f"/looks?record_id={id}").text)


def test_looks_are_found_by_names(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    service.get(f"/children/{CHILD}")
    service.desk.looks.write()
    browser.sign_in("auditor@example")
    page = browser.get("/looks?child=sampl&person=officer&how=read")
    said = text_of(page.text)
    assert "Take away: About: Robin Sample" in said
    assert "Take away: By: Officer" in said
    assert f'name="child_id" value="{CHILD}"' in page.text
    assert f'href="/looks?person_id={OFFICER.person_id.replace("@", "%40")}&amp;how=read"' in page.text
    # Everybody here has an address of the same ending; which of them is meant is asked.
    said = text_of(browser.get("/looks?person=e&from=2026-11-01").text)
    assert "Which person do you mean?" in said
    page = browser.get("/looks?child=nobody&person=e")
    assert "Nobody of the name nobody of whom you may know." in text_of(page.text)
    assert '<input type="hidden" name="person" value="e">' in page.text
    # Somebody of another organisation has no name here, and is meant by the sign-in name.
    assert "By: stranger@example" in text_of(browser.get("/looks?person=stranger@example").text)
    browser.sign_in("officer@example")
    assert browser.get("/looks?child=nobody").status_code == 403


def test_what_a_family_is_told_of_looks_names_no_officer(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    service.get(f"/children/{CHILD}")
    service.desk.looks.write()
    browser.sign_in("auditor@example")
    assert f'href="/children/{CHILD}/looks"' in browser.get(f"/children/{CHILD}").text
    page = browser.get(f"/children/{CHILD}/looks")
    said = text_of(page.text[page.text.index("<main") :])
    assert "Who looked at this child's records" in said
    assert "23 November 2026" in said
    assert "In which role Commissioner How Opened a record How often 1 time" in said
    assert "officer@example" not in said
    browser.sign_in("officer@example")
    assert browser.get(f"/children/{CHILD}/looks").status_code == 403


def test_one_opening_of_a_page_is_one_look(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("officer@example")
    for _ in range(2):
        assert browser.get(f"/children/{CHILD}/timeline").status_code == 200
    service.desk.looks.write()
    browser.sign_in("auditor@example")
    asked = service.get("/looks", "auditor", record_id=CHILD, how="read").json()["rows"]
    assert len(asked) > 2
    service.desk.looks.write()
    page = browser.get(f"/children/{CHILD}/looks")
    said = text_of(page.text[page.text.index("<main") :])
    assert "Commissioner How Opened a record How often 2 times" in said
    listed = text_of(browser.get(f"/looks?record_id={CHILD}&how=read&person_id=officer@example").text)
    assert listed.count("How Opened a record") == 2


def test_what_a_family_is_given_is_printed_as_a_clean_sheet(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    caught_up(service)
    browser.sign_in("auditor@example")
    page = browser.get(f"/children/{CHILD}/looks").text
    assert re.search(r'<body class="[^"]*\bapp-sheet\b', page)
    assert re.search(r'app-not-in-print"><a class="govuk-link" href="/looks', page)
    [sheet] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    style = browser.get(sheet).text
    hidden = re.findall(r"@media print\{(\.app-sheet [^{]*)\{display:none\}", style)
    assert any(".app-header" in one and ".app-not-in-print" in one for one in hidden)
    assert ".app-sheet .govuk-link[href]::after{content:none}" in style


def test_the_decisions_about_a_child_have_a_page(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    page = browser.get(f"/children/{CHILD}/decisions")
    href = service.get(f"/children/{CHILD}/decisions").json()["rows"][0]["href"]
    assert f'href="{href}"' in page.text
    assert browser.get(href).status_code == 200


@pytest.mark.parametrize("address", ["/agreements", "/findings", "/messages"])
def test_what_only_programs_ask_for_says_so_in_a_browser(
    service: Service, browser: Browser, address: str
) -> None:
    browser.sign_in("auditor@example")
    answer = browser.get(address)
    assert answer.status_code == 406
    assert answer.headers["content-type"].startswith("text/html")
    assert "This is for programs" in answer.text
    assert browser.get(f"/children/{CHILD}/nothing").status_code == 404


def test_a_late_entry_names_the_child_and_leads_to_its_place_in_the_story(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("auditor@example")
    page = browser.get("/reports/late-recording").text
    assert "By all" not in page
    assert "by all" not in page
    assert "Days late, all together" in text_of(page)
    assert "Robin Sample, placement at" in text_of(page)
    links = dict.fromkeys(re.findall(r'href="([^"]*timeline\?[^"#]*)#(position-\d+)"', page))
    assert links
    for address, place in links:
        assert f'id="{place}"' in browser.get(html.unescape(address)).text, address
    assert str(AUTHORITY) not in text_of(page)


def test_looks_that_cannot_be_read_are_an_entry_of_their_own_on_the_page(
    service: Service, browser: Browser
) -> None:
    browser.sign_in("auditor@example")
    browser.get("/placements")
    spoil(service)
    answer = browser.get("/looks")
    assert answer.status_code == 200
    said = text_of(answer.text)
    assert "These looks cannot be read" in said
    assert "The caseload" in said
