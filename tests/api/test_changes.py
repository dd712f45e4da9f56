"""What changed between two moments, over HTTP: field by field, by which events, and to nobody more than they may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from projections.patch import Change, applied
from tests.api.issuer import Issuer
from tests.api.people import Service, open_desk
from tests.support.postgres import TestPostgres
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, MONDAY, PLACEMENT, PROVIDER

PATHS = [
    f"/placements/{PLACEMENT}",
    f"/children/{CHILD}",
    f"/providers/{PROVIDER}",
    f"/agreements/{AGREEMENT}",
    f"/organisations/{AUTHORITY}",
]


@pytest.fixture(scope="module")
def lived(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The service after a placement was lived until a worry about the child, and its first position."""
    issuer = Issuer(tmp_path_factory.mktemp("issuer"), MONDAY)
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
    ):
        service = Service(client, desk, issuer)
        service.walk.live_until("start_placement")
        service.walk.do("report_safeguarding_concern")
        assert desk.read_models.wait_for(desk.history.head(), 20)
        yield service


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["officer", "provider", "head", "auditor"])
def test_the_changes_applied_to_what_was_shown_give_what_is_shown(
    lived: Service, path: str, who: str
) -> None:
    head = lived.desk.history.head()
    shown: dict[int, dict[str, Any]] = {}
    for at in (head - 12, head - 5, head):
        answer = lived.get(path, who, as_of=at)
        if answer.status_code == 200:
            shown[at] = answer.json()
    for start, end in ((head - 12, head - 5), (head - 5, head), (head, head - 12)):
        if start not in shown or end not in shown:
            continue
        body = lived.get(f"{path}/changes?from={start}&to={end}", who).json()
        assert body["from"] == {"as_of": start}
        told = {entry["position"] for entry in body["events"]}
        for change in body["changes"]:
            field = change["path"].split("/")[1]
            assert field in shown[start] or field in shown[end], "nobody is told of what they are not shown"
            assert set(change["by"]) <= told
        own = {field for field in shown[end] if field in _facts(lived, path, who)}
        before = {field: shown[start][field] for field in own if field in shown[start]}
        changes = [Change(**change) for change in body["changes"]]
        assert applied(before, changes) == {field: shown[end][field] for field in own}


def _facts(service: Service, path: str, who: str) -> set[str]:
    """The names of the record's own facts, as they are shown."""
    whole = service.get(f"{path}/changes", who).json()
    return {change["path"].split("/")[1] for change in whole["changes"]}


def before_the_worry(service: Service) -> int:
    """The position just before the worry about the child was reported."""
    rows = service.get(f"/placements/{PLACEMENT}/timeline").json()["rows"]
    told = "placement.safeguarding_concern_reported"
    return int(next(row["position"] for row in rows if row["name"] == told)) - 1


def test_it_says_what_by_which_event_and_by_whom(lived: Service) -> None:
    body = lived.get(f"/placements/{PLACEMENT}/changes?from={before_the_worry(lived)}").json()
    [stage] = [change for change in body["changes"] if change["path"] == "/stage"]
    [by] = [entry for entry in body["events"] if entry["position"] in stage["by"]]
    assert (stage["before"], stage["value"]) == ("active", "breakdown")
    assert by["name"] == "placement.safeguarding_concern_reported"
    assert by["who"]["name"]
    assert by["sentence"].endswith(".")


def test_a_provider_is_told_nothing_that_it_is_not_shown(lived: Service) -> None:
    path = f"/placements/{PLACEMENT}/changes"
    theirs, ours = lived.get(path, "provider").json(), lived.get(path).json()
    fields = {change["path"].split("/")[1] for change in theirs["changes"]}
    assert fields.isdisjoint(
        {"safeguarding", "consultations", "overrides", "tomorrow", "meeting", "contacts"}
    )
    assert fields < {change["path"].split("/")[1] for change in ours["changes"]}
    timeline = lived.get(f"/placements/{PLACEMENT}/timeline", "provider").json()["rows"]
    assert {e["position"] for e in theirs["events"]} <= {e["position"] for e in timeline}
    assert lived.get(f"/children/{CHILD}/changes", "provider").json()["events"] == []
    for who in ("stranger", "rival"):
        assert lived.get(path, who).status_code == 404
        assert lived.get(f"/children/{CHILD}/changes", who).status_code == 404


@pytest.mark.parametrize("part", ["changes", "timeline", "decisions", "changes?from=0&to=1"])
def test_what_happened_between_an_authority_and_a_provider_is_not_for_another_provider(
    lived: Service, part: str
) -> None:
    refused = lived.get(f"/providers/{PROVIDER}/{part}", "rival")
    assert refused.status_code == 403
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["decisions_not_shown"]
    assert lived.get(f"/providers/{PROVIDER}/changes", "provider").json()["events"]


def test_the_caseload_says_which_rows_changed(lived: Service) -> None:
    before = before_the_worry(lived)
    body = lived.get(f"/placements/changes?from={before}").json()
    [row] = body["rows"]
    assert (row["placement_id"], row["listed"], body["count"], body["next"]) == (
        str(PLACEMENT),
        "changed",
        1,
        None,
    )
    assert {"/stage", "/safeguarding_open"} <= {change["path"] for change in row["changes"]}
    then = lived.get("/placements", as_of=before).json()["rows"][0]
    now = lived.get("/placements").json()["rows"][0]
    changed = applied(then, [Change(**change) for change in row["changes"]])
    kept = {"version", "position", "recorded_at", "stale"}
    assert {k: v for k, v in changed.items() if k not in kept} == {
        k: v for k, v in now.items() if k not in kept
    }
    [theirs] = lived.get(f"/placements/changes?from={before}", "provider").json()["rows"]
    assert {change["path"] for change in theirs["changes"]} == {"/stage"}
    assert lived.get("/placements/changes", "stranger").json()["rows"] == []
    [new] = lived.get("/placements/changes").json()["rows"]
    assert new["listed"] == "new"


@pytest.mark.parametrize("path", [*(f"{path}/changes" for path in PATHS[:2]), "/placements/changes"])
@pytest.mark.parametrize("field", ["from", "to", "from_true_on", "to_true_on"])
def test_a_moment_that_there_is_not_is_named(lived: Service, path: str, field: str) -> None:
    value = "2126-01-01" if field.endswith("on") else "999999"
    answer = lived.get(f"{path}?{field}={value}")
    assert answer.status_code == 400
    assert [reason["field"] for reason in answer.json()["reasons"]] == [field]


def test_rows_with_several_changes_stand_in_one_order_on_every_page(service: Service) -> None:
    for name in ("Zed", "Ada", "Mia"):
        child = service.do("register_child", given_names=name, identifiers=[]).json()["id"]
        for _ in range(2):
            assert service.do("refer_child", child_id=child).status_code == 201
    before = service.desk.history.head()
    ids = [row["placement_id"] for row in service.get("/placements", at_least=before).json()["rows"]]
    # In another order than that of the list, and each by several events that change several columns.
    for id in sorted(ids, reverse=True):
        assert service.do("complete_needs_assessment", id).status_code in (200, 409)
        assert service.do("withdraw_referral", id).status_code == 200
    asked = f"/placements/changes?from={before}"
    rows = service.get(asked).json()["rows"]
    # By name; of one child, neither of whose placements has begun, by id.
    assert [row["placement_id"] for row in rows] == ids
    assert [row["given_names"] for row in rows] == ["Ada", "Ada", "Mia", "Mia", "Zed", "Zed"]
    assert ids[:2] == sorted(ids[:2])
    columns = list(service.get("/placements").json()["rows"][0])
    for row in rows:
        changed = [change["path"].split("/")[1] for change in row["changes"]]
        assert len(changed) > 1
        assert changed == sorted(changed, key=columns.index)
        positions = [event["position"] for event in row["events"]]
        assert positions == sorted(positions)
    found: list[str] = []
    after: str | None = None
    while after is not None or not found:
        page = service.get(f"{asked}&limit=1{f'&after={after}' if after else ''}").json()
        found += [row["placement_id"] for row in page["rows"]]
        after = page["next"]
    assert found == ids


def test_a_list_is_not_compared_backwards(lived: Service) -> None:
    head = lived.desk.history.head()
    for asked, field in (
        (f"from={head}&to={head - 5}", "to"),
        ("from=2026-11-20T10:00:00Z&to=2026-11-19T10:00:00Z", "to"),
        ("from_true_on=2026-11-20&to_true_on=2026-11-19", "to_true_on"),
    ):
        answer = lived.get(f"/placements/changes?{asked}")
        assert answer.status_code == 400, asked
        [reason] = answer.json()["reasons"]
        assert (reason["code"], reason["field"]) == ("end_before_beginning", field)
        assert reason["message"] == "The end lies before the beginning."
    for same in (f"from={head}&to={head}", "from=2026-11-20T10:00:00Z&to=2026-11-20T10:00:00Z"):
        assert lived.get(f"/placements/changes?{same}").json()["count"] == 0


def test_the_changes_of_a_list_stand_by_name_and_start_with_how_many_came(lived: Service) -> None:
    body = lived.get("/placements/changes").json()
    assert body["counts"] == {"new": 1, "gone": 0, "changed": 0}
    [row] = body["rows"]
    [listed] = lived.get("/placements").json()["rows"]
    assert (row["stage"], row["provider_name"]) == (listed["stage"], listed["provider_name"])
    assert lived.get(f"/placements/changes?after={PLACEMENT}").json()["rows"] == []
    assert lived.get(f"/placements/changes?after={CHILD}").status_code == 400
