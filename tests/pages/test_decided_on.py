"""What a decision is taken on stands above the questions of its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.pages.forms.decided_on import DECIDED_ON, PARTS, decided_on
from api.pages.placement_sections import SECTIONS
from api.pages.what_is_meant import with_what_is_meant
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import PLACEMENT
from workflows.catalogue import COMMANDS
from workflows.placement_moves import PLACEMENT as TABLE

HERE = f"/placements/{PLACEMENT}"
ANSWERS = (
    "accept_",
    "approve_",
    "decline_",
    "refuse_",
    "lift_hold",
    "answer_rectification",
    "resolve_",
    "settle_",
)
"""Beginnings of the names of decisions about what somebody else wrote down."""


def test_every_move_and_every_answer_to_somebody_else_says_what_it_is_decided_on() -> None:
    moves = {name for name, row in TABLE.rows.items() if row.to is not None and not row.opens}
    answers = {name for name in COMMANDS if name.startswith(ANSWERS)}
    assert len(answers) > 6
    assert (moves | answers) - set(DECIDED_ON) == set()
    assert set(DECIDED_ON) <= set(COMMANDS)
    lines = {line for section in SECTIONS for line in section.lines}
    assert {name for names in DECIDED_ON.values() for name in names} <= set(PARTS) | lines


@pytest.mark.parametrize(
    ("until", "who", "form", "part"),
    [
        ("assess_risk", "senior", "accept-risk", lambda file: file["risk"]["hazards"][0]["what"]),
        ("assess_suitability", "officer", "confirm-suitability", lambda file: "What you decide on The place proposed"),
        (
            "sign_individual_agreement",
            "officer",
            "complete-contract",
            lambda file: file["commission"]["targets"]["achievement"],
        ),
        ("start_placement", "senior", "end-placement", lambda file: "Nothing yet under "),
    ],
)  # fmt: skip
def test_the_form_shows_what_its_decision_is_taken_on(
    service: Service, browser: Browser, until: str, who: str, form: str, part: Callable[[Any], str]
) -> None:
    service.walk.live_until(until)
    browser.sign_in(f"{who}@example")
    said = text_of(browser.get(f"{HERE}/{form}").text)
    assert "What you decide on" in said
    assert part(service.get(HERE).json()) in said


def test_the_second_person_reads_who_prepared_the_assessment_by_name(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("assess_risk")
    browser.sign_in("senior@example")
    page = browser.get(f"{HERE}/accept-risk")
    said = text_of(page.text)
    file = service.get(HERE).json()
    assert file["risk_prepared_by"] not in said
    for hazard in file["risk"]["hazards"]:
        assert hazard["what"] in said
    assert said.index("What you decide on") < said.index("Continue")


def test_no_two_things_of_a_form_have_the_same_name(service: Service, browser: Browser) -> None:
    service.walk.live_until("record_review")
    browser.sign_in("officer@example")
    for name in DECIDED_ON:
        if name in TABLE.rows:
            page = browser.get(f"{HERE}/{name.replace('_', '-')}")
            ids = [part.split('"')[0] for part in page.text.split(' id="')[1:]]
            assert page.status_code == 200
            assert len(ids) == len(set(ids)), name


def test_a_provider_reads_on_a_form_only_what_it_is_shown(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    browser.sign_in("provider@example")
    file = service.get(HERE, "provider").json()
    hidden = [name for name in DECIDED_ON["end_placement"] if name not in file]
    said = browser.get(f"{HERE}/end-placement").text
    assert all(f'id="read-{name}"' not in said for name in hidden)


def test_the_page_of_a_decision_says_names_and_claims_no_more_than_is_known(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("accept_risk")
    browser.sign_in("officer@example")
    file = service.get(HERE).json()
    row = next(
        r for r in service.get(f"{HERE}/decisions").json()["rows"] if r["event"] == "placement.risk_accepted"
    )
    page = browser.get(row["href"])
    said = text_of(page.text)
    way = text_of(page.text.split('class="govuk-breadcrumbs', 1)[1].split("</ol>")[0])
    assert file["child"]["name"] in way
    assert "The record" not in way
    assert file["risk_prepared_by"] not in said
    assert "screen" not in said
    assert f"The record stood at entry {row['position'] - 1} of the history" in said


def test_who_answers_a_request_to_put_something_right_reads_words_and_no_numbers() -> None:
    said = {"request": 4, "fields": ["words"], "outcome": "", "statement": "It was the bus."}
    meant = {"record_id": str(PLACEMENT), "version": 3, "about": "Contact with the parent was logged."}
    file = {"name": "Robin", "rectifications": [{**said, **meant}, {**said, "record_id": "x", "version": 1}]}
    first, second = with_what_is_meant(file)["rectifications"]
    assert first == {**said, "about": meant["about"]}
    assert second["version"] == 1
    shown = decided_on("answer_rectification", with_what_is_meant(file), {})
    assert shown.file["rectifications"][0]["statement"] == "It was the bus."
    assert "rectifications" not in with_what_is_meant({"name": "Robin"})


def test_an_empty_form_of_a_gate_says_what_is_missing_and_leads_to_it(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("assess_risk")
    browser.sign_in("senior@example")
    page = browser.get(f"{HERE}/start-placement").text
    said = text_of(page)
    assert "things are missing" in said
    assert said.index("A second person must read and accept") < said.index("What you decide on")
    assert f'href="{HERE}/accept-risk"' in page


def test_a_notice_is_looked_for_only_where_a_school_directs_off_site() -> None:
    def parts(route: str, notice: Any) -> set[str]:
        record = {"route": route, "notice": notice, "transport": None}
        return {part.field for part in decided_on("start_placement", record, {}).parts}

    assert parts("section_19_other", None) == {"transport"}
    assert parts("off_site_direction", None) == {"transport", "notice"}
    assert parts("section_19_other", {"served_on": "2026-11-02"}) == {"transport", "notice"}
