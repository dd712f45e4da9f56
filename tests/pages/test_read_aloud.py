"""Pages as they are read aloud or copied: nothing runs together, nothing is said twice, and no name of the code is left in a hint."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from api.pages.forms.shape import Shape, shape_of
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import PLACEMENT
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES


def caught_up(service: Service) -> None:
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


def test_whose_decision_waits_is_said_once(service: Service, browser: Browser) -> None:
    service.walk.live_until("assess_risk")
    caught_up(service)
    said = text_of(browser.sign_in("senior@example").text)
    assert "Accept risk for Robin Sample" in said
    assert "for Robin Sample for Robin Sample" not in said


def test_what_was_reported_beside_the_timetable_is_two_things(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    plan = deepcopy(EXAMPLES["write_plan"]["plan"])
    mornings = [one for one in plan["timetable"] if one["half"] == "am"]
    service.walk.do("write_plan", plan={**plan, "timetable": mornings})
    caught_up(service)
    browser.sign_in("provider@example")
    page = browser.get("/register")
    assert (
        "Not expected for a half of this day. The timetable of the plan has Monday morning, Tuesday morning and Wednesday morning here."
        in text_of(page.text)
    )
    sent = browser.send("/register", page, **{f"{PLACEMENT}.pm": "present"})
    assert "not expected, reported" in text_of(sent.text)


def _parts(parts: tuple[Shape, ...]) -> Iterator[Shape]:
    for part in parts:
        yield part
        yield from _parts(part.parts)


def test_no_form_shows_a_name_of_the_code() -> None:
    for name in COMMANDS:
        for part in _parts(shape_of(name).parts):
            assert "`" not in f"{part.label} {part.hint}", (name, part.name)
    [inspectorate] = [
        part
        for part in _parts(shape_of("record_inspection_notice").parts)
        if part.name.endswith("inspectorate")
    ]
    assert inspectorate.hint == "Who inspects; \u201cOfsted and CQC\u201d for the inspection of an area."


def test_a_hint_is_a_whole_sentence_and_not_its_question_again() -> None:
    for name in COMMANDS:
        for part in _parts(shape_of(name).parts):
            assert not part.hint or part.hint.rstrip(".").lower() != part.label.rstrip("?.").lower(), (
                name,
                part.name,
            )
            assert part.hint.count("(") == part.hint.count(")"), (name, part.name, part.hint)
