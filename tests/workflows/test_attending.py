"""Attendance: the provider reports, the school decides on the code, and only who was there counts as there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.attendance import Attendance
from domain.attendance_events import AttendanceOpened, SessionCoded, SessionsReported
from domain.child import Child
from domain.people import OrganisationKind, Role
from tests.support.story import Story
from tests.support.walk import (
    CHILD,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    PROVIDER_STAFF,
    SCHOOL,
    THE_SERVICE,
    person,
)
from workflows import examples as x

AUTUMN_2 = date(2026, 10, 31)
"""The first day of the second half of autumn 2026 in the example calendar."""
OTHER_CHILD = UUID("5b0f6a52-6f0e-4d8e-9d54-0000000000f1")
REGISTRAR = person("registrar", Role.ATTENDANCE_OFFICER, at=SCHOOL, kind=OrganisationKind.SCHOOL)


def reported(story: Story) -> Story:
    """A morning present and an afternoon absent."""
    return story.given_life_until("start_placement").given("report_day", PROVIDER, PROVIDER_STAFF)


def session(**changes: Any) -> dict[str, Any]:
    """One reported session with changes."""
    return {
        "placement_id": x.PLACEMENT,
        "session": {"day": "2026-11-23", "half": "am", "seen": "present", **changes},
    }


def register(story: Story) -> Attendance:
    """The placement's register of the half-term."""
    return story.record(Attendance, Attendance.id_for(PLACEMENT, AUTUMN_2))


def test_a_providers_day_opens_the_register_of_the_half_term_and_fills_it(story: Story) -> None:
    story.given_life_until("start_placement").when("report_day", PROVIDER, PROVIDER_STAFF).then(
        AttendanceOpened, SessionsReported, half_term="Autumn 2026, second half"
    )
    assert register(story).codes() == {(date(2026, 11, 23), "am"): "K", (date(2026, 11, 23), "pm"): "N"}


def test_an_absence_never_takes_the_code_of_a_session_attended(story: Story) -> None:
    reported(story)
    for code in ("K", "B", "D", "/"):
        story.when("code_session", PLACEMENT, REGISTRAR, half="pm", code=code).then_refused(
            "attended_code_without_attendance"
        )


def test_a_session_of_which_nothing_was_reported_does_not_take_it_either(story: Story) -> None:
    story.given_life_until("start_placement").when("code_session", PLACEMENT, REGISTRAR).then_refused(
        "attended_code_without_attendance"
    )


def test_the_school_decides_whether_an_absence_is_authorised(story: Story) -> None:
    reported(story).when("code_session", PLACEMENT, REGISTRAR, half="pm", code="I").then(
        SessionCoded, code="I"
    )
    totals = register(story).totals()
    assert (totals.possible, totals.attended, totals.authorised, totals.unauthorised) == (2, 1, 1, 0)


def test_a_provider_does_not_set_codes_and_reports_only_its_own_day(story: Story) -> None:
    reported(story).when("code_session", PLACEMENT, PROVIDER_STAFF).then_not_permitted()
    from domain.reasons import NotPermitted

    with pytest.raises(NotPermitted):
        story.walk.do("report_day", _another_provider(story), PROVIDER_STAFF)


def _another_provider(story: Story):  # type: ignore[no-untyped-def]
    other = PROVIDER.__class__(int=PROVIDER.int + 50)
    story.given("register_provider", other, THE_SERVICE)
    return other


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"day": "2026-11-20"}, "before_start"),
        ({"day": "2026-11-24"}, "in_the_future"),
    ],
)
def test_attendance_is_of_days_that_were(change: dict[str, Any], code: str) -> None:
    story = Story().given_life_until("start_placement")
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(), session(**change)]).then_refused(
        code
    )
    assert story.reasons()[0].field.startswith("sessions.1")


def test_a_weekend_is_no_school_day(story: Story) -> None:
    story.given_life_until("start_placement").at(datetime(2026, 11, 30, 9, tzinfo=UTC))
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(day="2026-11-28")]).then_refused(
        "not_a_school_day"
    )


def test_one_wrong_line_keeps_the_whole_day_from_being_half_recorded(story: Story) -> None:
    stranger = {**session(), "placement_id": x.SUCCESSOR}
    story.given_life_until("start_placement")
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(), stranger]).then_refused(
        "unknown_reference"
    )


def test_a_report_sent_again_replaces_what_was_said(story: Story) -> None:
    reported(story).given("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(half="pm", seen="late")])
    assert register(story).codes()[date(2026, 11, 23), "pm"] == "K"


def test_an_absence_of_which_no_one_was_told_is_pointed_out(story: Story) -> None:
    story.given_life_until("start_placement")
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(seen="absent")]).then_warned(
        "absence_not_told"
    )


def test_a_school_arranged_session_is_b_and_a_dual_registered_one_d() -> None:
    dual = Story().given(
        "change_roll", CHILD, THE_SERVICE, enrolment="S", school_id=x.AUTHORITY, from_on="2026-11-02"
    )
    reported(dual)
    assert register(dual).codes()[date(2026, 11, 23), "am"] == "D"


def test_without_a_calendar_the_register_is_kept_by_the_month(story: Story) -> None:
    story.given_life_until("start_placement").at(datetime(2026, 12, 22, 9, tzinfo=UTC))
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(day="2026-12-21")]).then(
        AttendanceOpened, SessionsReported, half_term="December 2026"
    )


def test_a_day_after_the_end_is_not_recorded(story: Story) -> None:
    story.given_life_until("end_placement").at(datetime(2026, 11, 24, 9, tzinfo=UTC))
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[session(day="2026-11-24")]).then_refused(
        "after_end"
    )


def test_a_code_that_a_family_calls_wrong_is_answered_with_the_code_after_it(story: Story) -> None:
    reported(story).given("code_session", PLACEMENT, REGISTRAR, half="pm", code="O")
    coded = register(story).version
    said = {"record_id": str(register(story).id), "version": coded, "fields": ["code"], "asked_by": "parent"}
    story.when("request_rectification", CHILD, OFFICER, **{**said, "fields": ["reason"]}).then_refused(
        "no_such_field"
    )
    story.given("request_rectification", CHILD, OFFICER, **said)
    [asked] = story.record(Child, CHILD).rectifications
    answer = {"request": asked.request, "outcome": "corrected", "refused": []}
    for another in (coded, coded - 1, coded + 1):
        story.when("answer_rectification", CHILD, OFFICER, **answer, correction=another).then_refused(
            "no_such_correction"
        )
    story.given("code_session", PLACEMENT, REGISTRAR, half="am", code="B", activity="Carpentry")
    story.given("code_session", PLACEMENT, REGISTRAR, half="pm", code="I")
    story.when("answer_rectification", CHILD, OFFICER, **answer, correction=coded + 1).then_refused(
        "no_such_correction"
    )
    story.given("answer_rectification", CHILD, OFFICER, **answer, correction=coded + 2)
    assert story.record(Child, CHILD).rectifications[-1].outcome == "corrected"


def test_the_register_of_another_child_is_no_record_of_this_one(story: Story) -> None:
    reported(story).given("register_child", OTHER_CHILD, given_names="Other", identifiers=[])
    said = {"record_id": str(register(story).id), "version": 2, "fields": ["sessions"], "asked_by": "parent"}
    story.when("request_rectification", OTHER_CHILD, OFFICER, **said).then_refused("no_such_record")


def test_after_a_breakdown_a_session_is_taken_and_asked_about_and_an_absence_need_not_be_told(
    story: Story,
) -> None:
    story.given_life_until("start_placement").given("record_breakdown")
    story.at(datetime(2026, 11, 24, 12, tzinfo=UTC))
    absent = session(day="2026-11-24", seen="absent")
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[absent]).then_warned("not_expected")
    on_the_day = session(day="2026-11-23", seen="absent")
    story.when("report_day", PROVIDER, PROVIDER_STAFF, sessions=[on_the_day]).then_warned("absence_not_told")
