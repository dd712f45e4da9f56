"""Forms that know what there is: the sites of a provider, the plan that is written, whose views are missing, the answer for tomorrow."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.cures import cures_of
from tests.api.people import Service
from tests.pages.browser import Browser, fields_of, text_of
from tests.pages.conftest import until
from tests.support.walk import PLACEMENT, PROVIDER

HERE = f"/placements/{PLACEMENT}"
PROPOSE = f"{HERE}/propose-provider"


def test_the_sites_of_the_chosen_provider_are_offered(service: Service, browser: Browser) -> None:
    until(service, "complete_needs_assessment")
    browser.sign_in("officer@example")
    form = browser.get(PROPOSE)
    assert "Choose the provider first" in text_of(form.text)
    assert '<textarea class="govuk-textarea" id="proposal.sites"' not in form.text
    chosen = browser.send(
        PROPOSE, form, **{"proposal.provider_id": str(PROVIDER), "action": "find:proposal.sites"}
    )
    assert 'type="checkbox" value="Mill Lane"' in chosen.text


def test_a_site_of_another_provider_is_answered_with_those_on_record(
    service: Service, browser: Browser
) -> None:
    until(service, "complete_needs_assessment")
    browser.sign_in("officer@example")
    form = browser.get(f"{PROPOSE}?proposal.provider_id={PROVIDER}")
    assert 'type="checkbox" value="Mill Lane"' in form.text
    typed = {
        "proposal.sites": "Nowhere Street", "proposal.sessions_per_week": "6", "proposal.hours_per_week": "16",
        "proposal.starts_on.day": "1", "proposal.starts_on.month": "12", "proposal.starts_on.year": "2026",
    }  # fmt: skip
    answer = browser.send(
        PROPOSE, form, **{**typed, "proposal.provider_id": str(PROVIDER), "action": "check"}
    )
    said = text_of(answer.text)
    assert "'Nowhere Street' is not a site of" in said
    assert "on record are: Mill Lane" in said
    reversed_ = {
        **typed,
        "proposal.sites": "Mill Lane",
        "proposal.ends_on.day": "1",
        "proposal.ends_on.month": "11",
    }
    answer = browser.send(
        PROPOSE, form,
        **{**reversed_, "proposal.ends_on.year": "2026", "proposal.provider_id": str(PROVIDER), "action": "check"},
    )  # fmt: skip
    assert 'href="#proposal.ends_on.day"' in answer.text
    assert "1 November 2026 is before the first day, 1 December 2026" in text_of(answer.text)


def test_the_plan_that_is_written_stands_in_its_form(service: Service, browser: Browser) -> None:
    until(service, "write_plan")
    browser.sign_in("officer@example")
    plan = service.get(HERE).json()["plan"]
    form = browser.get(f"{HERE}/write-plan")
    assert plan["baseline"] in text_of(form.text)
    typed = fields_of(form.text, f"{HERE}/write-plan")
    assert typed["plan.timetable.rows"] == str(len(plan["timetable"]))
    assert typed["plan.objectives.0.by.year"] == plan["objectives"][0]["by"][:4]


def test_a_part_time_week_leads_to_the_plan_and_missing_views_to_whose_they_are() -> None:
    file = {"id": str(PLACEMENT)}
    offers: list[dict[str, Any]] = [
        {"name": name, "permitted": True, "open": True, "reasons": []}
        for name in ("write_plan", "record_views")
    ]
    cures = cures_of(file, offers)
    assert cures["a_part_time_week_is_accounted_for"].href == f"{HERE}/write-plan"
    assert "views.whose=parent" in cures["a_parent_was_asked"].href
    assert "views.whose=child" in cures["the_child_was_asked"].href


def test_the_link_for_the_parents_views_opens_the_form_for_a_parent(
    service: Service, browser: Browser
) -> None:
    until(service, "record_earlier_support")
    browser.sign_in("officer@example")
    assert "record-views?views.whose=parent" in browser.get(HERE).text
    form = browser.get(f"{HERE}/record-views?views.whose=parent&views.phase=before")
    typed = fields_of(form.text, f"{HERE}/record-views")
    assert (typed["views.whose"], typed["views.phase"]) == ("parent", "before")


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        ({"permitted": False, "open": False, "reasons": []}, "your roles do not open this form"),
        (
            {"permitted": True, "open": False, "reasons": [{"message": "There is none to accept yet."}]},
            "not yet. There is none to accept yet.",
        ),
    ],
)
def test_what_is_not_open_says_who_or_what_comes_first(offer: dict[str, object], said: str) -> None:
    cure = cures_of({"id": str(PLACEMENT)}, [{"name": "accept_risk", **offer}])[
        "a_second_person_accepted_the_risk"
    ]
    assert said in cure.words
    assert not cure.href


def test_who_leaves_tomorrow_open_reads_the_answer_before_it_is_given(
    service: Service, browser: Browser
) -> None:
    until(service, "start_placement")
    browser.sign_in("officer@example")
    address = f"{HERE}/start-contingency"
    typed = {
        "cause": "other", "what_happened": "It ended.", "on.day": "23", "on.month": "11", "on.year": "2026"
    }  # fmt: skip
    check = browser.send(address, browser.get(address), **typed, action="check")
    said = text_of(check.text)
    assert "Check before you decide" in said
    assert "You do not say where the child is: back at the home school from 24 November 2026 on." in said
