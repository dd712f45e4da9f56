"""The form of every command: what is wrong stands at its field, what was typed stays, and it is done once."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from pydantic import ValidationError

from api.commands import NOT_OVER_HTTP
from api.json_body import reasons_of
from api.pages.forms.complaints import errors_of
from api.pages.forms.filling import Filling, blank
from api.pages.forms.shape import Shape, shape_of
from api.pages.forms.typed import Typed
from api.pages.the_api import ApiRefused
from api.problem import shown
from domain.codes import CODE_SETS
from projections.fact_words import CODES_OF, answer_in_words
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import CHILD, PLACEMENT
from workflows.catalogue import COMMANDS, RECORDS
from workflows.examples import EXAMPLES

OVER_HTTP = sorted(
    name
    for name, command in COMMANDS.items()
    if name not in NOT_OVER_HTTP and command.target in RECORDS.values()
)


class _Ids(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("id"):
            self.ids.append(str(said["id"]))
        if tag == "a" and (said.get("href") or "").startswith("#") and said.get("class") is None:
            self.links.append(str(said["href"])[1:])


def _summary(html: str) -> tuple[list[str], list[str]]:
    found = _Ids(html)
    return found.links, found.ids


def _fields(shape: Shape, path: str = "") -> list[str]:
    found = []
    for part in shape.parts:
        at = f"{path}.{part.name}" if path else part.name
        found += [at, *_fields(part, f"{at}.0" if part.kind == "rows" else at)]
    return found


@pytest.fixture
def drawn(service: Service) -> Any:
    """Draws a form as the site does, without asking the API."""
    from starlette.requests import Request

    drawing = service.app.state.site.state.drawing if hasattr(service.app.state, "site") else None
    from api.pages.drawing import Drawing
    from api.pages.static_files import Assets

    drawing = drawing or Drawing(Assets())

    def draw(filling: Filling) -> str:
        request = Request({"type": "http", "headers": [], "path": "/", "query_string": b"", "method": "GET"})
        context = {
            "filling": filling,
            "typed": filling.typed,
            "title": "T",
            "sentence": "",
            "record": {},
            "page": "/x",
        }
        more = {
            "about": "/placements/x",
            "changes": {},
            "errors": filling.errors,
            "form_token": "t",
            "navigation": [],
        }
        return bytes(drawing.page(request, "form.html", {**context, **more}).body).decode()

    return draw


def test_an_empty_form_of_every_command_says_at_each_field_what_is_missing(drawn: Any) -> None:
    for name in OVER_HTTP:
        shape = shape_of(name)
        typed = Typed()
        try:
            COMMANDS[name].model_validate({})
            continue
        except ValidationError as wrong:
            reasons = [shown(reason) for reason in reasons_of(wrong)]
        refused = ApiRefused(422, {"type": "/problems#invalid", "reasons": reasons})
        errors = errors_of(shape, typed, refused)
        links, ids = _summary(drawn(Filling(shape, typed, errors=errors)))
        assert len(links) == len(errors.points) > 0, name
        assert set(links) <= set(ids), name
        assert all(re.match(r"(Enter|Choose|Add) ", point.said) for point in errors.points), (
            name,
            errors.points,
        )


def test_whatever_field_a_reason_names_the_summary_leads_to_something_on_the_page(drawn: Any) -> None:
    for name in OVER_HTTP:
        shape = shape_of(name)
        typed = blank(shape, 3, 7)
        fields = [*_fields(shape), "decision.known_at", "child", "sites", "nothing.like.it"]
        reasons = [
            {"code": "c", "message": f"About {at}.", "source": "", "rule": "", "field": at} for at in fields
        ]
        refused = ApiRefused(422, {"type": "/problems#invalid", "reasons": reasons})
        html = drawn(Filling(shape, typed, errors=errors_of(shape, typed, refused)))
        links, ids = _summary(html)
        assert set(links) <= set(ids), name
        assert len(ids) == len(set(ids)), name
        assert all(f"About {at}." in html for at in fields), name


def test_every_code_is_said_with_its_meaning() -> None:
    def choices(shape: Shape) -> list[tuple[str, str]]:
        own = [(shape.name, value) for value in shape.of]
        return own + [found for part in shape.parts for found in choices(part)]

    for command in OVER_HTTP:
        for name, value in choices(shape_of(command)):
            said = answer_in_words(name, value)
            assert "_" not in said, (command, name, value)
            if name in CODES_OF and value in CODE_SETS[CODES_OF[name]]:
                assert said.startswith(f"{value}: "), (command, name, value)


def test_a_form_with_nothing_in_it_keeps_the_page_and_says_so(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/record-consultation"
    page = browser.get(address)
    again = browser.send(address, page, action="check")
    assert again.status_code == 200
    assert "<title>Error: Record consultation" in again.text
    assert 'href="#consultation.on.day"' in again.text
    words = text_of(again.text)
    assert "There is a problem" in words
    assert "Choose an answer: who was consulted" in words or "Choose an answer: with whom" in words


def _typed(name: str, **more: str) -> dict[str, Any]:
    from api.pages.forms.beginning import typed_from

    texts = typed_from(shape_of(name), EXAMPLES[name]).texts
    return texts | {key: [value] for key, value in more.items()}


def version(service: Service) -> int:
    """How many events the placement has."""
    return int(service.get(f"/placements/{PLACEMENT}").json()["version"])


def test_what_is_checked_and_sent_twice_is_done_once(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/assess-needs"
    check = browser.send(address, browser.get(address), **_typed("assess_needs"), action="check")
    assert "Check before you decide: assess needs" in text_of(check.text)
    assert "SEMH: social, emotional and mental health" in text_of(check.text)
    before = version(service)
    assert "done=assess_needs" in str(browser.send(address, check, action="send").url)
    once = version(service)
    assert "done=assess_needs" in str(browser.send(address, check, action="send").url)
    assert before < once == version(service)


MANY_DIGITS = "9" * 5_000


@pytest.mark.parametrize(
    "changed",
    [
        {"seen_version": MANY_DIGITS},
        {"seen_version": "four"},
        {"seen_position": MANY_DIGITS},
        {"action": f"remove:decision.evidence.{MANY_DIGITS}"},
        {"form_key": "\N{SNOWMAN}"},
        {"form_key": "two words"},
    ],
    ids=lambda changed: "_".join(f"{name[:20]}={value[:10]}" for name, value in changed.items()),
)
def test_a_form_that_was_changed_on_its_way_is_told_so_and_does_nothing(
    service: Service, browser: Browser, changed: dict[str, str]
) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/assess-needs"
    check = browser.send(address, browser.get(address), **_typed("assess_needs"), action="check")
    before = version(service)
    sent = browser.send(address, check, **{"action": "send", "decision.evidence.rows": "1", **changed})
    assert sent.status_code == 400
    assert "This form was changed on its way" in text_of(sent.text)
    assert version(service) == before


def test_a_box_that_no_page_has_is_left_alone(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/assess-needs"
    odd = {"decision.evidence.rows": "2", f"decision.evidence.{MANY_DIGITS}.what": "A note"}
    again = browser.send(address, browser.get(address), **odd, action="remove:decision.evidence.0")
    assert again.status_code == 200
    assert 'name="decision.evidence.rows" value="1"' in again.text


def test_a_date_of_any_length_is_only_no_date(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/record-consultation"
    day = {"consultation.on.day": "1", "consultation.on.month": "9" * 30, "consultation.on.year": "2026"}
    again = browser.send(address, browser.get(address), **day, action="check")
    assert again.status_code == 200
    assert "It must be a real date" in text_of(again.text)


def test_with_other_answers_the_same_form_is_not_done_again(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/record-consultation"
    check = browser.send(address, browser.get(address), **_typed("record_consultation"), action="check")
    browser.send(address, check, action="send")
    # Back in the browser, another word, and once more.
    again = browser.send(address, check, **{"consultation.said": "Something else."}, action="send")
    assert "You sent this form before, and it was done" in again.text
    assert "Something else." in again.text


def test_when_somebody_was_faster_both_versions_are_shown_and_nothing_typed_is_lost(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/assess-needs"
    page = browser.get(address)
    service.do("change_home_school", who="senior", home_school_id=None)
    changed = browser.send(address, page, **_typed("assess_needs"), action="check")
    words = text_of(changed.text)
    assert changed.status_code == 200
    assert "Somebody changed this record after you opened the form" in words
    assert "When you opened the form" in words
    assert "Home school" in words
    assert "Senior (senior officer)" in words
    assert EXAMPLES["assess_needs"]["assessment"]["summary"] in words
    check = browser.send(address, changed, **_typed("assess_needs"), action="check")
    assert "Check before you decide" in check.text


def test_who_was_signed_out_meanwhile_signs_in_and_goes_on_with_all_that_was_typed(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/record-consultation"
    page = browser.get(address)
    service.client.cookies.clear()
    before = version(service)
    waiting = browser.send(address, page, **_typed("record_consultation"), action="check")
    assert "You are signed out" in text_of(waiting.text)
    browser.sign_in("officer@example")
    kept = browser.send(address, waiting, action="check")
    assert "Your answers are kept" in text_of(kept.text)
    notes = EXAMPLES["record_consultation"]["consultation"]["said"]
    assert notes in kept.text
    check = browser.send(address, kept, **_typed("record_consultation"), action="check")
    assert version(service) == before
    assert "done=record_consultation" in str(browser.send(address, check, action="send").url)


def test_a_text_of_a_million_letters_is_answered_in_plain_words(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/record-consultation"
    page = browser.get(address)
    long = browser.send(
        address, page, **_typed("record_consultation", **{"consultation.said": "a" * 9_000}), action="check"
    )
    assert "Shorten this to 8,000 characters or fewer" in long.text
    much = browser.send(
        address,
        page,
        **_typed("record_consultation", **{"consultation.said": "a" * 1_100_000}),
        action="check",
    )
    assert "All answers together may have about a million characters" in much.text
    whole = browser.send(address, page, **{"consultation.said": "a" * 5_000_000}, action="check")
    assert whole.status_code == 413
    assert "This is too much at once" in whole.text


def test_what_a_rule_forbids_is_told_with_every_reason_and_its_source(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("complete_contract")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/start-placement"
    refused = browser.send(address, browser.get(address), **_typed("start_placement"), action="check")
    words = text_of(refused.text)
    assert "This cannot be done yet" in words
    reasons = service.do("start_placement").json()["reasons"]
    assert len(reasons) > 2
    assert all(reason["message"] in words for reason in reasons)
    assert any(
        f'request-override?rules={one["rule"]}"' in refused.text
        for one in reasons
        if one["may_be_overridden"]
    )


def test_what_was_written_down_wrongly_is_put_right_where_it_stands(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("assess_needs")
    browser.sign_in("officer@example")
    address = f"/placements/{PLACEMENT}/correct-record"
    which = browser.get(address)
    link = next(
        href
        for href in re.findall(rf'href="({address}\?version=\d+)"', which.text)
        if "assessment" in browser.get(href).text
    )
    page = browser.get(link)
    said = EXAMPLES["assess_needs"]["assessment"]
    assert said["summary"] in page.text

    version = link.rpartition("=")[2]
    row = next(
        one
        for one in service.get(f"/placements/{PLACEMENT}/correctable").json()["rows"]
        if str(one["version"]) == version
    )
    from api.pages.forms.putting_right import PuttingRight

    right = PuttingRight(shape_of("correct_record"), row)
    typed = Typed()
    right.begin(typed)
    nothing = browser.send(address, page, **typed.texts, action="check")
    assert "Enter why it is corrected" in text_of(nothing.text) or "Change at least one answer" in text_of(
        nothing.text
    )
    texts = {
        **typed.texts,
        "changes.assessment.summary": ["It reads otherwise."],
        "why": ["A slip of the pen."],
    }
    check = browser.send(address, page, **texts, action="check")
    assert "It reads otherwise." in check.text, text_of(check.text)
    done = browser.send(address, check, action="send")
    assert "done=correct_record" in str(done.url)
    assert service.get(f"/placements/{PLACEMENT}").json()["needs"]["summary"] == "It reads otherwise."


def test_only_what_the_person_may_do_is_on_offer(service: Service) -> None:
    service.walk.live_until("refer_child")
    mine = {row["name"] for row in service.get(f"/children/{CHILD}/commands").json()["rows"]}
    assert {"record_sen", "record_exclusion"} <= mine
    assert service.get(f"/children/{CHILD}/commands", "auditor").json()["rows"] == []
    assert {row["name"] for row in service.get("/commands").json()["rows"]} >= {
        "refer_child",
        "draft_agreement",
    }
    assert service.get("/commands", "provider").json()["rows"] == []
    assert service.get(f"/children/{CHILD}/commands", "stranger").status_code == 404
