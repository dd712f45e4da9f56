"""What a form means by a number or an id of ours is chosen in words, and typed nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from api.commands import NOT_OVER_HTTP
from api.pages.forms.choosing import OF_A_KIND, REGISTERS
from api.pages.forms.mentioned import EVENTS, OTHERS
from api.pages.forms.shape import Shape, shape_of
from domain.people import OrganisationKind, Role
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import CHILD, PLACEMENT, PROVIDER, PROVIDER_STAFF, SCHOOL, person
from workflows.catalogue import COMMANDS

THE_SCHOOL = person("registrar", Role.ATTENDANCE_OFFICER, at=SCHOOL, kind=OrganisationKind.SCHOOL)


def _ids(shape: Shape, path: str = "") -> Iterator[tuple[str, Shape, Shape]]:
    for part in shape.parts:
        at = f"{path}.{part.name}" if path else part.name
        if part.kind == "id":
            yield at, part, shape
        yield from _ids(part, at if part.name else path)


def test_every_record_that_a_form_means_can_be_chosen() -> None:
    typed = [
        (name, path)
        for name in sorted(set(COMMANDS) - set(NOT_OVER_HTTP))
        for path, part, around in _ids(shape_of(name))
        if part.name not in REGISTERS
        and (name, path.rstrip(".")) not in {*EVENTS, *OTHERS}
        and not (part.name == "id" and set(OF_A_KIND) & set(_choices(around)))
    ]
    assert typed == []


def _choices(around: Shape) -> tuple[str, ...]:
    return next((part.of for part in around.parts if part.name == "kind"), ())


@pytest.fixture
def officer(service: Service, browser: Browser) -> Browser:
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    browser.sign_in("officer@example")
    return browser


def test_who_says_that_something_is_wrong_chooses_the_entry_and_then_its_fields(officer: Browser) -> None:
    address = f"/children/{CHILD}/request-rectification"
    page = officer.get(address)
    assert "what is wrong?" in text_of(page.text)
    asked = urlencode({"record_id": PLACEMENT, "version": 1})
    assert f'href="{address}?{asked}"' in page.text.replace("&amp;", "&")
    form = officer.get(f"{address}?{asked}").text
    assert f'value="{PLACEMENT}" checked' in form
    assert 'type="checkbox" value="reason"' in form
    assert "The child&#39;s own record" in form


def test_who_says_that_a_code_in_the_register_is_wrong_chooses_it_there(
    service: Service, officer: Browser
) -> None:
    service.walk.do("report_day", PROVIDER, PROVIDER_STAFF)
    service.walk.do("code_session", PLACEMENT, THE_SCHOOL, half="pm", code="O")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    attendance = officer.get(f"/placements/{PLACEMENT}/attendance").text
    address = f"/children/{CHILD}/request-rectification"
    assert f'href="{address}"' in attendance
    page = officer.get(address).text
    assert "A code or a report in the attendance register (2)" in text_of(page)
    [code] = re.findall(rf'href="({address}[^"]*)">[^<]*set the code of the afternoon', page)
    form = officer.get(code.replace("&amp;", "&"))
    assert 'type="checkbox" value="code"' in form.text
    typed = {
        "fields": "code",
        "asked_by": "parent",
        "statement": "Robin was at the dentist.",
        "action": "check",
    }
    day = {"asked_on.day": "23", "asked_on.month": "11", "asked_on.year": "2026"}
    check = officer.send(address, form, **typed, **day)
    assert "set the code of the afternoon" in text_of(check.text)
    officer.send(address, check, action="send")
    [asked] = service.get(f"/children/{CHILD}").json()["rectifications"]
    assert asked["fields"] == ["code"]
    assert "set the code of the afternoon" in asked["about"]


def test_a_duty_to_escalate_is_chosen_among_those_that_are_overdue(
    service: Service, officer: Browser
) -> None:
    overdue = service.get(f"/due?placement_id={PLACEMENT}&state=overdue", "officer").json()["rows"]
    form = officer.get(f"/placements/{PLACEMENT}/escalate").text
    assert all(f'value="{row["duty_id"]}"' in form for row in overdue)
    assert overdue or "There is none yet that you may know of." in form
    assert 'name="escalation.duty_id" type="text"' not in form
    assert "escalation.due_on" not in form
    assert "escalation.rule" not in form


def test_the_rule_and_the_day_follow_from_the_duty_that_is_escalated(
    service: Service, officer: Browser
) -> None:
    rows = service.get(f"/due?placement_id={PLACEMENT}&state=ahead", "officer").json()["rows"]
    duty, address = rows[0], f"/placements/{PLACEMENT}/escalate"
    chosen = {"escalation.to": "named_officer", "escalation.duty_id": duty["duty_id"], "action": "check"}
    check = officer.send(address, officer.get(address), **chosen)
    assert "Check before you decide: escalate" in text_of(check.text)
    officer.send(address, check, action="send")
    file = service.get(f"/placements/{PLACEMENT}").json()
    kept = file["escalations"][-1]
    assert {name: kept[name] for name in ("duty_id", "rule", "due_on")} == {
        name: duty[name] for name in ("duty_id", "rule", "due_on")
    }


def test_a_duty_that_is_not_on_the_list_cannot_be_escalated(officer: Browser) -> None:
    address = f"/placements/{PLACEMENT}/escalate"
    chosen = {"escalation.to": "named_officer", "escalation.duty_id": str(CHILD), "action": "check"}
    said = text_of(officer.send(address, officer.get(address), **chosen).text)
    assert "This duty is not on the due list any more." in said


def test_a_message_is_about_a_record_found_by_name_and_asked_for_by_a_person(officer: Browser) -> None:
    form = officer.get("/new/tell").text
    assert f'value="{PLACEMENT}"' in form
    assert 'value="asked_by_a_person"' in form or ">asked_by_a_person<" in form
    assert "<option value" in form
    named = officer.get("/new/tell?record.kind=provider").text
    assert f'value="{PROVIDER}"' in named
