"""No one sees a record outside their scope, by any route: list, search, count, file, feed, past, export, or by trying."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api.people import OTHER_PROVIDER, Service
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, PLACEMENT, PROVIDER

OUTSIDERS = ("stranger", "rival")


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("path", ["/placements", "/children", "/agreements", "/due"])
def test_a_list_has_nothing_of_others(standing: Service, who: str, path: str) -> None:
    answer = standing.get(path, who).json()
    assert answer["rows"] == []
    assert answer["next"] is None
    assert sum(answer.get("counts", {}).values()) + answer.get("count", 0) == 0


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_filter_or_search_finds_what_belongs_to_others(standing: Service, who: str) -> None:
    for asked in (
        {"name": "Robin"},
        {"child_id": str(CHILD)},
        {"provider_id": str(PROVIDER)},
        {"stage": "active"},
    ):
        assert standing.get(f"/placements?{urlencode(asked)}", who).json()["rows"] == []
    assert standing.get("/children", who, name="Sample").json()["rows"] == []
    if who == "stranger":
        assert standing.get("/children", who, identifier="B801200005001").json()["rows"] == []


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize(
    "path",
    [
        f"/placements/{PLACEMENT}",
        f"/placements/{PLACEMENT}/events",
        f"/placements/{PLACEMENT}/attendance",
        f"/placements/{PLACEMENT}/timeline",
        f"/children/{CHILD}",
        f"/children/{CHILD}/timeline",
        f"/agreements/{AGREEMENT}",
    ],
)
def test_a_record_of_others_is_not_there(standing: Service, who: str, path: str) -> None:
    assert standing.get(path, who).status_code == 404
    assert standing.get(path, who, at_least=1).status_code == 404


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_past_of_others_is_not_there_either(standing: Service, who: str) -> None:
    head = standing.desk.history.head()
    for position in (1, head // 2, head):
        assert standing.get(f"/placements/{PLACEMENT}", who, as_of=position).status_code == 404


@pytest.mark.parametrize("who", OUTSIDERS)
def test_an_export_has_nothing_of_others(standing: Service, who: str) -> None:
    answer = standing.get("/placements", who, headers={"Accept": "text/csv"})
    assert answer.text.count("\n") == 1
    assert "Robin" not in answer.text


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_feed_tells_nothing_of_others(standing: Service, who: str) -> None:
    heard: list[Any] = []
    after = 0
    while True:
        page = standing.get("/events", who, after=after).json()
        heard += page["events"]
        after = page["next"]
        if not page["more"]:
            break
    records = {event["record_id"] for event in heard}
    assert not records & {str(PLACEMENT), str(CHILD), str(AGREEMENT), str(AUTHORITY)}
    assert {event["record"] for event in heard} <= {"provider", "organisation"}


def test_a_provider_sees_its_own_placement_and_less_of_it(standing: Service) -> None:
    ours = standing.get(f"/placements/{PLACEMENT}").json()
    theirs = standing.get(f"/placements/{PLACEMENT}", "provider").json()
    assert theirs["child"]["name"] == "Robin Sample"
    assert theirs["plan"] == ours["plan"]
    assert theirs["commission"]["price_per_week"] == 270.0
    hidden = {
        "safeguarding",
        "consultations",
        "contacts",
        "overrides",
        "meeting",
        "predecessor_id",
        "successor_id",
        "tomorrow",
    }
    assert hidden <= set(ours)
    assert not hidden & set(theirs)
    assert "safeguarding" in ours["passport"]
    assert "safeguarding" not in theirs["passport"]
    assert "value_for_money" not in theirs["suitability"]
    assert "weekly_sessions" not in theirs["derived"]


def test_a_school_that_does_not_pay_does_not_see_the_price(standing: Service) -> None:
    seen = standing.get(f"/placements/{PLACEMENT}", "head").json()
    assert "price_per_week" not in seen["commission"]
    assert "price" not in seen["agreement"]
    assert "safeguarding" in seen


def test_whoever_keeps_accounts_does_not_read_what_was_said_in_confidence(standing: Service) -> None:
    seen = standing.get(f"/placements/{PLACEMENT}", "admin").json()
    assert "safeguarding" not in seen
    assert "safeguarding" not in seen["passport"]
    assert "plan" in seen


def test_a_safeguarding_concern_that_a_provider_reported_is_known_to_it(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.do("report_safeguarding_concern", who="provider").status_code == 200
    theirs = service.get(f"/placements/{PLACEMENT}", "provider").json()
    assert [concern["what"] for concern in theirs["own_safeguarding"]] == [
        "Says that a member of staff shouts at children."
    ]
    assert "safeguarding" not in theirs


def test_a_provider_does_only_what_is_its_own(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.do("report_progress", who="provider").status_code == 200
    refused = service.do("call_review", who="provider")
    assert refused.status_code == 403
    assert service.do("report_progress", who="rival").status_code == 404
    offered = {m["name"]: m for m in service.get(f"/placements/{PLACEMENT}", "provider").json()["moves"]}
    assert offered["report_progress"]["open"]
    assert not offered["call_review"]["permitted"]
    assert {reason["code"] for reason in offered["call_review"]["reasons"]} == {"not_permitted"}


def test_why_a_rule_forbids_is_told_only_to_those_who_might_do_it(standing: Service) -> None:
    for move in standing.get(f"/placements/{PLACEMENT}", "provider").json()["moves"]:
        if not move["permitted"]:
            assert [reason["code"] for reason in move["reasons"]] == ["not_permitted"]
            assert move["warnings"] == []


def test_a_provider_sees_a_child_as_far_as_it_teaches_them(standing: Service) -> None:
    seen = standing.get(f"/children/{CHILD}", "provider").json()
    assert seen["name"] == "Robin Sample"
    assert not {"identifiers", "exclusions", "week", "school_sessions", "roll"} & set(seen)
    [row] = standing.get("/children", "provider").json()["rows"]
    assert not {"identifiers", "roll", "weekly_sessions", "social_worker_plan"} & set(row)
    assert standing.get("/children", "provider", identifier="B801200005001").status_code == 403


def test_a_provider_reads_in_full_only_what_its_own_people_recorded(service: Service) -> None:
    service.walk.live_until("start_placement")
    service.do("report_progress", who="provider")
    rows = service.get(f"/placements/{PLACEMENT}/events", "provider").json()["rows"]
    full = [row["event"] for row in rows if not row["withheld"]]
    assert full == ["placement.progress_reported"]
    assert all("opened" not in row and "stored" not in row for row in rows if row["withheld"])
    assert "placement.suitability_assessed" not in {row["event"] for row in rows}
    ours = service.get(f"/placements/{PLACEMENT}/events").json()["rows"]
    assert all("opened" in row for row in ours)


@pytest.mark.parametrize(
    ("who", "event", "words"),
    [
        ("head", "placement.individual_agreement_made", "price_per_week"),
        ("admin", "placement.passport_updated", "passport"),
        ("admin", "placement.contact_logged", "contact"),
    ],
)
def test_what_the_file_does_not_show_is_not_read_in_the_stored_events(
    service: Service, who: str, event: str, words: str
) -> None:
    service.walk.live_until("start_placement")
    service.do("log_contact")
    path = f"/placements/{PLACEMENT}/events"
    told = next(row for row in service.get(path).json()["rows"] if row["event"] == event)
    correction = {"version": told["version"], "changes": {}, "why": "It was written down wrongly."}
    if event == "placement.passport_updated":
        correction["changes"] = {"passport": told["opened"]["passport"]}
        assert service.do("correct_record", **correction).status_code == 200
    rows = service.get(path, who).json()["rows"]
    kept = [row for row in rows if row["event"] in (event, "record.corrected")]
    assert kept
    assert all(row["withheld"] and "opened" not in row and "stored" not in row for row in kept)
    assert all(words not in row.get("stored", "") for row in rows if row["event"] == event)
    assert any(not row["withheld"] for row in rows)


def test_a_provider_sees_what_a_competitor_may_know_of_another(standing: Service) -> None:
    [only] = standing.get("/providers", "rival").json()["rows"]
    assert only["provider_id"] == str(OTHER_PROVIDER)
    other = standing.get(f"/providers/{PROVIDER}", "rival").json()
    assert other["name"] == "Invented Workshop"
    assert "price_per_session" not in other["offer"]
    assert not {"checks", "contacts", "visits", "suspended"} & set(other)


def test_who_has_which_role_is_the_organisations_own_business(standing: Service) -> None:
    assert standing.get(f"/organisations/{AUTHORITY}").json()["grants"]
    assert "grants" not in standing.get(f"/organisations/{AUTHORITY}", "stranger").json()
    assert "grants" not in standing.get(f"/organisations/{AUTHORITY}", "provider").json()


def test_names_of_children_stay_out_of_the_feed(standing: Service) -> None:
    assert "Robin" not in standing.get("/events").text
    assert "Sample" not in standing.get("/events").text


def test_who_looks_back_has_to_have_been_concerned_then(standing: Service) -> None:
    rows = standing.get(f"/placements/{PLACEMENT}/events").json()["rows"]
    proposed = next(row["position"] for row in rows if row["event"] == "placement.provider_proposed")
    path = f"/placements/{PLACEMENT}"
    assert standing.get(path, "provider", as_of=proposed).status_code == 200
    assert standing.get(path, "provider", as_of=proposed - 1).status_code == 404
    assert standing.get(path, as_of=proposed - 1).json()["proposal"] is None


def test_a_story_is_told_to_each_as_far_as_it_concerns_them(standing: Service) -> None:
    ours = standing.get(f"/placements/{PLACEMENT}/timeline").json()["rows"]
    theirs = standing.get(f"/placements/{PLACEMENT}/timeline", "provider").json()["rows"]
    assert ours[0]["name"] == "placement.referred"
    assert {row["name"] for row in theirs} < {row["name"] for row in ours}
    assert "placement.needs_assessed" not in {row["name"] for row in theirs}
    child = standing.get(f"/children/{CHILD}/timeline").json()["rows"]
    assert {"child.registered", "placement.started"} <= {row["name"] for row in child}
    then = standing.get(f"/placements/{PLACEMENT}/timeline", as_of=ours[2]["position"]).json()["rows"]
    assert [row["position"] for row in then] == [row["position"] for row in ours[:3]]


def test_the_story_of_a_provider_is_told_to_its_own_people_and_to_no_other_provider(
    standing: Service,
) -> None:
    path = f"/providers/{PROVIDER}/timeline"
    rows = standing.get(path).json()["rows"]
    assert rows[0]["name"] == "provider.registered"
    assert {row["record_id"] for row in rows} == {str(PROVIDER)}
    assert standing.get(path, "provider").json()["rows"] == rows
    then = standing.get(path, as_of=rows[1]["position"]).json()["rows"]
    assert [row["position"] for row in then] == [row["position"] for row in rows[:2]]
    for moment in ({}, {"as_of": rows[1]["position"]}):
        refused = standing.get(path, "rival", **moment)
        assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (403, "decisions_not_shown")
