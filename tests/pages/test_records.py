"""The pages of a child, a provider and an organisation: everything that their files hold, as far as each person sees it."""

from __future__ import annotations

import pytest

from api.pages import child_page, organisation_page, provider_page
from api.pages.placement_sections import SECTIONS
from tests.api.people import OTHER_PROVIDER, Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER, PROVIDER_OFFICE, THE_SERVICE

HOSTILE = """<script>alert(1)</script> O'Brien & "Co\""""
SAFE = "&lt;script&gt;alert(1)&lt;/script&gt; O&#39;Brien &amp; &#34;Co&#34;"
WHO = ["officer", "senior", "safeguarder", "admin", "auditor", "head", "provider"]
PAGES = [f"/children/{CHILD}", f"/children/{CHILD}/timeline", f"/providers/{PROVIDER}"]


def caught_up(service: Service) -> None:
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


@pytest.mark.parametrize("who", WHO)
def test_they_open_for_every_role(service: Service, browser: Browser, who: str) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in(f"{who}@example")
    for address in PAGES:
        page = browser.get(address)
        assert page.status_code == 200, address
        assert page.text.count("<h1") == 1


def test_everything_that_a_file_holds_has_one_place(service: Service) -> None:
    service.walk.live_until("start_placement")
    child = service.get(f"/children/{CHILD}").json()
    parts = [part.field for parts in child_page.PARTS.values() for part in parts]
    assert set(child) - set(parts) - set(child_page.LINES) - child_page.IN_THE_HEAD == set()
    provider = service.get(f"/providers/{PROVIDER}").json()
    parts = [part.field for part in provider_page.PARTS]
    assert set(provider) - set(parts) - set(provider_page.LINES) - provider_page.IN_THE_HEAD == set()
    organisation = service.get(f"/organisations/{AUTHORITY}", "admin").json()
    parts = [part.field for part in organisation_page.PARTS]
    known = {"id", "version", "position", "as_of", "true_on", "name", "grants"}
    assert set(organisation) - set(parts) - set(organisation_page.LINES) - known == set()


def test_the_week_is_added_up_over_placements_and_school(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    week = service.get(f"/children/{CHILD}").json()["week"]
    browser.sign_in("officer@example")
    said = text_of(browser.get(f"/children/{CHILD}").text)
    assert f"Together {week['sessions_per_week']} of {week['sessions_at_most']}" in said
    browser.sign_in("provider@example")
    said = text_of(browser.get(f"/children/{CHILD}").text)
    assert "Together" not in said


def test_a_clock_that_runs_stands_on_top(service: Service, browser: Browser) -> None:
    service.walk.do("record_exclusion", CHILD)
    caught_up(service)
    browser.sign_in("officer@example")
    said = text_of(browser.get(f"/children/{CHILD}").text)
    assert (
        "Put full-time education in place by 16 November 2026: 7 days ago. Permanent exclusion, from 9 November 2026"
        in said
    )
    assert "Nothing has met it yet." in said

    service.walk.live_until("start_placement")
    caught_up(service)
    said = text_of(browser.get(f"/children/{CHILD}").text)
    assert "7 days ago" not in said
    assert "by 16 November 2026. A placement met it on 23 November 2026, 7 days late." in said


def test_a_check_says_in_words_how_it_stands(service: Service, browser: Browser) -> None:
    checks = {"insurance": "2026-11-22", "first_aid": "2026-12-20", "fire_safety": "2028-01-01"}
    for kind, day in checks.items():
        example = {"kind": kind, "checked_on": "2026-11-20", "expires_on": day, "document": "A paper"}
        service.walk.do("record_check", PROVIDER, check=example)
    caught_up(service)
    browser.sign_in("officer@example")
    said = text_of(browser.get(f"/providers/{PROVIDER}").text)
    assert "Insurance How it stands Lapsed on 22 November 2026" in said
    assert "First aid How it stands Runs out on 20 December 2026" in said
    assert "Fire safety How it stands In date to 1 January 2028" in said


def test_places_over_all_commissioners_are_told(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("officer@example")
    assert "1 taken," in text_of(browser.get(f"/providers/{PROVIDER}").text)
    assert service.get(f"/providers/{OTHER_PROVIDER}", "provider").json()["derived"] is None


def test_another_provider_sees_no_checks(service: Service, browser: Browser) -> None:
    caught_up(service)
    browser.sign_in("rival@example")
    page = browser.get(f"/providers/{PROVIDER}")
    assert page.status_code in (200, 404)
    assert 'id="checks"' not in page.text


def test_an_administrator_finds_people_roles_and_the_calendar(service: Service, browser: Browser) -> None:
    browser.sign_in("admin@example")
    assert f'href="/organisations/{AUTHORITY}"' in browser.get("/").text
    page = browser.get(f"/organisations/{AUTHORITY}")
    said = text_of(page.text)
    assert "Officer Role Commissioner Until No end Signs in as officer@example" in said
    assert f'href="/organisations/{AUTHORITY}/grant-role"' in page.text
    assert "Calendar" in said


def test_a_hostile_name_is_only_a_name(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    service.do("change_details", CHILD, given_names=HOSTILE, family_name="O'Brien")
    renamed = service.do("rename_provider", PROVIDER, "senior", new_name=HOSTILE)
    assert renamed.status_code == 200, renamed.text
    caught_up(service)
    browser.sign_in("officer@example")
    for address in (*PAGES, "/children", "/placements", "/placements?view=board", "/providers"):
        page = browser.get(address).text
        assert "<script>alert(1)" not in page, address
        assert SAFE in page, address


def test_an_erased_child_has_no_name_anywhere_and_its_pages_open(service: Service, browser: Browser) -> None:
    service.walk.live_until("end_placement")
    categories = ["identity", "contact", "health", "safeguarding", "narrative"]
    asked = service.do("request_erasure", CHILD, categories=categories, ground="unlawful")
    assert asked.status_code == 200, asked.text
    approved = service.do("approve_erasure", CHILD, "senior", request=asked.json()["version"])
    assert approved.status_code == 200, approved.text
    caught_up(service)
    browser.sign_in("officer@example")
    sections = [section.address(str(PLACEMENT)) for section in SECTIONS]
    for address in (*PAGES[:2], "/children", "/placements", "/", "/due", *sections):
        page = browser.get(address)
        assert page.status_code == 200, address
        assert "Robin" not in page.text, address
        assert "[erased]" not in page.text, address
    for address in (f"/children/{CHILD}", "/children", "/placements", f"/placements/{PLACEMENT}"):
        assert "Name erased" in text_of(browser.get(address).text), address
    assert "erased" in text_of(browser.get(f"/placements/{PLACEMENT}?section=plan").text)


def test_who_may_refer_begins_at_the_child(service: Service, browser: Browser) -> None:
    caught_up(service)
    way = f'href="/new/refer-child?child_id={CHILD}"'
    for who, may in (("officer", True), ("head", True), ("safeguarder", False), ("admin", False)):
        browser.sign_in(f"{who}@example")
        assert (way in browser.get(f"/children/{CHILD}").text) is may, who
    browser.sign_in("officer@example")
    assert f'value="{CHILD}"' in browser.get(f"/new/refer-child?child_id={CHILD}").text


def test_nothing_that_has_a_name_is_told_by_a_reference(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    asked = {
        "provider": [
            f"/children/{CHILD}",
            f"/placements/{PLACEMENT}/changes",
            f"/organisations/{PROVIDER_OFFICE}",
        ],
        "officer": [f"/children/{CHILD}", f"/placements/{PLACEMENT}/changes", f"/children/{CHILD}/changes"],
    }
    for who, addresses in asked.items():
        browser.sign_in(f"{who}@example")
        for address in addresses:
            page = browser.get(address)
            assert page.status_code == 200, address
            at = text_of(page.text).find("reference ")
            assert at < 0, (address, text_of(page.text)[at - 80 : at + 30])


MEANTIME = {
    "where": "interim_provision",
    "from_on": "2026-11-24",
    "what": "Mornings in the workshop.",
    "owner": "Officer",
    "interim_provider_id": str(OTHER_PROVIDER),
}
"""Another provider teaches the child from the day after the breakdown."""


def test_a_provider_in_the_meantime_has_its_name(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    service.walk.do("record_breakdown", tomorrow=MEANTIME)
    caught_up(service)
    at = service.desk.history.head()
    browser.sign_in("officer@example")
    here = f"/placements/{PLACEMENT}"
    for address in (f"{here}?section=breakdown", f"{here}/decisions/{at}"):
        page = browser.get(address).text
        assert f'<a class="govuk-link" href="/providers/{OTHER_PROVIDER}">Other Workshop</a>' in page, address
        assert f"reference {str(OTHER_PROVIDER)[:8]}" not in page, address
    for address in (f"/children/{CHILD}", here):
        assert f"reference {str(OTHER_PROVIDER)[:8]}" not in browser.get(address).text, address


def test_on_a_page_of_the_past_a_provider_in_the_meantime_has_its_name_of_then(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    before = service.desk.history.head()
    service.walk.do("record_breakdown", tomorrow=MEANTIME)
    at = service.desk.history.head()
    service.walk.do("rename_provider", OTHER_PROVIDER, THE_SERVICE, new_name="Called anew")
    caught_up(service)
    browser.sign_in("officer@example")
    page = browser.get(f"/placements/{PLACEMENT}?as_of={at}").text
    assert f'<a class="govuk-link" href="/providers/{OTHER_PROVIDER}?as_of={at}">Other Workshop</a>' in page
    compared = browser.get(f"/placements/{PLACEMENT}/changes?from={before}&to={at}").text
    assert f'href="/providers/{OTHER_PROVIDER}"' in compared
    for shown in (page, compared):
        assert f"reference {str(OTHER_PROVIDER)[:8]}" not in shown


def test_a_receipt_is_offered_to_those_who_may_give_one(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    at = f"/placements/{PLACEMENT}/decisions/{service.desk.history.head()}"
    for who in WHO:
        browser.sign_in(f"{who}@example")
        page = browser.get(at)
        if page.status_code != 200:
            assert who == "provider"
            continue
        given = browser.get(f"{at}/receipt").status_code
        # 503 and 409 are for what is not sealed yet; 403 is for who may not.
        assert (f'href="{at}/receipt"' in page.text) is (given != 403), (who, given)
    browser.sign_in("admin@example")
    assert "/receipt" not in browser.get(at).text
