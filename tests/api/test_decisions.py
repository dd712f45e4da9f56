"""The pages of decisions over HTTP: what stands there for whom, and the reports on how decisions were written down."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import rfc8785

from tests.api.people import ELSEWHERE, OTHER_PROVIDER, PEOPLE, Service
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER, PROVIDER_STAFF

LATE = "/reports/late-recording"


def _decisions(service: Service, who: str = "officer") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = service.get(f"/placements/{PLACEMENT}/decisions", who).json()["rows"]
    return rows


def _start(service: Service, who: str = "officer") -> dict[str, Any]:
    [row] = [row for row in _decisions(service, who) if row["event"] == "placement.started"]
    page: dict[str, Any] = service.get(row["href"], who).json()
    return page


def test_the_decisions_of_a_placement_are_listed_with_their_pages(standing: Service) -> None:
    rows = _decisions(standing)

    assert rows[0]["event"] == "placement.referred"
    assert rows[-1]["event"] == "placement.started"
    assert [row["position"] for row in rows] == sorted(row["position"] for row in rows)
    assert {standing.get(row["href"]).status_code for row in rows} == {200}


def test_a_page_is_canonical_json_and_names_the_hash_of_what_lasts(standing: Service) -> None:
    answer = standing.get(_decisions(standing)[-1]["href"])

    page = json.loads(answer.content)
    assert answer.content == rfc8785.dumps(page)
    assert page["decision_sha256"] == hashlib.sha256(rfc8785.dumps(page["decision"])).hexdigest()
    assert page["decision"]["command"] == "start_placement"
    assert {rule["verdict"] for rule in page["decision"]["rules"]} == {"met"}


def test_children_and_providers_have_decisions_too(standing: Service) -> None:
    for path, event in (
        (f"/children/{CHILD}", "child.registered"),
        (f"/providers/{PROVIDER}", "provider.registered"),
    ):
        [first, *_] = standing.get(f"{path}/decisions").json()["rows"]
        assert first["event"] == event
        assert standing.get(first["href"]).json()["decision"]["event"] == event


def test_a_page_stands_only_under_its_own_record(standing: Service) -> None:
    position = _decisions(standing)[0]["position"]

    assert standing.get(f"/children/{CHILD}/decisions/{position}").status_code == 404
    assert standing.get(f"/placements/{PLACEMENT}/decisions/9000000").status_code == 404
    assert standing.get(f"/placements/{PLACEMENT}/decisions/0").status_code == 404


def test_who_may_not_know_of_the_placement_is_told_of_no_decision(standing: Service) -> None:
    href = _decisions(standing)[-1]["href"]

    for who in ("stranger", "rival"):
        assert standing.get(f"/placements/{PLACEMENT}/decisions", who).status_code == 404
        assert standing.get(href, who).status_code == 404


@pytest.mark.parametrize("of", [f"/children/{CHILD}", f"/placements/{PLACEMENT}"])
@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_listed_can_be_read_and_nothing_else_can(who: str, of: str, standing: Service) -> None:
    everybodys = {row["position"] for row in standing.get(f"{of}/decisions").json()["rows"]}
    found = standing.get(f"{of}/decisions", who)
    listed = {row["position"] for row in found.json()["rows"]} if found.status_code == 200 else set()

    readable = {at for at in everybodys if standing.get(f"{of}/decisions/{at}", who).status_code == 200}
    assert listed == readable
    story = standing.get(f"{of}/timeline", who)
    links = {row["decision"] for row in story.json().get("rows", ())} - {None}
    assert links == {f"{of}/decisions/{at}" for at in listed}


def test_a_school_reads_of_a_child_what_was_decided_since_the_child_came(standing: Service) -> None:
    rows = standing.get(f"/children/{CHILD}/decisions", "head").json()["rows"]
    assert [row["event"] for row in rows] == ["child.roll_changed", "child.week_taken"]


def test_whoever_knows_a_child_by_a_placement_alone_reads_what_was_decided_since(service: Service) -> None:
    assert service.do("refer_child", home_school_id=str(ELSEWHERE)).status_code == 201
    position = service.do("set_year_group", CHILD).json()["position"]
    service.get("/children", at_least=position)

    rows = service.get(f"/children/{CHILD}/decisions", "stranger").json()["rows"]
    assert [row["event"] for row in rows] == ["child.year_group_set"]
    assert service.get(rows[0]["href"], "stranger").status_code == 200


def test_a_provider_reads_that_others_decided_and_not_why(standing: Service) -> None:
    names = {row["event"] for row in _decisions(standing, "provider")}
    assert "placement.started" in names
    assert "placement.needs_assessed" not in names

    decision = _start(standing, "provider")["decision"]

    assert "rules" not in decision
    assert "words" not in decision
    assert "records" not in decision
    assert "started the placement" in decision["sentence"]


def test_a_provider_reads_no_decision_from_before_it_was_proposed(standing: Service) -> None:
    first = _decisions(standing)[0]["href"]

    assert standing.get(first, "provider").status_code == 404


def test_a_provider_reads_its_own_decision_with_its_part_of_the_records(service: Service) -> None:
    service.walk.live_until("start_placement")
    done = service.walk.do("report_progress", PLACEMENT, PROVIDER_STAFF)
    assert service.desk.read_models.wait_for(done.position, 20)

    page = service.get(f"/placements/{PLACEMENT}/decisions/{done.position}", "provider").json()["decision"]

    kinds = {record["kind"]: record["facts"] for record in page["records"]}
    assert "consultations" not in kinds["placement"]
    assert "week" not in kinds["child"]
    assert "value_for_money" not in kinds["agreement"]
    assert kinds["places"] is None
    assert (page["not_relied_on"], page["same_decision"]) == ([], [])


def test_nobody_is_told_of_another_providers_decisions(standing: Service) -> None:
    assert standing.get(f"/providers/{PROVIDER}/decisions", "rival").status_code == 403
    assert standing.get(f"/providers/{OTHER_PROVIDER}/decisions", "rival").status_code == 200
    assert standing.get(f"/children/{CHILD}/decisions", "provider").status_code == 403


def test_a_school_that_does_not_pay_reads_no_price(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)

    rows = _decisions(service, "head")
    [made] = [row for row in rows if row["event"] == "placement.individual_agreement_made"]
    page = service.get(made["href"], "head").json()["decision"]

    assert page["facts"] is None
    assert "price_per_week" not in json.dumps(
        [r for r in page["records"] if r["kind"] in ("placement", "agreement")]
    )


@pytest.mark.parametrize("path", [LATE, "/reports/separation-of-duties"])
def test_reports_are_for_those_who_oversee(path: str, standing: Service) -> None:
    for who, status in (
        ("senior", 200),
        ("auditor", 200),
        ("head", 200),
        ("officer", 403),
        ("provider", 403),
    ):
        assert standing.get(path, who).status_code == status, who


def test_a_report_leads_only_to_decisions_that_can_be_opened(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    path = "/reports/separation-of-duties"
    acts = [act for row in service.get(path, "auditor").json()["rows"] for act in row["acts"]]
    own = [act["decision"] for act in acts if act["event"].startswith("placement.")]
    assert own
    assert [service.get(at, "auditor").status_code for at in own] == [200] * len(own)
    assert {act["decision"] for act in acts if not act["event"].startswith("placement.")} <= {None}
    # The school did not commission it, and may not have been concerned from the beginning.
    theirs = [act for row in service.get(path, "head").json()["rows"] for act in row["acts"]]
    assert {act["decision"] for act in theirs} <= {None}


def test_delays_can_be_asked_for_and_taken_along_as_a_file(service: Service) -> None:
    service.walk.live_until("start_placement")
    done = service.walk.do("log_contact", decision={"occurred_on": "2026-11-18"})
    assert service.desk.read_models.wait_for(done.position, 20)

    body = service.get(LATE, "senior", days_at_least=4, event="placement.contact_logged").json()
    assert [row["days_late"] for row in body["rows"]] == [5]
    assert {figure["by"] for figure in body["figures"]} == {
        "all",
        "organisation",
        "provider",
        "role",
        "event",
    }

    file = service.get(LATE, "senior", headers={"Accept": "text/csv"}, event="placement.contact_logged")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'Contact logged,"Robin Sample, placement at Invented Workshop"' in file.text


def test_no_one_can_set_when_something_was_recorded(service: Service) -> None:
    service.walk.live_until("start_placement")

    answer = service.do("log_contact", decision={"recorded_at": "2020-01-01T00:00:00Z"})

    assert answer.status_code == 422
    assert service.do("log_contact", recorded_at="2020-01-01T00:00:00Z").status_code == 422


def test_an_organisations_reports_say_nothing_of_others(standing: Service) -> None:
    mine = standing.get(LATE, "senior").json()["figures"]

    assert mine
    assert str(OTHER_PROVIDER) not in json.dumps(mine)


def test_a_complaint_names_only_ones_own_placement(service: Service) -> None:
    service.walk.live_until("refer_child")
    complaint = {
        "received_on": "2026-11-20",
        "reference": "C-7",
        "from_whom": "parent",
        "placement_id": str(PLACEMENT),
    }
    assert service.do("record_complaint", AUTHORITY, complaint=complaint).status_code == 200
    refused = service.do("record_complaint", ELSEWHERE, "stranger", complaint=complaint)
    unknown = service.do(
        "record_complaint", ELSEWHERE, "stranger", complaint={**complaint, "placement_id": str(CHILD)}
    )
    assert refused.status_code == unknown.status_code == 422
    assert service.reasons(refused) == service.reasons(unknown) == {"unknown_reference"}
