"""The pages of a placement: where it stands, what may be done, what is missing, and everything that its file holds."""

from __future__ import annotations

from csv import DictReader
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest

from api.pages.life import life_of
from api.pages.placement_sections import IN_THE_HEAD, SECTIONS
from api.pages.stories import ENTRIES, StoryFilter, page_of
from api.pages.telling import told
from api.pages.what_to_do import FACTS, GONE_WRONG, ONWARDS, what_to_do
from domain.routes import ROUTES
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import CHILD, MONDAY, PLACEMENT, SENIOR
from workflows.examples import EXAMPLES
from workflows.placement_moves import PLACEMENT as TABLE

HERE = f"/placements/{PLACEMENT}"
HOSTILE = """<script>alert(1)</script> O'Brien & "Co\""""
PEOPLE = ["officer", "senior", "safeguarder", "auditor", "head", "provider"]


@pytest.mark.parametrize("who", PEOPLE)
def test_every_section_opens_for_everybody_who_may_read_the_placement(
    service: Service, browser: Browser, who: str
) -> None:
    service.walk.live_until("call_review")
    browser.sign_in(f"{who}@example")
    for section in SECTIONS:
        page = browser.get(section.address(str(PLACEMENT)))
        assert page.status_code == 200, section
        assert page.text.count("<h1") == 1
        assert 'aria-current="page"' in page.text or "aria-current=page" in page.text


def test_everything_that_the_file_holds_has_one_place(service: Service) -> None:
    service.walk.live_until("end_placement")
    file = service.get(HERE).json()
    placed = [part.field for section in SECTIONS for part in section.parts]
    placed += [line for section in SECTIONS for line in section.lines]
    assert len(placed) == len(set(placed))
    assert set(file) - set(placed) - IN_THE_HEAD == set()


def test_sections_show_what_was_written_down(service: Service, browser: Browser) -> None:
    service.walk.live_until("record_review")
    browser.sign_in("officer@example")
    file = service.get(HERE).json()
    for section, words in (
        ("plan", file["plan"]["baseline"]),
        ("people", file["views"][0]["words"]),
        ("provider", file["commission"]["targets"]["achievement"]),
        ("risk", file["risk"]["hazards"][0]["what"]),
        ("reviews", file["reviews"][0]["held"][0]["held_on"][:4]),
        ("breakdown", file["contingency"]["what"]),
    ):
        assert words in text_of(browser.get(f"{HERE}?section={section}").text), section


def test_an_empty_section_says_what_will_stand_there(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    said = text_of(browser.get(f"{HERE}?section=risk").text)
    assert "Nothing yet. Hazards, what is done about each, and the journey." in said
    assert "Nothing yet. Once the child has started" in text_of(browser.get(f"{HERE}/attendance").text)


def test_one_move_is_the_first_and_what_is_missing_for_the_next_is_said_with_its_source(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    page = browser.get(HERE)
    said = text_of(page.text)
    assert "Complete needs assessment:" in said
    move = next(m for m in service.get(HERE).json()["moves"] if m["name"] == "complete_needs_assessment")
    for reason in move["reasons"]:
        assert f"{reason['message']} ({reason['source']})" in said
    service.walk.do("assess_needs")
    service.walk.do("record_earlier_support")
    service.walk.do("record_views")
    service.walk.do("record_views", views={"whose": "parent", "phase": "before", "asked_on": "2026-11-11"})
    page = browser.get(HERE)
    assert f'href="{HERE}/complete-needs-assessment"' in page.text
    assert page.text.count('role="button"') == 1


def test_facts_stand_apart_from_moves_and_in_groups(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    browser.sign_in("officer@example")
    said = text_of(browser.get(HERE).text)
    assert said.index("What may be done now") < said.index("Write down") < said.index("Contact and progress")
    assert "Log contact" in said


def test_who_may_only_read_is_told_so(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    browser.sign_in("auditor@example")
    assert "What is to be done here is for others to do" in text_of(browser.get(HERE).text)


def test_every_move_and_fact_of_the_table_has_a_place() -> None:
    grouped = {name for names in FACTS.values() for name in names}
    facts = {row.name for row in TABLE.rows.values() if row.to is None}
    assert facts - grouped - {"notice_concern"} == set()
    assert set(ONWARDS) | set(GONE_WRONG) <= set(TABLE.rows)


def test_an_offer_that_no_list_names_is_shown_all_the_same() -> None:
    new: dict[str, Any] = {
        "name": "brand_new", "permitted": True, "open": True, "leads_to": None, "reasons": [],
    }  # fmt: skip
    assert what_to_do([new]).facts == [("Other", [new])]
    assert what_to_do([{**new, "leads_to": "exit"}]).otherwise == [{**new, "leads_to": "exit"}]


def test_the_life_is_drawn_from_the_record_with_the_days_in_each_stage() -> None:
    file = {"stage": "active", "derived": {"on": "2026-11-30"}}
    story: list[dict[str, Any]] = [
        {"stage": "needs_assessment", "true_on": "2026-11-01"},
        {"stage": None, "true_on": "2026-11-02"},
        {"stage": "suitability_check", "true_on": "2026-11-05"},
        {"stage": "active", "true_on": "2026-11-10"},
        {"stage": "breakdown", "true_on": "2026-11-15"},
        {"stage": "breakdown", "true_on": "2026-11-16"},
        {"stage": "active", "true_on": "2026-11-18"},
    ]
    stations = {one.stage: one for one in life_of(file, story)}
    assert {name: one.days for name, one in stations.items() if one.been} == {
        "needs_assessment": 4, "suitability_check": 5, "active": 5 + 12, "breakdown": 3,
    }  # fmt: skip
    assert stations["active"].here
    assert not stations["contract"].been


def test_what_was_written_down_late_counts_from_the_day_on_which_it_was_true() -> None:
    file = {"stage": "breakdown", "derived": {"on": "2026-11-22"}}
    story: list[dict[str, Any]] = [
        {"stage": "active", "true_on": "2026-11-02", "stage_on": "2026-11-02"},
        {"stage": "review", "true_on": "2026-11-21", "stage_on": "2026-11-21"},
        {"stage": "breakdown", "true_on": "2026-11-22", "stage_on": "2026-11-20"},
    ]
    stations = {one.stage: one for one in life_of(file, story)}
    assert {name: one.days for name, one in stations.items() if one.been} == {
        "active": 18, "review": 0, "breakdown": 2,
    }  # fmt: skip
    assert stations["breakdown"].since == date(2026, 11, 20)


def test_a_breakdown_of_friday_that_is_written_down_on_monday_lasts_three_days(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    friday = {**EXAMPLES["record_breakdown"]["breakdown"], "on": "2026-11-20"}
    service.walk.do("record_breakdown", PLACEMENT, SENIOR, breakdown=friday)
    browser.sign_in("officer@example")
    story = service.get(f"/placements/{PLACEMENT}/timeline").json()["rows"]
    assert [row["stage_on"] for row in story if row["stage"] == "breakdown"] == ["2026-11-20"]
    page = browser.get(HERE).text
    track = text_of(page[page.index('<ol class="app-life"') :].partition("</ol>")[0])
    assert "Breakdown : it is here 3 days" in " ".join(track.split())


def test_a_providers_life_of_a_placement_says_what_is_not_shown_to_it(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    browser.sign_in("provider@example")
    page = browser.get(HERE).text
    track = page[page.index('<ol class="app-life"') :].partition("</ol>")[0]
    assert "Needs assessment : not shown to you" in " ".join(text_of(track).split())
    assert track.count(": not shown to you</span>") == track.count('aria-hidden="true">not shown to you<') > 0
    assert track.count("not yet") == 3, "review, breakdown and exit lie ahead"
    browser.sign_in("officer@example")
    assert "not shown to you" not in browser.get(HERE).text


@pytest.mark.parametrize(
    ("stage", "in_part", "said"),
    [
        (
            "exit",
            True,
            {"contract": "not shown to you", "active": "it was here", "breakdown": "it was not here"},
        ),
        (
            "exit",
            False,
            {"contract": "it was not here", "active": "it was here", "breakdown": "it was not here"},
        ),
        ("active", False, {"active": "it is here", "breakdown": "not yet", "exit": "not yet"}),
        ("risk_assessment", True, {"contract": "not shown to you", "risk_assessment": "it is here"}),
    ],
)
def test_the_life_is_read_aloud_as_far_as_it_is_told(stage: str, in_part: bool, said: dict[str, str]) -> None:
    file = {"stage": stage, "derived": {"on": "2026-11-30"}}
    story = [{"stage": "active", "true_on": "2026-11-10"}, {"stage": stage, "true_on": "2026-11-20"}]
    stations = {one.stage: one.aloud for one in life_of(file, story, in_part=in_part)}
    assert stations | said == stations


def test_the_life_tells_where_it_was(service: Service, browser: Browser) -> None:
    service.walk.live_until("complete_contract")
    browser.sign_in("officer@example")
    page = browser.get(HERE).text
    assert page.count("app-life__stage--been") == 4
    assert page.count("app-life__stage--here") == 1


def test_the_timeline_is_filtered_by_kind_person_and_days(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    browser.sign_in("officer@example")
    kind = browser.get(f"{HERE}/timeline?kind=placement.risk_accepted").text
    assert kind.count("moj-timeline__item") == 1
    person = browser.get(f"{HERE}/timeline?person={SENIOR.person_id}").text
    assert person.count("moj-timeline__item") == 1
    later = (MONDAY + timedelta(days=3)).date().isoformat()
    assert "Nothing fits" in text_of(browser.get(f"{HERE}/timeline?from={later}").text)
    assert "Nothing fits" in text_of(browser.get(f"{HERE}/timeline?to=2020-01-01").text)


def test_a_long_story_is_read_page_by_page_and_new_entries_move_no_page() -> None:
    story = [{"position": n, "name": "x", "true_on": "2026-11-01", "who": None} for n in range(1, 10_001)]
    first = page_of(story, None)
    assert [first.entries[0]["position"], len(first.entries), first.next] == [10_000, ENTRIES, 9_951]
    second = page_of([*story, {"position": 10_001}], first.next)
    assert second.entries[0]["position"] == 9_950
    seen, mark = 0, None
    while True:
        page = page_of(story, mark)
        seen, mark = seen + len(page.entries), page.next
        if mark is None:
            break
    assert seen == 10_000
    assert StoryFilter().of(story) == story


def test_a_hostile_name_is_only_a_name(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    service.do("change_details", CHILD, given_names=HOSTILE, family_name="O'Brien", born_on="2012-05-01")
    browser.sign_in("officer@example")
    for section in SECTIONS:
        page = browser.get(
            section.address(str(PLACEMENT)) + ("&" if "?" in section.address("") else "?") + "at_least=1"
        )
        assert "<script>alert(1)" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#39;Brien &amp; &#34;Co&#34;" in page.text


def test_a_section_that_does_not_exist_is_not_there(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    assert browser.get(f"{HERE}?section=nothing").status_code == 404


def test_a_placement_without_a_provider_has_no_places(service: Service, browser: Browser) -> None:
    service.walk.live_until("refer_child")
    browser.sign_in("officer@example")
    assert ">Places<" not in browser.get(HERE).text


def test_which_sessions_of_the_week_are_counted_is_said(service: Service, browser: Browser) -> None:
    service.walk.live_until("start_placement")
    browser.sign_in("officer@example")
    page = browser.get(HERE).text
    assert ">Places<" in page
    assert "Sessions a week in this placement" in page
    assert (
        "Sessions a week agreed: in placements, a broken-down one included, and at school where that was set"
        in page
    )
    assert "Weekly sessions" not in page


def test_page_form_and_file_say_a_legal_route_and_a_week_in_the_same_words(
    service: Service, browser: Browser
) -> None:
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    browser.sign_in("officer@example")
    [row] = DictReader(StringIO(browser.get("/placements?form=csv").content.decode("utf-8-sig")))
    page = browser.get(HERE).text
    assert row["Legal route"] in [terms.label for terms in ROUTES.values()]
    assert row["Legal route"] in page
    assert {"Sessions a week", "Hours a week"} <= set(row)
    assert [told(route.value, "route") for route in ROUTES] == [terms.label for terms in ROUTES.values()]
    assert told("/placements", "route") == "/placements", "a word that is none of the routes"
