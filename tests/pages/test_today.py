"""The first page of the day: what waits for whom, what changed since they looked, and news while they look."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.pages.last_look import A_PAUSE, COOKIE, LastLook
from api.pages.navigation import navigation
from api.pages.nowhere import Nowhere
from api.pages.session import Sessions
from api.tokens import SignedIn
from tests.api.people import PEOPLE, Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER, PROVIDER_STAFF, SENIOR, THE_SERVICE
from workflows.examples import EXAMPLES


def caught_up(service: Service) -> None:
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_it_opens_for_everybody(service: Service, browser: Browser, who: str) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    page = browser.sign_in(f"{who}@example")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1


def test_who_was_reported_absent_stands_there_for_those_who_answer_for_the_child(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    absent = {"day": "2026-11-23", "half": "am", "seen": "absent"}
    one = {"placement_id": str(PLACEMENT), "session": absent}
    service.walk.do("report_day", PROVIDER, PROVIDER_STAFF, sessions=[one])
    caught_up(service)
    for who in ("officer", "head"):
        page = browser.sign_in(f"{who}@example").text
        said = text_of(page)
        assert "Reported absent Robin Sample : Monday, 23 November 2026. No reason is known" in said, who
        assert "It is not written down that the parent and the commissioner were told." in said, who
        assert f'href="/placements/{PLACEMENT}/attendance"' in page, who
    for who in ("provider", "stranger", "rival"):
        assert "Reported absent" not in text_of(browser.sign_in(f"{who}@example").text), who

    told = {"told_parent_at": "2026-11-23T08:50:00Z", "told_commissioner_at": "2026-11-23T08:55:00Z"}
    explained = {**one, "session": {**absent, **told, "reason_given": "Ill."}}
    service.walk.do("report_day", PROVIDER, PROVIDER_STAFF, sessions=[explained])
    caught_up(service)
    said = text_of(browser.sign_in("officer@example").text)
    assert "Reported absent Robin Sample : Monday, 23 November 2026." in said
    assert "No reason is known" not in said
    assert "It is not written down" not in said


def test_why_no_education_is_no_answer_to_a_breakdown_is_said(service: Service, browser: Browser) -> None:
    why = "the child has to be taught somewhere."
    service.walk.live_until("start_placement")
    nowhere = {"where": "no_education", "from_on": "2026-11-24", "what": "Nothing yet.", "owner": "Officer"}
    service.walk.do("record_breakdown", PLACEMENT, SENIOR, tomorrow=nowhere)
    caught_up(service)
    browser.sign_in("officer@example")
    for address in ("/due?rule=T19&state=due_soon&state=due", f"/placements/{PLACEMENT}"):
        assert why in text_of(browser.get(address).text), address
    back = {**nowhere, "where": "home_school", "what": "Back at school."}
    service.walk.do("answer_tomorrow", PLACEMENT, SENIOR, tomorrow=back)
    caught_up(service)
    assert why not in text_of(browser.get("/due?rule=T19&state=done&state=due_soon&state=due").text)


def test_where_the_child_is_from_tomorrow_stands_on_top_and_the_duty_says_when_its_answer_begins(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    nowhere = {"where": "no_education", "from_on": "2026-11-24", "what": "Nothing yet.", "owner": "Officer"}
    service.walk.do("record_breakdown", PLACEMENT, SENIOR, tomorrow=nowhere)
    caught_up(service)
    from_tomorrow = "From tomorrow, 24 November 2026: no education"
    here = f"/placements/{PLACEMENT}"
    today = text_of(browser.sign_in("officer@example").text)
    assert f"After a breakdown Robin Sample : {from_tomorrow}" in today
    said = text_of(browser.get(here).text)
    assert said.index(from_tomorrow) < said.index("What is due here")

    back = {**nowhere, "where": "home_school", "what": "Back at school."}
    service.walk.do("answer_tomorrow", PLACEMENT, SENIOR, tomorrow=back)
    caught_up(service)
    answered = "Answered: home school from 24 November 2026"
    duty = "Answered: the answer begins on 24 November 2026. Until that day this stays here"
    page = browser.get("/").text
    assert f"Robin Sample : {answered}" in text_of(page)
    assert duty in text_of(page)
    assert f'href="{here}/answer-tomorrow"' not in page
    said = text_of(browser.get(here).text)
    assert said.index(answered) < said.index("What is due here") < said.index(duty)
    for who in ("provider", "stranger"):
        today = text_of(browser.sign_in(f"{who}@example").text)
        assert "24 November" not in today, who
        assert answered not in text_of(browser.get(here).text), who


def test_a_risk_to_accept_waits_for_another_than_who_prepared_it(service: Service, browser: Browser) -> None:
    service.walk.live_until("assess_risk")
    caught_up(service)
    said = text_of(browser.sign_in("senior@example").text)
    assert "Waiting for your decision Accept risk for Robin Sample" in said
    assert [row["awaits"] for row in service.get("/awaiting", "senior").json()["rows"]] == ["risk"]
    assert service.get("/awaiting", "officer").json()["rows"] == []
    assert service.get("/awaiting", "provider").json()["rows"] == []
    assert service.get("/awaiting", "stranger").json()["rows"] == []
    service.walk.do("accept_risk", PLACEMENT, SENIOR)
    caught_up(service)
    assert service.get("/awaiting", "senior").json()["rows"] == []


def test_an_override_that_was_asked_for_waits_for_a_senior_officer(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("refer_child")
    service.walk.do("request_override")
    caught_up(service)
    page = browser.sign_in("senior@example").text
    assert f"/placements/{PLACEMENT}/approve-override" in page
    assert f"/placements/{PLACEMENT}/decline-override" in page
    assert [row["awaits"] for row in service.get("/awaiting", "senior").json()["rows"]] == ["override"]
    assert service.get("/awaiting", "head").json()["rows"] == []


def test_a_child_without_education_stands_on_top_in_words(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    service.walk.do(
        "record_breakdown",
        tomorrow={
            "where": "no_education",
            "from_on": "2026-11-23",
            "what": "Nothing yet.",
            "owner": "Named officer",
        },
    )
    caught_up(service)
    said = text_of(browser.sign_in("officer@example").text)
    assert "1 child is without education" in said
    assert said.index("without education") < said.index("Placements by stage")
    assert "without education" not in text_of(browser.sign_in("provider@example").text)


def test_a_child_whose_sixth_day_is_gone_with_nothing_in_place_is_without_education_too(
    service: Service, browser: Browser
) -> None:
    service.walk.do("record_exclusion", CHILD, THE_SERVICE, from_on="2026-11-02")
    caught_up(service)
    page = browser.sign_in("officer@example").text
    said = text_of(page)
    assert (
        "1 child is without education Robin Sample : full-time education was due by 9 November 2026 , and none"
        in said
    )
    assert f'href="/children/{CHILD}' in page[: page.index("Placements by stage")]
    assert "Robin Sample" in text_of(browser.get(Nowhere.all_waiting).text)
    href = f'href="{Nowhere.all_waiting.replace("&", "&amp;")}"'
    assert href in page
    none = browser.get("/placements?without_education=true").text
    assert href in none
    assert "is on no list of placements" in text_of(none)
    assert href not in browser.get("/placements").text
    for who in ("provider", "stranger"):
        assert "without education" not in text_of(browser.sign_in(f"{who}@example").text), who


def test_an_answer_for_a_day_to_come_stands_apart_from_the_children_who_are_counted(
    service: Service, browser: Browser
) -> None:
    other = UUID("5b0f6a52-6f0e-4d8e-9d54-0000000000f7")
    service.walk.live_until("start_placement")
    service.walk.do(
        "register_child", other, THE_SERVICE, given_names="Alex", family_name="Example", identifiers=[]
    )
    service.walk.do("record_exclusion", other, THE_SERVICE, from_on="2026-11-02")
    back = {**EXAMPLES["record_breakdown"]["tomorrow"], "where": "home_school", "from_on": "2026-11-24"}
    service.walk.do("record_breakdown", PLACEMENT, SENIOR, tomorrow=back)
    caught_up(service)
    said = text_of(browser.sign_in("officer@example").text)
    apart = "After a breakdown: from a day to come, and not counted above"
    assert "1 child is without education Alex Example" in said
    assert said.index("Alex Example") < said.index(apart) < said.index("Robin Sample")
    assert f"{apart} Robin Sample : Answered: home school from 24 November 2026" in said
    assert "A child who has no placement yet does not stand in the list of placements." in said


def test_the_list_of_overdue_education_has_whom_a_breakdown_left_nowhere(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    breakdown = {**EXAMPLES["record_breakdown"]["breakdown"], "on": "2026-11-18"}
    nowhere = {**EXAMPLES["record_breakdown"]["tomorrow"], "where": "no_education", "from_on": "2026-11-19"}
    service.walk.do("record_breakdown", PLACEMENT, SENIOR, breakdown=breakdown, tomorrow=nowhere)
    caught_up(service)
    assert "1 child is without education" in text_of(browser.sign_in("officer@example").text)
    assert "Robin Sample" in text_of(browser.get(Nowhere.all_waiting).text)


def test_a_child_without_education_for_two_reasons_is_one_child(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    said = {**EXAMPLES["withdraw_referral"]["withdrawal"], "child_is_at": "no_education"}
    service.walk.do("withdraw_referral", withdrawal=said)
    service.walk.do("record_exclusion", CHILD, THE_SERVICE, from_on="2026-11-02")
    caught_up(service)
    assert service.get("/due", rule="T1", state="overdue").json()["counts"]["overdue"] == 1
    assert len(service.get("/without-education").json()["rows"]) == 1
    assert "1 child is without education" in text_of(browser.sign_in("officer@example").text)


def test_what_changed_since_the_last_look_is_told(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    caught_up(service)
    first = browser.sign_in("officer@example").text
    assert "Changed since you last looked" not in first
    assert "You have not looked before in this browser." in first
    assert 'href="/placements/changes?from=20' in first
    _kept_over_tls(browser)
    service.walk.do("assess_needs")
    caught_up(service)
    said = text_of(browser.get("/").text)
    assert "Changed since you last looked Robin Sample Needs assessment needs assessed" in said
    # On a shared computer the next person has looked at nothing yet; and the first one's last look is not lost by it.
    browser.send("/sign-out", browser.get("/"))
    assert "You have not looked before in this browser." in browser.sign_in("senior@example").text
    browser.send("/sign-out", browser.get("/"))
    assert "Changed since you last looked" in browser.sign_in("officer@example").text


def _kept_over_tls(browser: Browser) -> None:
    for name, value in _looks(browser).items():
        browser.client.cookies.set(name, value, domain="placements.example")


def _looks(browser: Browser) -> dict[str, str]:
    return {name: value for name, value in browser.client.cookies.items() if name.startswith(COOKIE)}


def test_the_cookie_says_nothing_about_anybody(browser: Browser) -> None:
    browser.sign_in("officer@example")
    [(name, value)] = _looks(browser).items()
    assert re.fullmatch(COOKIE + r"-[0-9a-f]{16}", name)
    assert re.fullmatch(r"\d+\.\d+\.\d+\.[\w-]+", value)


SESSIONS = Sessions(bytes(range(32)))
ONE, ANOTHER = (SignedIn(f"{name}@example", AUTHORITY) for name in ("officer", "senior"))


def _kept(since: int, seen: int, at: int, position: int, now: float) -> tuple[str, str]:
    response = Response()
    LastLook(since, seen, at).keep(response, SESSIONS, ONE, position, now)
    name, _, value = response.headers["set-cookie"].partition(";")[0].partition("=")
    return name, value


def _looked(name: str, said: str, now: float, person: SignedIn = ONE) -> LastLook:
    headers = [(b"cookie", f"{name}={said}".encode())]
    return LastLook.of(HTTPConnection({"type": "http", "headers": headers}), SESSIONS, person, now)


def test_a_short_while_later_it_is_still_news_and_after_a_pause_it_is_not() -> None:
    cookie = _kept(10, 15, 900, 20, 1000)
    assert _looked(*cookie, 1000 + A_PAUSE) == LastLook(10, 20, 1000)
    assert _looked(*cookie, 1001 + A_PAUSE).since == 20


def test_what_another_person_has_seen_is_not_what_this_one_has() -> None:
    cookie = _kept(10, 15, 900, 20, 1000)
    assert _looked(*cookie, 1000, ANOTHER) == LastLook()
    assert _looked(*cookie, 1000, SignedIn(ONE.person_id, None)) == LastLook()


@pytest.mark.parametrize("said", ["", "x", "1.2", "1.2.3", "1.2.3.4", "-1.2.3", "1.2.9" + "9" * 40, "²..1"])
def test_a_cookie_that_we_did_not_write_means_nothing(said: str) -> None:
    name, _ = _kept(10, 15, 900, 20, 1000)
    assert _looked(name, said, 0) == LastLook()


def test_a_hostile_name_and_an_erased_one(service: Service, browser: Browser) -> None:
    service.walk.live_until("assess_risk")
    service.do("change_details", CHILD, given_names="<script>alert(1)</script>", family_name='O\'B & "Co"')
    caught_up(service)
    page = browser.sign_in("senior@example")
    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#39;B &amp; &#34;Co&#34;" in page.text


def test_everybody_is_led_only_where_they_have_something_to_do() -> None:
    def places(**me: Any) -> list[str]:
        return [text for text, _ in navigation(me)]

    assert navigation(None) == []
    assert places(roles=["commissioner"], organisation_kind="local_authority") == [
        "Today", "Due", "Placements", "Children", "Providers",
    ]  # fmt: skip
    assert places(roles=["provider_staff"], organisation_kind="provider", provider_id="x") == [
        "Today", "Due", "Register", "Placements", "Children", "Our provider",
    ]  # fmt: skip
    assert "Register" in places(roles=["attendance_officer"], organisation_kind="school")
    assert "Organisation" in places(roles=["administrator"], organisation_kind="school", organisation_id="y")


def test_who_is_not_signed_in_hears_nothing(browser: Browser) -> None:
    assert browser.get("/live?after=0").url.path == "/sign-in"
