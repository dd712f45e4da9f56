"""What is due and what is missing, over HTTP: who sees it, by which filters, page by page, as a file, and as it was."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from domain.stages import Stage
from tests.api.people import Service
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER

AFTER_TERM = "2026-12-19"
EVERY_STATE = ["ahead", "due_soon", "due", "overdue", "done", "done_late", "lapsed"]


def _rows(service: Service, path: str = "/due", who: str = "officer", **asked: Any) -> list[dict[str, Any]]:
    answer = service.get(path, who, **asked)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def test_the_list_says_what_is_due_by_when_for_whom_and_which_rule_says_so(standing: Service) -> None:
    [row] = _rows(standing, on="2026-12-18", rule="T16")
    assert (row["state"], row["due_on"], row["placement_id"]) == ("due", "2026-12-18", str(PLACEMENT))
    assert (row["what"], row["owner"]) == ("hold a review in each half-term", "commissioner")
    assert "Arranging Alternative Provision" in row["source"]
    assert row["href"] == f"/placements/{PLACEMENT}"
    [missing] = _rows(standing, "/findings", on=AFTER_TERM, rule="T16")
    assert (missing["true_from"], missing["days_overdue"], missing["done_by"]) == (AFTER_TERM, 1, None)
    assert _rows(standing, "/findings", on="2026-12-18", rule="T16") == []


@pytest.mark.parametrize("path", ["/due", "/findings"])
def test_a_provider_is_told_what_concerns_it_and_others_nothing(standing: Service, path: str) -> None:
    asked: dict[str, Any] = (
        {"on": "2028-12-31", "state": EVERY_STATE} if path == "/due" else {"on": "2028-12-31"}
    )
    ours = _rows(standing, path, limit=200, **asked)
    theirs = _rows(standing, path, "provider", limit=200, **asked)
    assert {row["provider_id"] for row in theirs} == {str(PROVIDER)}
    assert "T16" in {row["rule"] for row in theirs}
    assert {row["duty_id"] for row in theirs} < {row["duty_id"] for row in ours}
    assert not {"T1", "T13", "T45"} & {row["rule"] for row in theirs}
    for who in ("stranger", "rival"):
        mine = _rows(standing, path, who, limit=200, **asked)
        assert not {row["duty_id"] for row in mine} & {row["duty_id"] for row in ours}
        assert not [row for row in mine if row["child_id"] or row["placement_id"]]
        for filtered in ({"placement_id": PLACEMENT}, {"child_id": CHILD}, {"provider_id": PROVIDER}):
            assert _rows(standing, path, who, **asked, **filtered) == []


def test_nothing_of_others_is_counted_either(standing: Service) -> None:
    asked: dict[str, Any] = {"on": "2028-12-31", "state": EVERY_STATE}
    assert sum(standing.get("/due", **asked).json()["counts"].values()) > 0
    for who in ("stranger", "rival"):
        counts = standing.get("/due", who, placement_id=PLACEMENT, **asked).json()["counts"]
        assert sum(counts.values()) == 0


def test_as_many_are_counted_where_one_page_holds_them_all_as_where_it_does_not(standing: Service) -> None:
    for asked in (
        {"on": AFTER_TERM},
        {"on": "2028-12-31", "state": EVERY_STATE},
        {"on": AFTER_TERM, "rule": "T16"},
    ):
        every, first = (standing.get("/due", limit=limit, **asked).json() for limit in (200, 1))
        assert (every["next"], len(every["rows"])) == (None, sum(every["counts"].values())), asked
        assert every["counts"] == first["counts"], asked
        if first["next"]:
            last = standing.get("/due", limit=200, after=first["next"], **asked).json()
            assert (last["next"], last["counts"]) == (None, every["counts"]), asked
    for path in ("/placements", "/children", "/providers"):
        whole, none = standing.get(path, limit=200).json(), standing.get(path, name="nobody").json()
        counts = whole.get("counts") or {"all": whole["count"]}
        assert sum(counts.values()) == len(whole["rows"]) > 0, path
        assert sum((none.get("counts") or {"all": none["count"]}).values()) == len(none["rows"]) == 0, path
    assert set(standing.get("/placements", name="nobody").json()["counts"]) == set(Stage)


def test_the_counts_are_left_out_where_nobody_wants_them(standing: Service) -> None:
    with_them = standing.get("/due", on=AFTER_TERM).json()
    assert with_them.pop("counts")
    assert standing.get("/due", on=AFTER_TERM, counts=False).json() == with_them
    assert standing.get("/due", counts="some").status_code == 400


def test_filters_leave_what_was_asked_for(standing: Service) -> None:
    asked: dict[str, Any] = {"on": AFTER_TERM, "limit": 200, "state": EVERY_STATE}
    whole = _rows(standing, **asked)
    for name, value in (
        ("rule", "T16"),
        ("owner", "provider"),
        ("placement_id", str(PLACEMENT)),
        ("child_id", str(CHILD)),
        ("provider_id", str(PROVIDER)),
        ("organisation_id", str(AUTHORITY)),
    ):
        some = _rows(standing, **asked, **{name: value})
        assert some == [row for row in whole if row[name] == value]
        assert 0 < len(some) < len(whole), name
    between = _rows(standing, **asked, due_from="2026-12-01", due_to="2026-12-31")
    assert between == [row for row in whole if "2026-12-01" <= row["due_on"] <= "2026-12-31"]
    of_providers = _rows(standing, **asked, role="provider_staff")
    assert of_providers
    assert {row["owner"] for row in of_providers} == {"provider"}
    assert _rows(standing, who="provider", mine=True, **asked) == [
        row for row in _rows(standing, who="provider", **asked) if row["owner"] == "provider"
    ]
    counts = standing.get("/due", **asked).json()["counts"]
    assert counts == {state: sum(row["state"] == state for row in whole) for state in EVERY_STATE}
    assert {row["state"] for row in _rows(standing, on=AFTER_TERM)} <= {"overdue", "due", "due_soon"}


def test_what_falls_to_nobody_is_an_empty_list_and_not_the_whole_one(standing: Service) -> None:
    asked: dict[str, Any] = {"on": AFTER_TERM, "state": EVERY_STATE}
    assert _rows(standing, **asked)
    to_nobody: list[tuple[str, dict[str, Any]]] = [
        ("officer", {"role": "auditor"}),
        ("officer", {"role": "self_approver"}),
        ("auditor", {"mine": True}),
    ]
    for who, falls in to_nobody:
        for when in ({}, {"as_of": standing.desk.history.head()}):
            one = {**asked, **falls, **when}
            answer = standing.get("/due", who, **one).json()
            assert answer["rows"] == [], one
            assert answer["counts"] == dict.fromkeys(EVERY_STATE, 0), one
            file = standing.get("/due", who, headers={"Accept": "text/csv"}, **one).text
            assert len(file.splitlines()) == 1, one


def test_the_first_and_the_last_day_of_all_are_days_like_others(standing: Service) -> None:
    for state in ("overdue", "due", "due_soon", ["overdue", "due"], ["due", "due_soon"]):
        assert _rows(standing, on="0001-01-01", state=state) == []
        late = _rows(standing, on="9999-12-31", state=state, limit=200)
        assert {row["state"] for row in late} == ({"overdue"} if "overdue" in state else set())
    assert _rows(standing, "/findings", on="0001-01-01") == []
    assert _rows(standing, "/findings", on="9999-12-31")
    assert _rows(standing, on="9999-12-31", due_to="2026-12-31", state="due") == []


def test_pages_follow_each_other_and_a_file_has_them_all(standing: Service) -> None:
    asked: dict[str, Any] = {"on": AFTER_TERM, "state": EVERY_STATE}
    whole = _rows(standing, limit=200, **asked)
    found, after = [], None
    while True:
        page = standing.get("/due", limit=3, **asked, **({"after": after} if after else {})).json()
        found += page["rows"]
        after = page["next"]
        if after is None:
            break
    assert found == whole
    answer = standing.get("/due", headers={"Accept": "text/csv"}, limit=3, **asked)
    assert f'filename="due-on-{AFTER_TERM}-taken-20' in answer.headers["Content-Disposition"]
    file = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Rule"], row["Counted from"]) for row in file] == [
        (row["rule"], row["anchor_on"]) for row in whole
    ]
    mark = standing.get("/due", limit=1, **asked).json()["next"]
    assert standing.get("/placements", after=mark).status_code == 400
    findings = standing.get("/findings", headers={"Accept": "text/csv"}, on=AFTER_TERM)
    assert 'filename="findings-on-' in findings.headers["Content-Disposition"]


def test_a_duty_goes_by_the_event_that_does_it_and_the_past_stays_as_it_was(service: Service) -> None:
    service.walk.live_until("start_placement")
    before = service.desk.history.head()
    assert service.do("call_review").status_code == 200
    done = service.do("record_review").json()
    now = {"on": AFTER_TERM, "rule": "T16", "at_least": done["position"]}
    assert _rows(service, "/findings", **now) == []
    [held] = _rows(service, state="done", **now)
    assert held["done_by"] == f"{PLACEMENT}/{done['version']}"
    [then] = _rows(service, "/findings", as_of=before, on=AFTER_TERM, rule="T16")
    assert (then["duty_id"], then["state"], then["done_by"]) == (held["duty_id"], "overdue", None)
    for who in ("stranger", "rival"):
        assert _rows(service, "/findings", who, as_of=before, on=AFTER_TERM, rule="T16") == []


@pytest.mark.parametrize("path", ["/due", "/findings"])
@pytest.mark.parametrize(
    "asked",
    [
        {"on": "yesterday"}, {"on": "2026-02-30"}, {"owner": "nobody"}, {"child_id": "Robin"},
        {"limit": 0}, {"limit": 201}, {"at_least": "soon"}, {"rule": ["T16"] * 61}, {"rule": "t16"},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_the_name_of_the_field(
    standing: Service, path: str, asked: dict[str, Any]
) -> None:
    answer = standing.get(path, **asked)
    assert answer.status_code == 400
    assert next(iter(asked)) in answer.text


def test_what_only_one_of_them_takes_is_checked_too(standing: Service) -> None:
    for path in ("/due?state=late", "/due?role=king", "/findings?made_good=so+so"):
        assert standing.get(path).status_code == 400
    assert standing.get("/due", after="abc").status_code == 400
    assert standing.get("/due", rule="T16' OR true --").status_code == 400
    assert standing.client.get("/due").status_code == 401
