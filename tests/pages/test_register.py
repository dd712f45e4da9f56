"""The register: whom a provider teaches today, one press for all; and the absences on which a school decides."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from api.pages.words import day
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import CHILD, PLACEMENT
from workflows.examples import EXAMPLES

ID = str(PLACEMENT)
DAY = "2026-11-23"
SATURDAY = datetime(2026, 11, 28, 12, tzinfo=UTC)


def caught_up(service: Service) -> None:
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


def it_is(service: Service, moment: datetime) -> None:
    """Nobody's access ends with the day: only the clock of what is written and read goes on."""
    service.desk.casework.clock = lambda: moment
    object.__setattr__(service.desk, "clock", lambda: moment)


def of_provider(service: Service, browser: Browser) -> Any:
    service.walk.live_until("start_placement")
    caught_up(service)
    browser.sign_in("provider@example")
    return browser.get("/register")


def reported(service: Service) -> list[dict[str, Any]]:
    caught_up(service)
    found: list[dict[str, Any]] = service.get(f"/placements/{ID}/attendance").json()["sessions"]
    return found


def test_a_provider_reports_its_day_with_one_press(service: Service, browser: Browser) -> None:
    page = of_provider(service, browser)
    assert "Register for 23 November 2026" in text_of(page.text)
    typed = {f"{ID}.am": "present", f"{ID}.pm": "late"}
    sent = browser.send("/register", page, **typed)
    assert "2 sessions reported" in text_of(sent.text)
    assert [(one["half"], one["seen"]) for one in reported(service)] == [("am", "present"), ("pm", "late")]
    again = browser.get("/register").text
    assert f'value="present" checked' in again  # noqa: F541
    assert f'value="late" checked' in again  # noqa: F541


def test_an_absence_says_why_and_who_was_told_the_same_day(service: Service, browser: Browser) -> None:
    page = of_provider(service, browser)
    typed = {
        f"{ID}.am": "absent",
        f"{ID}.reason": "Ill.",
        f"{ID}.told_parent_at": "9:45",
        f"{ID}.told_commissioner_at": "09.50",
    }
    sent = text_of(browser.send("/register", page, **typed).text)
    assert "1 session reported." in sent
    assert "still to be told" not in sent
    [seen] = reported(service)
    assert seen["reason_given"] == "Ill."
    assert seen["told_parent_at"] == "2026-11-23T09:45:00Z"
    assert seen["told_commissioner_at"] == "2026-11-23T09:50:00Z"


def test_an_absence_of_which_nobody_was_told_is_not_forgotten(service: Service, browser: Browser) -> None:
    page = of_provider(service, browser)
    sent = browser.send("/register", page, **{f"{ID}.am": "absent"})
    assert "1 absence has still to be told" in text_of(sent.text)


def test_a_mistake_is_said_once_above_and_at_its_box_and_nothing_typed_is_lost(
    service: Service, browser: Browser
) -> None:
    page = of_provider(service, browser)
    typed = {f"{ID}.am": "absent", f"{ID}.reason": "Ill & cross", f"{ID}.told_parent_at": "soon"}
    sent = browser.send("/register", page, **typed)
    assert sent.status_code == 200
    assert "<title>Error: " in sent.text
    assert "<title>Error: Register" in sent.text
    assert f'href="#{ID}.told_parent_at"' in sent.text
    assert 'value="Ill &amp; cross"' in sent.text
    assert 'value="soon"' in sent.text
    assert reported(service) == []


def test_nothing_said_is_said(service: Service, browser: Browser) -> None:
    sent = browser.send("/register", of_provider(service, browser))
    assert sent.status_code == 200
    assert "<title>Error: " in sent.text
    assert "Say of at least one child who was there." in text_of(sent.text)


def test_what_the_service_refuses_stands_at_the_session(service: Service, browser: Browser) -> None:
    of_provider(service, browser)
    it_is(service, SATURDAY)
    page = browser.get("/register?on=2026-11-28")
    sent = browser.send("/register", page, **{f"{ID}.am": "present"})
    assert sent.status_code == 200
    assert "<title>Error: " in sent.text
    assert f'href="#{ID}.am"' in sent.text
    assert "28 November 2026 is at a weekend." in text_of(sent.text)


def test_before_the_first_day_nobody_is_there(service: Service, browser: Browser) -> None:
    of_provider(service, browser)
    assert "Nobody is taught here on this day" in text_of(browser.get("/register?on=2026-11-20").text)


def test_a_school_decides_on_absences(service: Service, browser: Browser) -> None:
    page = of_provider(service, browser)
    browser.send("/register", page, **{f"{ID}.am": "absent", f"{ID}.pm": "absent", f"{ID}.reason": "Ill."})
    caught_up(service)
    browser.sign_in("head@example")
    sheet = browser.get("/register")
    assert "Monday, 23 November 2026: morning" in text_of(sheet.text)
    assert "Ill." in sheet.text
    sent = browser.send("/register", sheet, **{f"{ID}.{DAY}.am": "I", f"{ID}.{DAY}.pm": ""})
    assert "1 absence is decided" in text_of(sent.text)
    assert [one["code"] for one in reported(service)] == ["I", "N"]
    assert "afternoon" in text_of(sent.text)
    assert ": morning" not in text_of(sent.text)


def test_n_is_no_decision(service: Service, browser: Browser) -> None:
    page = of_provider(service, browser)
    browser.send("/register", page, **{f"{ID}.am": "absent"})
    caught_up(service)
    browser.sign_in("head@example")
    sheet = browser.get("/register")
    assert "Leave N for now" in sheet.text
    assert 'value="N"' not in sheet.text
    sent = browser.send("/register", sheet, **{f"{ID}.{DAY}.am": "N"})
    assert "decided." not in text_of(sent.text)
    assert "Choose a code for at least one absence." in text_of(sent.text)
    assert [(one["code"], one["decided"]) for one in reported(service)] == [("N", False)]


def test_what_the_school_itself_wrote_n_for_stays_to_be_decided(service: Service, browser: Browser) -> None:
    page = of_provider(service, browser)
    browser.send("/register", page, **{f"{ID}.am": "absent", f"{ID}.pm": "absent"})
    for code in ("I", "N"):
        body = {"day": DAY, "half": "am", "code": code}
        sent = service.post(f"/placements/{ID}/code-session", body, "head")
        assert sent.status_code == 200, sent.text
    caught_up(service)
    browser.sign_in("head@example")
    sheet = browser.get("/register")
    assert "23 November 2026: morning" in text_of(sheet.text)
    browser.send("/register", sheet, **{f"{ID}.{DAY}.am": "I", f"{ID}.{DAY}.pm": "O"})
    assert [one["decided"] for one in reported(service)] == [True, True]
    assert "Nothing to decide." in text_of(browser.get("/register").text)
    assert service.get("/absences", "head").json()["rows"] == []


def test_a_code_that_the_rules_refuse_stays_on_the_page_with_its_reason(
    service: Service, browser: Browser
) -> None:
    page = of_provider(service, browser)
    browser.send("/register", page, **{f"{ID}.am": "absent"})
    caught_up(service)
    browser.sign_in("head@example")
    sent = browser.send("/register", browser.get("/register"), **{f"{ID}.{DAY}.am": "K"})
    assert sent.status_code == 200
    assert "<title>Error: " in sent.text
    assert "is only for a session that the child attended" in text_of(sent.text)


@pytest.mark.parametrize("who", ["officer", "auditor", "admin"])
def test_who_keeps_no_register_has_none(service: Service, browser: Browser, who: str) -> None:
    browser.sign_in(f"{who}@example")
    assert browser.get("/register").status_code == 404


def test_another_provider_and_another_authority_see_nobody(service: Service, browser: Browser) -> None:
    of_provider(service, browser)
    browser.sign_in("rival@example")
    assert "Nobody is taught here" in text_of(browser.get("/register").text)
    for who in ("rival", "stranger"):
        assert service.get("/register", who).json()["rows"] == []
        assert service.get("/absences", who).json()["rows"] == []


def test_a_hostile_name_is_only_a_name(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    service.do("change_details", CHILD, given_names="<script>alert(1)</script>", family_name='O\'B & "Co"')
    caught_up(service)
    browser.sign_in("provider@example")
    page = browser.get("/register").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#39;B &amp; &#34;Co&#34;" in page


@pytest.mark.parametrize("key", ["\N{SNOWMAN}", "two words", "k" * 5_000])
def test_a_register_that_was_changed_on_its_way_is_told_so(
    service: Service, browser: Browser, key: str
) -> None:
    page = of_provider(service, browser)
    sent = browser.send("/register", page, **{f"{ID}.am": "present", "key": key})
    assert sent.status_code == 400
    assert "This form was changed on its way" in text_of(sent.text)
    assert reported(service) == []


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-11-26", "The timetable of the plan has Monday, Tuesday and Wednesday here."),
        ("2026-11-28", "It is a weekend."),
        ("2026-12-25", "It is a bank holiday."),
        ("2026-12-30", "is on holiday."),
    ],
)
def test_why_nobody_is_expected_is_said(service: Service, browser: Browser, on: str, why: str) -> None:
    assert "Not expected" not in text_of(of_provider(service, browser).text)
    ahead = text_of(browser.get(f"/register?on={on}").text)
    assert "This day is still to come." in ahead
    assert ahead.count(why) == 1
    it_is(service, datetime.combine(date.fromisoformat(on), time(12), UTC))
    page = text_of(browser.get(f"/register?on={on}").text)
    assert "Nobody is expected on this day." in page
    assert "Send the register" not in page
    assert "Report who came all the same" in page
    assert "Not expected on this day (1)" in page
    assert page.count(why) == 1


@pytest.mark.parametrize("on", ["2026-11-24", "2027-03-01"])
def test_a_day_that_is_still_to_come_has_no_form(service: Service, browser: Browser, on: str) -> None:
    today = of_provider(service, browser)
    assert "on=2026-11-24" not in today.text
    page = browser.get(f"/register?on={on}")
    assert 'type="radio"' not in page.text
    assert "Send the register" not in page.text
    assert "This day is still to come." in text_of(page.text)
    assert f"Its register can be filled in from {day(on)} on." in text_of(page.text)
    sent = browser.send("/register", today, **{f"{ID}.am": "present", "on": on})
    assert f"Nothing was sent: {day(on)} is still to come." in text_of(sent.text)
    assert reported(service) == []


def test_before_a_weekend_no_day_ahead_is_offered(service: Service, browser: Browser) -> None:
    of_provider(service, browser)
    it_is(service, SATURDAY)
    links = browser.get("/register?on=2026-11-27").text
    assert "on=2026-11-26" in links
    assert "on=2026-11-30" not in links


def test_what_is_undecided_is_said_to_be_among_the_unauthorised(service: Service, browser: Browser) -> None:
    page = of_provider(service, browser)
    browser.send("/register", page, **{f"{ID}.am": "absent", f"{ID}.pm": "present"})
    caught_up(service)
    browser.sign_in("officer@example")
    attendance = browser.get(f"/placements/{ID}/attendance").text
    assert "Unauthorised 1 of them still to be decided: 1" in text_of(attendance)
    assert "Not decided yet" not in attendance
    first = attendance.index("Write down what the family says is wrong in the register")
    assert first < attendance.index("Sessions by half-term")


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_that_can_be_written_have_a_page(
    service: Service, browser: Browser, on: str
) -> None:
    of_provider(service, browser)
    page = browser.get(f"/register?on={on}")
    assert page.status_code == 200


def fallen(service: Service, browser: Browser, on: str = "2026-11-23", from_on: str = "2026-11-24") -> None:
    """The placement broke down, and the child goes back to its school."""
    of_provider(service, browser)
    breakdown = {**EXAMPLES["record_breakdown"]["breakdown"], "on": on}
    back = {**EXAMPLES["record_breakdown"]["tomorrow"], "where": "home_school", "from_on": from_on}
    service.do("record_breakdown", breakdown=breakdown, tomorrow=back)
    caught_up(service)


def expected_on(service: Service, day: str) -> list[tuple[bool | None, str]]:
    (row,) = service.get("/register", "provider", on=day).json()["rows"]
    return [(one["expected"], one["why_not"]) for one in row["sessions"]]


def test_after_a_breakdown_nobody_is_expected_until_it_goes_on_and_what_was_reported_stays(
    service: Service, browser: Browser
) -> None:
    page = of_provider(service, browser)
    browser.send("/register", page, **{f"{ID}.am": "present", f"{ID}.pm": "late"})
    breakdown = {**EXAMPLES["record_breakdown"]["breakdown"], "on": DAY}
    back = {**EXAMPLES["record_breakdown"]["tomorrow"], "where": "home_school", "from_on": "2026-11-24"}
    service.do("record_breakdown", breakdown=breakdown, tomorrow=back)
    caught_up(service)
    browser.sign_in("provider@example")
    assert expected_on(service, DAY)[0][0] is not False
    gone = (
        "The placement broke down: from 24 November 2026 on the child is not expected here, until it goes on."
    )
    assert expected_on(service, "2026-11-24") == [(False, gone)] * 2
    later = text_of(browser.get("/register?on=2026-11-25").text)
    assert gone in later
    assert "Expected in" not in later
    assert [one["seen"] for one in reported(service)] == ["present", "late"]

    it_is(service, datetime(2026, 11, 26, 9, tzinfo=UTC))
    recovery = {**EXAMPLES["recover_placement"]["recovery"], "back_on": "2026-11-26"}
    service.do("recover_placement", recovery=recovery)
    caught_up(service)
    (row,) = service.get("/register", "provider", on="2026-11-26").json()["rows"]
    assert not any(one["away"] for one in row["sessions"])
    was = "The placement had broken down: the child was not expected here from 24 November 2026 until 26 November 2026."
    assert expected_on(service, "2026-11-25") == [(False, was)] * 2


def test_who_is_said_to_have_come_after_the_breakdown_is_asked_about(
    service: Service, browser: Browser
) -> None:
    fallen(service, browser)
    it_is(service, datetime(2026, 11, 24, 9, tzinfo=UTC))
    browser.sign_in("provider@example")
    page = browser.get("/register?on=2026-11-24")
    assert "Nobody is expected on this day." in text_of(page.text)
    sent = text_of(browser.send("/register", page, **{f"{ID}.am": "absent"}).text)
    assert "1 session reported." in sent
    assert "still to be told" not in sent
    assert service.get("/due", rule="T7").json()["rows"] == []
    assert "1 of them is of a child who is not expected here, because the placement broke down." in sent
