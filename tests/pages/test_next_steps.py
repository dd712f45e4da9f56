"""The due list leads whoever a duty falls to, to the form that meets it."""

from __future__ import annotations

import pytest

from api.pages.forms.shape import shape_of
from api.pages.next_step import NO_FORM, REGISTER, STEPS, Step, next_steps
from domain.duties.all_duties import WAYS
from domain.events import Event
from domain.time_rules import TIME_RULES
from tests.api.people import Service
from tests.conformance.every_command import performed
from tests.pages.browser import Browser, fields_of, text_of
from tests.pages.test_today import caught_up
from tests.support.walk import CHILD, PLACEMENT

HERE = f"/placements/{PLACEMENT}"
MEETS = {rule: steps[-1] for rule, steps in STEPS.items()}


def test_every_rule_leads_somewhere_or_says_why_not() -> None:
    assert set(STEPS) | set(REGISTER) | set(NO_FORM) == set(TIME_RULES)
    assert len(STEPS) + len(REGISTER) + len(NO_FORM) == len(TIME_RULES)


@pytest.mark.parametrize("command", sorted({step.command for step in MEETS.values()}))
def test_the_last_form_writes_what_meets_the_duty(command: str) -> None:
    written: set[type[Event]] = {type(event) for event in performed(command).history.events[-8:]}
    for rule, step in MEETS.items():
        if step.command == command:
            assert written & set(WAYS[rule].completed_by), rule


@pytest.mark.parametrize(
    "step", {(s.command, s.anchor_in): s for r in STEPS.values() for s in r}.values(), ids=str
)
def test_what_the_duty_says_of_the_form_has_its_field_there(step: Step) -> None:
    parts = {part.name: part for part in shape_of(step.command).parts}
    for path in (*(step.said or {}), *([step.anchor_in] if step.anchor_in else [])):
        outer, _, inner = path.partition(".")
        assert outer in parts
        assert not inner or inner in {part.name for part in parts[outer].parts}


def test_a_breakdown_without_an_answer_leads_to_the_answer(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    nowhere = {"where": "no_education", "from_on": "2026-11-23", "what": "Nothing yet.", "owner": "Officer"}
    service.walk.do("record_breakdown", tomorrow=nowhere)
    caught_up(service)
    forms = [f"{HERE}/answer-tomorrow", f"{HERE}/recover-placement"]
    today = browser.sign_in("officer@example").text
    for page in (today, browser.get("/due").text, browser.get(HERE).text):
        assert all(f'href="{form}"' in page for form in forms)
    assert "Answer tomorrow for Robin Sample" in text_of(today)
    assert {browser.get(form).status_code for form in forms} == {200}
    # Inspectors know of it, and have nothing to do about it.
    browser.sign_in("auditor@example")
    inspected = browser.get("/due").text
    assert "Robin Sample" in inspected
    assert not any(form in inspected for form in forms)
    assert "owed by" in text_of(inspected)
    assert "owed by" not in text_of(today)


def row(**said: str | None) -> dict[str, str | None]:
    """A duty of the list."""
    of = {"placement_id": "p", "child_id": "c", "provider_id": "v", "organisation_id": "o", "file_id": "c"}
    return {**of, "anchor_on": "2026-11-09", "due_on": "2026-11-16", **said}


def test_what_is_known_stands_in_the_form_already(service: Service, browser: Browser) -> None:
    me = {"organisation_id": "o", "provider_id": None, "roles": ["school_lead"]}
    [step] = next_steps(row(rule="T12", owner="school", child_id=str(CHILD)), me)
    service.walk.live_until("refer_child")
    browser.sign_in("head@example")
    page = browser.get(step["href"]).text
    typed = fields_of(page, f"/children/{CHILD}/record-return-sent")
    assert typed["sent.kind"] == "deletion"
    assert [typed[f"sent.about_on.{part}"] for part in ("day", "month", "year")] == ["9", "11", "2026"]


def test_a_silence_leads_to_the_register_of_its_day() -> None:
    me = {"organisation_id": "x", "provider_id": "v", "roles": ["provider_staff"]}
    found = next_steps(row(rule="T47", owner="provider", organisation_id=None), me)
    assert [step["href"] for step in found] == ["/register?on=2026-11-16"]
    assert next_steps(row(rule="T47", owner="provider", provider_id="another"), me) == []
