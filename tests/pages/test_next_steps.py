"""The due list leads whoever a duty falls to, to the form that meets it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from api.pages.about_duty import about_duty, owed_by
from api.pages.forms.shape import shape_of
from api.pages.next_step import NO_FORM, REGISTER, STEPS, Step, falls_to, next_steps
from api.pages.still_owed import SHORT, still_owed
from api.pages.why_nothing import why_nothing
from domain.duties.all_duties import WAYS
from domain.duties.duty import State
from domain.events import Event
from domain.stages import Stage
from domain.time_rules import TIME_RULES
from projections.falling_to import ROLES
from tests.api.people import Service
from tests.conformance.every_command import performed
from tests.pages.browser import Browser, fields_of, text_of
from tests.pages.test_today import caught_up
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER, PROVIDER_OFFICE, SCHOOL
from workflows.placement_moves import PLACEMENT as MOVES

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


OWES: dict[str, str] = {
    "commissioner": str(AUTHORITY), "local_authority": str(AUTHORITY), "social_worker": str(AUTHORITY),
    "controller": str(AUTHORITY), "safeguarding_lead": str(AUTHORITY),
    "school": str(SCHOOL), "head": str(SCHOOL), "governing_body": str(SCHOOL),
}  # fmt: skip
"""Who owes a duty of the examples."""


def row(rule: str, **said: str | None) -> dict[str, str | None]:
    """A duty of the list."""
    of = {"placement_id": PLACEMENT, "child_id": CHILD, "provider_id": PROVIDER, "commissioner_id": AUTHORITY,
          "home_school_id": SCHOOL, "authority_id": AUTHORITY}  # fmt: skip
    owner = TIME_RULES[rule].owner
    owes = OWES.get(owner)
    days = {"anchor_on": "2026-11-09", "due_on": "2026-11-16"}
    about = {name: str(id) for name, id in of.items()}
    if owes and owner != "controller":
        about["commissioner_id"] = owes
    known = {"rule": rule, "owner": owner, "organisation_id": owes, "file_id": owes, "stage": "active"}
    return {**about, **days, **known, "state": "overdue", "done_on": None, **said}


def one_of(owner: str, *roles: str) -> dict[str, Any]:
    """Somebody who works for who owes it."""
    of_provider = owner == "provider"
    kind = "provider" if of_provider else "school" if OWES[owner] == str(SCHOOL) else "local_authority"
    organisation = str(PROVIDER_OFFICE) if of_provider else OWES[owner]
    return {"person_id": "p", "name": "P", "organisation_id": organisation, "organisation_kind": kind,
            "provider_id": str(PROVIDER) if of_provider else None, "roles": list(roles)}  # fmt: skip


def commands_of(row: dict[str, str | None], me: dict[str, Any]) -> set[str]:
    """The commands whose forms are offered."""
    return {step["href"].split("?")[0].split("/")[-1].replace("-", "_") for step in next_steps(row, me)}


def test_a_form_is_offered_at_the_stages_at_which_its_command_can_be_given_and_at_no_other() -> None:
    for rule, steps in STEPS.items():
        owner = TIME_RULES[rule].owner
        if owner == "parent":
            # A family has no list here.
            continue
        me = one_of(owner, *(str(role) for role in ROLES[owner]), "safeguarding_lead", "administrator")
        for stage in Stage:
            possible = {
                step.command
                for step in steps
                if step.command not in MOVES.rows or stage in MOVES.rows[step.command].source
            }
            assert commands_of(row(rule, stage=stage.value), me) == possible, (rule, stage)


def test_a_review_is_recorded_where_it_was_called_and_not_while_the_placement_breaks_down() -> None:
    for rule in ("T14", "T16", "T41"):
        me = one_of(TIME_RULES[rule].owner, "commissioner", "school_lead")
        assert commands_of(row(rule), me) == {"call_review"}
        assert commands_of(row(rule, stage="review"), me) == {"record_review"}
        assert commands_of(row(rule, stage="breakdown"), me) == set()


@pytest.mark.parametrize("state", ["done", "done_late", "lapsed"])
def test_what_is_over_leads_nowhere(state: str) -> None:
    officer = one_of("commissioner", "commissioner")
    assert next_steps(row("T16"), officer)
    assert next_steps(row("T16", state=state), officer) == []


def test_a_concern_about_safety_is_resolved_by_those_who_lead_on_it() -> None:
    concern = row("T17", stage="breakdown")
    assert commands_of(concern, one_of("commissioner", "commissioner")) == set()
    assert commands_of(concern, one_of("commissioner", "commissioner", "safeguarding_lead")) == {
        "resolve_safeguarding"
    }


def test_every_form_that_a_list_offers_to_anybody_opens(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    service.walk.do("report_safeguarding_concern")
    caught_up(service)
    offered = 0
    for who in ("officer", "senior", "safeguarder", "head", "provider", "admin"):
        browser.sign_in(f"{who}@example")
        lists = "".join(browser.get(f"/due?state={state}").text for state in State)
        for line in re.findall(r'<p class="govuk-body-s app-duties__steps">(.*?)</p>', lists):
            for href in re.findall(r'href="([^"]+)"', line):
                page = browser.get(unescape(href))
                assert page.status_code == 200, (who, href)
                assert "possible in:" not in page.text
                offered += 1
    assert offered


def test_no_form_says_already_on_which_day_something_was_done() -> None:
    when = {step.anchor_in for steps in STEPS.values() for step in steps if step.anchor_in}
    # The day of a session, of an exclusion, and what a return is about: none is the day on which somebody met the duty.
    assert when == {"day", "told.excluded_on", "sent.about_on"}
    school = one_of("school", "school_lead")
    for rule in ("T8", "T9"):
        [step] = next_steps(row(rule), school)
        assert "contact.with_whom" in step["href"]
        assert "2026" not in step["href"]


def test_what_is_known_stands_in_the_form_already(service: Service, browser: Browser) -> None:
    [step] = next_steps(row("T12"), one_of("school", "school_lead"))
    service.walk.live_until("refer_child")
    browser.sign_in("head@example")
    page = browser.get(step["href"]).text
    typed = fields_of(page, f"/children/{CHILD}/record-return-sent")
    assert typed["sent.kind"] == "deletion"
    assert [typed[f"sent.about_on.{part}"] for part in ("day", "month", "year")] == ["9", "11", "2026"]


def test_a_silence_leads_to_the_register_of_its_day() -> None:
    me = one_of("provider", "provider_staff")
    found = next_steps(row("T47", organisation_id=None), me)
    assert [step["href"] for step in found] == ["/register?on=2026-11-16"]
    assert next_steps(row("T47", provider_id=str(CHILD)), me) == []


def test_a_line_says_which_placement_and_which_day_it_is_about_and_who_owes_it_by_name() -> None:
    absence = row("T9", anchor_on="2026-11-16", provider_name="Invented Workshop", started_on="2026-11-02")
    assert about_duty(absence, True) == (
        "About the absence of 16 November 2026, in the placement at Invented Workshop from 2 November 2026"
    )
    assert about_duty(absence, False) == "About the absence of 16 November 2026"
    review = row("T41", provider_name="Invented Workshop", started_on=None)
    assert about_duty(review, True) == "About the placement at Invented Workshop"
    assert about_duty(review, False) == ""
    assert (
        owed_by(row("T43", provider_name="Invented Workshop", organisation_name=None)) == "Invented Workshop"
    )
    assert owed_by(row("T43", provider_name=None, organisation_name=None)) == "the provider"


def test_where_there_is_nothing_to_press_it_is_said_why() -> None:
    officer = one_of("commissioner", "commissioner")
    review = row("T41", stage="breakdown")
    said = why_nothing(review, officer)
    assert said.startswith("First settle the breakdown: recover the placement, replace it or end it.")
    assert "\u201cRecord review\u201d is open at" in said
    assert "The safeguarding lead decides" in why_nothing(row("T17", stage="breakdown"), officer)
    lead = one_of("commissioner", "commissioner", "safeguarding_lead")
    assert why_nothing(row("T17", stage="breakdown"), lead) == ""
    assert why_nothing(row("T41", stage="active"), officer) == ""
    for rule in TIME_RULES:
        for stage in Stage:
            owner = TIME_RULES[rule].owner
            if owner not in OWES and owner != "provider":
                continue
            for role in ROLES[owner]:
                one, me = row(rule, stage=stage.value), one_of(owner, role.value)
                if falls_to(one, me):
                    assert next_steps(one, me) or why_nothing(one, me), (rule, stage, role)


@pytest.mark.parametrize(
    ("rule", "started_on", "said"),
    [
        ("T16", "2026-10-23", SHORT),
        ("T16", "2026-10-17", SHORT),
        ("T16", "2026-10-16", ""),
        ("T16", "2026-10-24", ""),
        ("T41", "2026-10-23", ""),
    ],
)
def test_why_a_review_is_asked_for_in_a_piece_of_a_half_term_is_said(
    rule: str, started_on: str, said: str
) -> None:
    one = row(rule, due_on="2026-10-23", started_on=started_on, lapsed_on=None)
    assert still_owed(one) == said
    assert still_owed({**one, "state": "done_late"}) == ""
