"""The lists: every filter of the API in a panel, each that is chosen can be taken away, and the same as a file."""

from __future__ import annotations

import inspect
from typing import Any
from uuid import uuid4

import pytest
from starlette.datastructures import QueryParams

from api.caseload import list_placements
from api.children import list_children
from api.due import list_due
from api.pages import child_page, due_page, placement_list, provider_page
from api.pages.visiting import Visit
from api.providers import list_providers
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import CHILD

WHO = ["officer", "senior", "safeguarder", "admin", "auditor", "head", "provider"]
OF_EVERY_LIST = {"request", "asker", "form", "desk", "after", "limit", "back", "at_least"}
NOT_ASKED_HERE = {"authority_id", "school_id"}
"""Of children: a person has one authority, and their school's pupils are what they see."""


def started(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("list", ["/placements", "/placements?view=board", "/children", "/providers", "/due"])
def test_every_list_opens_for_every_role(service: Service, browser: Browser, who: str, list: str) -> None:
    started(service)
    browser.sign_in(f"{who}@example")
    page = browser.get(list)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize(
    ("route", "filters", "left_out"),
    [
        (list_placements, lambda visit: placement_list.filters_of(visit, "list"), set()),
        (list_children, child_page.filters_of, NOT_ASKED_HERE),
        (list_providers, lambda _: provider_page.FILTERS, set()),
        # Whether they are counted is not a matter of which duties.
        (list_due, lambda _: due_page.FILTERS, {"counts"}),
    ],
)
def test_a_page_has_every_filter_of_its_list(route: Any, filters: Any, left_out: set[str]) -> None:
    officer = Visit(None, None, {"organisation_kind": "local_authority"}, None)  # type: ignore[arg-type]
    known = set(inspect.signature(route).parameters) - OF_EVERY_LIST - left_out
    assert {one.name for one in filters(officer).of} == known


def test_a_chosen_filter_is_told_in_words_and_can_be_taken_away(service: Service, browser: Browser) -> None:
    started(service)
    browser.sign_in("officer@example")
    page = browser.get("/placements?stage=active&stage=review&name=robin").text
    said = text_of(page)
    assert "Filter (3 chosen)" in said
    assert "Take away: Stage: Active" in said
    assert 'href="/placements?name=robin&amp;stage=review"' in page
    assert 'href="/placements?view=board&amp;name=robin&amp;stage=active&amp;stage=review"' in page


def test_a_choice_is_a_whole_number_of_ways_to_go_back() -> None:
    filters = due_page.FILTERS
    asked = filters.asked(QueryParams("state=due&state=overdue&nonsense=1&mine="))
    assert asked == {"state": ["due", "overdue"]}
    assert dict(filters.chosen(asked))["How it stands: Due"] == "/due?state=overdue"


def test_a_provider_is_not_offered_what_it_may_not_ask(service: Service, browser: Browser) -> None:
    started(service)
    browser.sign_in("provider@example")
    assert "safeguarding" not in browser.get("/placements").text.lower()
    assert "UPN" not in browser.get("/children").text
    assert browser.get("/placements?safeguarding_open=true").status_code == 200


def test_a_list_is_also_a_file(service: Service, browser: Browser) -> None:
    started(service)
    browser.sign_in("officer@example")
    page = browser.get("/placements?stage=active").text
    assert 'href="/placements?stage=active&amp;form=csv"' in page
    file = browser.get("/placements?stage=active&form=csv")
    assert file.headers["content-type"].startswith("text/csv")
    assert "attachment" in file.headers["content-disposition"]
    assert "Robin" in file.text


def test_names_are_found_whatever_is_typed_around_them(service: Service, browser: Browser) -> None:
    started(service)
    browser.sign_in("officer@example")
    assert "Robin Sample" in text_of(browser.get("/children?name=SAMPLE+rob").text)
    assert "No child fits" in text_of(browser.get("/children?name=nobody").text)
    upn = service.get(f"/children/{CHILD}").json()["identifiers"][0]["value"]
    assert "1 child" in text_of(browser.get(f"/children?identifier={upn}").text)


def test_a_long_list_goes_on_by_its_mark_and_keeps_its_filters(service: Service, browser: Browser) -> None:
    started(service)
    for n in range(60):
        service.walk.do(
            "register_child", uuid4(), given_names=f"Child {n:02}", family_name="Many", identifiers=[]
        )
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    browser.sign_in("officer@example")
    first = browser.get("/children?name=many")
    assert first.text.count('<th scope="row"') == 50
    assert "60 children" in text_of(first.text)
    href = first.text.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    assert "name=many" in href
    second = browser.get(href)
    assert second.text.count('<th scope="row"') == 10
    assert ">First<" in second.text


def test_an_empty_list_says_what_will_stand_there(browser: Browser) -> None:
    browser.sign_in("stranger@example")
    for address, says in (
        ("/placements", "No placement yet."),
        ("/children", "No child yet."),
        ("/due", "Nothing is due."),
    ):
        assert says in text_of(browser.get(address).text)


def test_an_address_that_the_list_does_not_understand_is_said(browser: Browser) -> None:
    browser.sign_in("officer@example")
    assert browser.get("/placements?stage=nowhere").status_code in (400, 422)
    assert browser.get("/placements?after=xyz").status_code == 400


@pytest.mark.parametrize(
    ("address", "typed", "says"),
    [
        ("/due?state=overdue&due_from=22/11/2026", "22/11/2026", "Due on or after: enter a real date"),
        ("/placements?review_due_before=soon", "soon", "Next review before: enter a real date"),
        ("/providers?age=abc&approved=true", "abc", "For a child of this age: enter a whole number"),
        (
            "/reports/late-recording?days_at_least=abc",
            "abc",
            "At least so many days late: enter a whole number",
        ),
        (
            "/reports/late-recording?recorded_from=22/11/2026",
            "22/11/2026",
            "Written down from: enter a real date",
        ),
        ("/looks?from=22/11/2026&how=read", "22/11/2026", "From the day: enter a real date"),
        ("/looks?to=tomorrow", "tomorrow", "Until the day: enter a real date"),
    ],
)
def test_what_was_mistyped_stays_in_its_box_and_is_said_there(
    service: Service, browser: Browser, address: str, typed: str, says: str
) -> None:
    started(service)
    browser.sign_in("auditor@example")
    page = browser.get(address)
    assert page.status_code == 200
    assert "<title>Error: " in page.text
    assert text_of(page.text).count(says) == 2
    assert f'value="{typed}"' in page.text
    box = address.partition("=")[0].rpartition("?")[2] if "due_from" not in address else "due_from"
    assert f'href="#{box}"' in page.text
    assert f'id="{box}"' in page.text
    assert "What follows is shown without it." in text_of(page.text)
    assert "Input should be" not in page.text


@pytest.mark.parametrize("address", ["/due?due_from=tomorrow", "/placements?review_due_before=tomorrow"])
def test_what_is_wrong_with_a_filter_stands_above_the_heading(
    service: Service, browser: Browser, address: str
) -> None:
    browser.sign_in("officer@example")
    for view in ("", "&view=board") if "placements" in address else ("",):
        page = browser.get(f"{address}{view}").text
        assert page.count("There is a problem") == 1
        assert page.index("There is a problem") < page.index("<h1")


def test_a_file_is_not_made_of_what_was_mistyped(service: Service, browser: Browser) -> None:
    browser.sign_in("auditor@example")
    assert browser.get("/due?due_from=22/11/2026&form=csv").status_code == 400
    assert browser.get("/due?rule=T99&due_from=22/11/2026").status_code == 400


def test_a_provider_has_no_column_that_can_never_be_filled(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    for who, has_it in (("provider", False), ("officer", True)):
        browser.sign_in(f"{who}@example")
        page = browser.get("/children").text
        assert "What the law asks" in page
        assert ("Sessions a week" in page) is has_it, who


def test_a_role_on_the_due_list_is_said_to_count_other_organisations_too(
    service: Service, browser: Browser
) -> None:
    browser.sign_in("officer@example")
    asked = text_of(browser.get("/due?role=commissioner").text)
    assert "What falls to this role, here and in other organisations: Commissioner" in asked
    assert "Only what falls to me by my roles, where I work: Yes" in text_of(
        browser.get("/due?mine=true").text
    )
