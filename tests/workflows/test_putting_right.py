"""What a family says is wrong: it is asked once, of what was written down, and answered as put right only where it was."""

from __future__ import annotations

from typing import Any

import pytest

from domain.child import Child
from tests.support.story import Story
from tests.support.walk import CHILD, OFFICER, PLACEMENT, PROVIDER, PROVIDER_STAFF
from tests.workflows.test_attending import REGISTRAR, register, reported, session

ANSWER = ("answer_rectification", CHILD, OFFICER)
CORRECTED: dict[str, Any] = {"outcome": "corrected", "refused": []}


@pytest.fixture
def coded() -> Story:
    """An afternoon that the provider reported as absent and the school coded as absent without leave."""
    return reported(Story()).given("code_session", PLACEMENT, REGISTRAR, half="pm", code="O")


def disputed(story: Story, version: int, *fields: str) -> int:
    """A parent says that this of the register is wrong; the number of the request."""
    said = {"record_id": str(register(story).id), "version": version, "fields": fields}
    story.given("request_rectification", CHILD, OFFICER, **said, asked_on="2026-11-23")
    return story.record(Child, CHILD).rectifications[-1].request


def test_the_same_code_again_puts_no_code_right(coded: Story) -> None:
    wrong = register(coded).version
    request = disputed(coded, wrong, "code")
    coded.given("code_session", PLACEMENT, REGISTRAR, half="pm", code="O", activity="Seen in town")
    coded.when(*ANSWER, request=request, **CORRECTED, correction=wrong + 1).then_refused("not_put_right")
    coded.given("code_session", PLACEMENT, REGISTRAR, half="pm", code="M")
    coded.given(*ANSWER, request=request, **CORRECTED, correction=wrong + 2)


def test_a_report_of_the_provider_puts_no_code_of_the_school_right(coded: Story) -> None:
    wrong = register(coded).version
    request = disputed(coded, wrong, "code")
    coded.given("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(half="pm", seen="late")])
    coded.when(*ANSWER, request=request, **CORRECTED, correction=wrong + 1).then_refused("no_such_correction")


def test_a_report_is_put_right_by_another_report_and_not_by_a_code(coded: Story) -> None:
    request = disputed(coded, 2, "sessions")
    coded.when(*ANSWER, request=request, **CORRECTED, correction=3).then_refused("no_such_correction")
    coded.given("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session()])
    coded.when(*ANSWER, request=request, **CORRECTED, correction=4).then_refused("not_put_right")
    coded.given("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(half="pm", seen="late")])
    coded.given(*ANSWER, request=request, **CORRECTED, correction=5)


def test_a_code_that_was_changed_back_is_not_put_right(coded: Story) -> None:
    wrong = register(coded).version
    request = disputed(coded, wrong, "code")
    coded.given("code_session", PLACEMENT, REGISTRAR, half="pm", code="M")
    coded.given("code_session", PLACEMENT, REGISTRAR, half="pm", code="O")
    coded.when(*ANSWER, request=request, **CORRECTED, correction=wrong + 1).then_refused("not_what_counts")
    coded.when(*ANSWER, request=request, **CORRECTED, correction=wrong + 2).then_refused("not_put_right")


def test_a_correction_of_another_field_or_one_that_was_taken_back_puts_nothing_right(story: Story) -> None:
    story.given("request_rectification", CHILD, OFFICER, fields=["family_name"])
    child = story.record(Child, CHILD)
    request, first, before = child.rectifications[-1].request, child.version + 1, child.family_name
    story.given("correct_child", CHILD, changes={"born_on": "2012-04-13"})
    story.when(*ANSWER, request=request, **CORRECTED, correction=first).then_refused("not_put_right")
    story.given("correct_child", CHILD, changes={"family_name": "Other"})
    story.given("correct_child", CHILD, changes={"family_name": before})
    story.when(*ANSWER, request=request, **CORRECTED, correction=first + 1).then_refused("not_what_counts")
    story.when(*ANSWER, request=request, **CORRECTED, correction=first + 2).then_refused("not_put_right")
    story.given("correct_child", CHILD, changes={"family_name": "Another"})
    story.given(*ANSWER, request=request, **CORRECTED, correction=first + 3)


def test_what_is_asked_before_it_was_written_down_is_refused(coded: Story) -> None:
    said = {"record_id": str(register(coded).id), "version": register(coded).version, "fields": ["code"]}
    coded.when("request_rectification", CHILD, OFFICER, **said, asked_on="2026-11-20").then_refused(
        "before_it_was_recorded"
    )
    [reason] = coded.reasons()
    assert (reason.field, "23 November 2026" in reason.message) == ("asked_on", True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (["family_name", "family_name"], "named_twice"),
        (["decision"], "no_such_field"),
        (["family_name", "recorded_at"], "no_such_field"),
    ],
)
def test_what_is_wrong_is_named_once_and_is_said_of_the_child(
    story: Story, fields: list[str], code: str
) -> None:
    story.when("request_rectification", CHILD, OFFICER, fields=fields).then_refused(code)
    [reason] = story.reasons()
    assert reason.field == "fields"
    assert fields[-1] in reason.message


def test_what_was_asked_and_is_open_is_not_asked_again(story: Story) -> None:
    asked = ("request_rectification", CHILD, OFFICER)
    story.given(*asked, fields=["family_name", "born_on"])
    request = story.record(Child, CHILD).version
    story.when(*asked, fields=["born_on", "family_name"]).then_refused("already_asked")
    assert f"request number {request}" in story.reasons()[0].message
    story.given(*asked, fields=["born_on", "family_name"], statement="It is another one again.")
    story.given(*asked, fields=["born_on", "family_name"], asked_by="the_child")
    story.given(*asked, fields=["born_on"])
    story.given(*ANSWER, request=request, outcome="refused", refused=["accurate"])
    story.given(*asked, fields=["family_name", "born_on"])
