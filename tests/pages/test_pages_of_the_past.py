"""A page of the past says so, shows nothing that was written down later, and none of its links leads back to now unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from http.cookiejar import Cookie

import pytest

from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.pages.conftest import running, until
from tests.support.postgres import TestPostgres
from tests.support.walk import AUTHORITY, CHILD, MONDAY, PLACEMENT, PROVIDER, THE_SERVICE

STORIES = [
    f"/placements/{PLACEMENT}/timeline",
    f"/placements/{PLACEMENT}/decisions",
    f"/placements/{PLACEMENT}/attendance",
    f"/children/{CHILD}/timeline",
    f"/children/{CHILD}/decisions",
    f"/providers/{PROVIDER}/timeline",
    f"/providers/{PROVIDER}/decisions",
]
RECORDS = [
    f"/placements/{PLACEMENT}",
    f"/children/{CHILD}",
    f"/providers/{PROVIDER}",
    f"/organisations/{AUTHORITY}",
]
LISTS = ["/due", "/placements", "/children", "/providers"]
OF_ANOTHER_MOMENT = re.compile(r"/decisions/\d+$|/changes\?|/look-back")
"""What names its moments itself: the page of a decision, two moments side by side, and the choice of another."""


@pytest.fixture(scope="module")
def started(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The pages on a placement that has started; these tests change nothing."""
    home = tmp_path_factory.mktemp("issuer")
    with prepared_postgres.database(furnished) as dsn, running(dsn, home) as service:
        until(service, "start_placement")
        yield service


@pytest.fixture(scope="module")
def session(started: Service) -> list[Cookie]:
    """The officer's session: one for all tests, for nobody may sign in from one place as often as they would."""
    Browser(started.client).sign_in("officer@example")
    return list(started.client.cookies.jar)


@pytest.fixture
def officer(started: Service, session: list[Cookie]) -> Browser:
    """The officer's browser."""
    browser = Browser(started.client)
    for cookie in session:
        browser.client.cookies.jar.set_cookie(cookie)
    return browser


def moments(service: Service) -> tuple[str, str, str]:
    """A position, a moment and a day."""
    now = service.get(f"/placements/{PLACEMENT}/timeline").json()["rows"][-1]
    return f"as_of={now['position']}", f"as_of={MONDAY:%Y-%m-%d}T23:00:00Z", f"true_on={MONDAY:%Y-%m-%d}"


@pytest.mark.parametrize("address", [*RECORDS, *STORIES, *LISTS])
def test_a_page_of_the_past_says_so_and_leads_back_to_now(
    started: Service, officer: Browser, address: str
) -> None:
    for moment in moments(started):
        page = officer.get(f"{address}?{moment}")
        if moment.endswith("T23:00:00Z") and page.status_code != 200:
            # That moment lies ahead of the clock of these tests.
            assert "lies ahead" in page.text
            continue
        assert page.status_code == 200, moment
        assert "You are looking at the past:" in text_of(page.text)
        assert "<title>The past: " in page.text
        assert f'href="{address}">Back to now' in page.text
        assert 'method="post"' not in page.text.replace('action="/sign-out" method="post"', "")
        assert "You are looking at the past" not in officer.get(address).text


@pytest.mark.parametrize("address", [*RECORDS, *STORIES, *LISTS, "/due?state=ahead"])
def test_the_links_of_a_page_of_the_past_stay_there(started: Service, officer: Browser, address: str) -> None:
    moment = moments(started)[0]
    page = officer.get(f"{address}{'&' if '?' in address else '?'}{moment}").text
    inside = unescape(page[page.index("<main") : page.index("</main>")])
    links = [href for href in re.findall(r'href="(/[^"]+)"', inside) if not OF_ANOTHER_MOMENT.search(href)]
    to_now = [href for href in links if "as_of=" not in href]
    assert to_now == []
    for href in links:
        answer = officer.get(href)
        assert answer.status_code == 200, href
        # A list that is taken away as a file has no banner.
        assert "You are looking at the past" in answer.text or "form=csv" in href, href


def test_forms_of_a_page_of_the_past_stay_there(started: Service, officer: Browser) -> None:
    moment = moments(started)[0]
    name, _, value = moment.partition("=")
    for address in (STORIES[0], STORIES[3], *LISTS):
        page = officer.get(f"{address}?{moment}").text
        assert f'<input type="hidden" name="{name}" value="{value}">' in page, address


def test_a_story_of_the_past_ends_then(started: Service, officer: Browser) -> None:
    rows = started.get(f"/placements/{PLACEMENT}/timeline").json()["rows"]
    for part in ("timeline", "decisions"):
        page = officer.get(f"/placements/{PLACEMENT}/{part}?as_of={rows[2]['position']}").text
        assert rows[0]["sentence"] in unescape(page)
        assert rows[-1]["sentence"] not in unescape(page)
    kind = rows[0]["name"]
    page = officer.get(f"/placements/{PLACEMENT}/timeline?kind={kind}&as_of={rows[2]['position']}").text
    assert f'href="/placements/{PLACEMENT}/timeline?kind={kind}">Back to now' in page


def test_a_duty_that_was_not_known_yet_was_not_due(started: Service, officer: Browser) -> None:
    rows = started.get(f"/placements/{PLACEMENT}/timeline").json()["rows"]
    asked = f"/due?state=ahead&placement_id={PLACEMENT}"
    now, then = officer.get(asked).text, officer.get(f"{asked}&as_of={rows[0]['position']}").text
    assert "rule T16" in now
    assert "rule T16" not in then
    assert f'href="{asked}"' in unescape(then)
    assert officer.get(f"{asked}&as_of={rows[0]['position']}&form=csv").text.count("\n") < now.count("rule T")


def test_a_record_is_walked_through_from_event_to_event(started: Service, officer: Browser) -> None:
    for address in (f"/children/{CHILD}", f"/providers/{PROVIDER}"):
        rows = started.get(f"{address}/timeline").json()["rows"]
        own = [row["position"] for row in rows if address.endswith(row["record_id"])]
        page = officer.get(f"{address}?as_of={own[1]}").text
        assert f"Event 2 of {len(own)}" in text_of(page)
        assert f'href="{address}?as_of={own[0]}">Previous event' in page
        assert f'href="{address}/changes?from={own[1] - 1}&amp;to={own[1]}"' in page


@pytest.mark.parametrize("address", [f"/children/{CHILD}", f"/providers/{PROVIDER}"])
def test_two_moments_of_any_record_lie_side_by_side(started: Service, officer: Browser, address: str) -> None:
    page = officer.get(f"{address}/changes").text
    assert re.search(r"[1-9]\d* fields changed", text_of(page))
    assert f'action="{address}/changes"' in page
    assert f'href="{address}/changes"' in officer.get(address).text
    for row in started.get(f"{address}/decisions").json()["rows"]:
        assert f'<option value="{row["position"]}"' in page


def test_a_moment_that_was_left_empty_means_now(officer: Browser) -> None:
    for address in (*RECORDS, *STORIES, *LISTS):
        page = officer.get(f"{address}?as_of=&true_on=")
        assert page.status_code == 200
        assert "You are looking at the past" not in page.text


@pytest.mark.parametrize("address", [RECORDS[0], STORIES[0], *LISTS])
def test_a_moment_is_read_alike_however_it_is_written(
    started: Service, officer: Browser, address: str
) -> None:
    known = moments(started)[0]
    for written in (f"{known}&as_of=", f"as_of=&{known}", known.replace("_", "%5F"), f"as_of=1&{known}"):
        page = officer.get(f"{address}?{written}")
        assert page.status_code == 200, written
        assert "You are looking at the past" in page.text, written
        assert known in page.text, written


@pytest.mark.parametrize("address", [STORIES[0], STORIES[3], STORIES[5], "/due"])
def test_what_is_no_moment_is_said_in_words(officer: Browser, address: str) -> None:
    page = officer.get(f"{address}?as_of=2999-01-01T00:00:00Z")
    assert page.status_code == 400
    assert "The moment lies ahead" in text_of(page.text)


def test_another_provider_reads_no_story_of_this_one(started: Service) -> None:
    browser = Browser(started.client)
    browser.sign_in("rival@example")
    for page in ("timeline", "decisions", "changes", f"timeline?{moments(started)[0]}"):
        assert browser.get(f"/providers/{PROVIDER}/{page}").status_code == 403
    for address in (f"/providers/{PROVIDER}", f"/providers/{PROVIDER}?{moments(started)[0]}"):
        own = browser.get(address)
        assert own.status_code == 200
        for part in ("timeline", "decisions", "changes"):
            assert f"/providers/{PROVIDER}/{part}" not in own.text


def test_what_changed_in_the_list_since_a_moment_is_a_page(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    before = service.desk.history.head()
    service.walk.do("set_year_group", CHILD, THE_SERVICE, year_group="10")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    browser.sign_in("officer@example")
    then = browser.get(f"/placements?as_of={before}").text
    [way] = re.findall(r'href="(/placements/changes[^"]*)"', then)
    page = browser.get(unescape(way)).text
    said = text_of(page)
    assert f"From entry {before} of the history to now." in said
    assert "1 placement is listed otherwise" in said
    assert "Robin Sample Changed" in said
    assert f'href="/placements/{PLACEMENT}/changes?from={before}"' in page

    assert "From entry" not in text_of(browser.get("/placements/changes").text)
    day = text_of(browser.get("/placements/changes?from=2026-11-01").text)
    assert (
        "1 placement is listed otherwise: 1 came, 0 left, 0 changed From 1 November 2026, 11:59pm to now."
        in day
    )
    wrong = browser.get("/placements/changes?from=yesterday").text
    assert "<title>Error: " in wrong
    assert 'value="yesterday"' in wrong
    browser.sign_in("stranger@example")
    assert "0 placements are listed otherwise" in text_of(browser.get(unescape(way)).text)


def test_days_that_cannot_be_compared_are_said_at_their_boxes(service: Service, browser: Browser) -> None:
    until(service, "refer_child")
    browser.sign_in("officer@example")
    for address, says in (
        ("from=2126-01-01", "From the end of this day: this day lies ahead."),
        ("from=2026-11-20&to=2026-11-19", "To the end of this day: this lies before the beginning."),
    ):
        page = browser.get(f"/placements/changes?{address}")
        assert page.status_code == 200
        assert "<title>Error: " in page.text
        assert text_of(page.text).count(says) == 2
        assert "placements are listed otherwise" not in text_of(page.text)
        assert "enter a real date" not in page.text
    empty = browser.get("/placements/changes").text
    [example] = re.findall(r"For example, (\d{4}-\d{2}-\d{2})", empty)
    assert "<title>Error: " not in browser.get(f"/placements/changes?from={example}").text


def test_what_came_into_the_list_is_told_with_provider_and_stage(service: Service, browser: Browser) -> None:
    until(service, "start_placement")
    browser.sign_in("officer@example")
    said = text_of(browser.get("/placements/changes?from=0").text)
    assert "1 placement is listed otherwise: 1 came, 0 left, 0 changed" in said
    [row] = service.get("/placements").json()["rows"]
    assert f"Robin Sample Came {row['provider_name']}, active" in said


def test_the_past_list_tells_what_todays_list_told(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    service.walk.do("report_safeguarding_concern")
    head = service.desk.history.head()
    assert service.desk.read_models.wait_for(head, 20)
    browser.sign_in("officer@example")

    def row(address: str) -> str:
        page = browser.get(address).text
        return text_of(page[page.index("<tbody") : page.index("</tbody>")])

    now = row("/placements")
    assert "Safeguarding" in now
    assert row(f"/placements?as_of={head}") == now
    said = text_of(browser.get(f"/placements?as_of={head}&view=board").text)
    assert "The board shows only how things are now. This is the list as it stood." in said
    assert "The board shows only" not in text_of(browser.get(f"/placements?as_of={head}").text)


def test_where_there_is_no_file_of_a_page_it_is_said_and_no_page_is_sent_in_its_place(
    service: Service, browser: Browser
) -> None:
    browser.sign_in("officer@example")
    answer = browser.get("/placements/changes?from=2026-11-15&form=csv")
    assert answer.status_code == 400
    assert "There is no file of this page" in answer.text
    assert 'href="/placements/changes?from=2026-11-15"' in answer.text
    assert browser.get("/placements/changes?from=2026-11-15").status_code == 200
