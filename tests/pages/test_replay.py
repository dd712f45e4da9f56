"""The past can be looked at on pages, is told from the present at once, and offers nothing to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.pages.moments import NotAMoment, moment_typed
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import AGREEMENT, CHILD, PLACEMENT, PROVIDER

HERE = f"/placements/{PLACEMENT}"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def officer(service: Service, browser: Browser) -> Browser:
    """The officer's browser, with a placement that has been started."""
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    browser.sign_in("officer@example")
    return browser


def positions(service: Service) -> list[int]:
    """Where the placement's story has its events."""
    return [row["position"] for row in service.get(f"{HERE}/timeline").json()["rows"]]


def test_a_placement_is_walked_through_from_event_to_event(service: Service, officer: Browser) -> None:
    story = positions(service)
    page = officer.get(f"{HERE}?as_of={story[0]}")
    assert "You are looking at the past:" in text_of(page.text)
    assert f"Event 1 of {len(story)}" in text_of(page.text)
    assert "Needs assessment" in text_of(page.text)
    assert f'href="{HERE}?as_of={story[1]}">Next event' in page.text
    assert f'href="{HERE}?as_of={story[-1]}">Last event' in page.text
    last = officer.get(f"{HERE}?as_of={story[-1]}")
    assert f"Event {len(story)} of {len(story)}" in text_of(last.text)
    assert f'href="{HERE}?as_of={story[-2]}">Previous event' in last.text
    assert ">Next event</a>" not in last.text


def test_nothing_can_be_done_in_the_past(service: Service, officer: Browser) -> None:
    page = officer.get(f"{HERE}?as_of={positions(service)[-1]}")
    assert 'method="post"' not in page.text.replace('action="/sign-out" method="post"', "")
    assert "call-review" not in page.text


def test_before_the_first_event_there_is_nothing(service: Service, officer: Browser) -> None:
    assert officer.get(f"{HERE}?as_of={positions(service)[0] - 1}").status_code == 404


@pytest.mark.parametrize("moment", ["yesterday", "99999999", "2999-01-01T00:00:00Z", "²"])
def test_what_is_no_moment_is_said_in_words(officer: Browser, moment: str) -> None:
    page = officer.get(f"{HERE}?as_of={moment}")
    assert page.status_code == 400
    assert any(word in text_of(page.text) for word in ("as_of", "position", "The moment lies ahead"))


def test_the_caseload_is_shown_as_it_was(service: Service, officer: Browser) -> None:
    story = positions(service)
    page = officer.get(f"/placements?as_of={story[0]}")
    assert "You are looking at the past:" in text_of(page.text)
    assert f'href="{HERE}?as_of={story[0]}"' in page.text
    assert "There were none." in text_of(officer.get(f"/placements?as_of={story[0] - 1}").text)


@pytest.mark.parametrize(
    "address", ["/children", f"/children/{CHILD}", "/providers", f"/providers/{PROVIDER}"]
)
def test_children_and_providers_are_shown_as_they_were(
    service: Service, officer: Browser, address: str
) -> None:
    page = officer.get(f"{address}?as_of={positions(service)[0]}")
    assert page.status_code == 200
    assert "You are looking at the past:" in text_of(page.text)
    assert f'href="{address}">Back to now' in page.text
    assert 'method="post"' not in page.text.replace('action="/sign-out" method="post"', "")


def test_a_child_who_was_not_known_yet_is_in_no_list_of_then(service: Service, officer: Browser) -> None:
    assert "There were none." in text_of(officer.get("/children?as_of=1").text)


def test_a_day_is_chosen_in_a_form(officer: Browser) -> None:
    asked = {"at": HERE, "day": "23", "month": "11", "year": "2026", "which": "true"}
    page = officer.client.get("/look-back", params=asked, headers={"Accept": "text/html"})
    assert str(page.url).endswith(f"{HERE}?true_on=2026-11-23")
    assert "things were on 23 November 2026, as far as is known now" in text_of(page.text)
    wrong = officer.client.get("/look-back", params={**asked, "day": "31"}, headers={"Accept": "text/html"})
    assert "There is a problem The day must be a real date" in text_of(wrong.text)


def test_looking_back_leads_to_no_other_site(officer: Browser) -> None:
    asked = {"at": "https://evil.example", "day": "1", "month": "11", "year": "2026", "which": "true"}
    officer.client.follow_redirects = False
    answer = officer.client.get("/look-back", params=asked, headers={"Accept": "text/html"})
    officer.client.follow_redirects = True
    assert answer.headers["location"] == "/placements?true_on=2026-11-01"


def test_two_moments_lie_side_by_side(service: Service, officer: Browser) -> None:
    story = positions(service)
    page = text_of(officer.get(f"{HERE}/changes?from={story[0]}&to={story[-1]}").text)
    assert "Stage Was Needs assessment Became Active" in page
    assert "What happened between the two" in page
    assert "0 fields changed" in text_of(officer.get(f"{HERE}/changes?from={story[-1]}&to={story[-1]}").text)


def test_every_decision_has_a_page_of_what_was_known(service: Service, officer: Browser) -> None:
    for position in positions(service):
        page = officer.get(f"{HERE}/decisions/{position}")
        assert page.status_code == 200
        assert "Known only later" in text_of(page.text)


@pytest.mark.parametrize("who", ["provider", "auditor", "head"])
def test_decisions_that_are_shown_in_part_have_a_page_all_the_same(
    service: Service, browser: Browser, who: str
) -> None:
    browser.sign_in(f"{who}@example")
    opened = 0
    # What was decided about a child before its school knew it, is not for the school.
    of_child = [f"/children/{CHILD}"] if who != "head" else []
    for of in (HERE, f"/providers/{PROVIDER}", *of_child):
        found = service.get(f"{of}/decisions", who)
        for row in found.json()["rows"] if found.status_code == 200 else ():
            assert browser.get(row["href"]).status_code == 200, row
            opened += 1
    assert opened > 10


def test_what_became_known_later_is_set_apart(service: Service, officer: Browser) -> None:
    story = service.get(f"{HERE}/timeline").json()["rows"]
    started = next(row for row in story if row["name"] == "placement.started")
    put_right = service.do("correct_record")
    assert put_right.status_code < 300, put_right.text
    page = text_of(officer.get(f"{HERE}/decisions/{started['position']}").text)
    assert "Corrected" in page[page.index("Known only later") :]


def test_the_receipt_of_a_decision_is_a_file(service: Service, officer: Browser) -> None:
    answer = officer.get(f"{HERE}/decisions/{positions(service)[-1]}/receipt")
    # No worker has sealed the history of this test; the page says so instead of breaking.
    assert answer.status_code in (200, 409, 503)
    assert answer.headers["cache-control"] == "no-store"


def test_auditors_see_who_looked_and_officers_do_not(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    for address in (
        "/looks",
        "/reports/late-recording",
        "/upkeep",
        "/looks?person_id=officer@example&from=2026-11-01",
    ):
        assert browser.get(address).status_code == 200
    assert browser.get("/looks?form=csv").headers["content-type"].startswith("text/csv")
    browser.sign_in("officer@example")
    assert browser.get("/looks").status_code == 403


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"day": "1", "month": "7", "year": "2026"}, {"as_of": "2026-07-01T22:59:59.999999+00:00"}),
        (
            {"day": "1", "month": "7", "year": "2026", "time": "3.30 pm"},
            {"as_of": "2026-07-01T14:30:00+00:00"},
        ),
        # On the night on which the clocks go back, half past one comes twice: all that was written by the second counts.
        (
            {"day": "25", "month": "10", "year": "2026", "time": "1:30"},
            {"as_of": "2026-10-25T01:30:00+00:00"},
        ),
        ({"day": "23", "month": "11", "year": "2026"}, {"as_of": NOON.isoformat()}),
        ({"day": "1", "month": "7", "year": "2026", "which": "true"}, {"true_on": "2026-07-01"}),
    ],
)
def test_a_moment_is_typed_as_people_write_it(typed: dict[str, str], asked: dict[str, str]) -> None:
    assert moment_typed(typed, NOON) == asked


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        ({"day": "", "month": "", "year": ""}, "day"),
        ({"day": "31", "month": "2", "year": "2026"}, "day"),
        ({"day": "1", "month": "1", "year": "26"}, "day"),
        ({"day": "24", "month": "11", "year": "2026"}, "day"),
        ({"day": "1", "month": "1", "year": "2026", "time": "25:00"}, "time"),
    ],
)
def test_what_cannot_be_a_moment_is_said_at_its_box(typed: dict[str, str], box: str) -> None:
    with pytest.raises(NotAMoment) as refused:
        moment_typed(typed, NOON)
    assert refused.value.box == box


def test_everybody_can_look_up_what_a_citation_stands_for(service: Service, browser: Browser) -> None:
    for who in ("officer", "provider", "auditor"):
        browser.sign_in(f"{who}@example")
        assert 'href="/sources"' in browser.get("/placements").text
        page = browser.get("/sources")
        assert "003" in page.text
        assert "Commissioning Alternative Provision" in page.text


def test_what_is_nested_stands_stacked_where_two_moments_are_compared(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("record_review")
    browser.sign_in("officer@example")
    page = browser.get(f"/placements/{PLACEMENT}/changes").text
    table = page.split("app-changes", 1)[1].split("What happened between the two")[0]
    assert "app-facts--stacked" in table
    assert table.count("app-facts") - table.count("app-facts__") == 2 * table.count("app-facts--stacked")
    assert "app-small-table" not in table
    assert str(AGREEMENT) not in table
