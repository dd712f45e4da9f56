"""Looking back over HTTP: one way to name a moment, the same for every record and every list, and nothing that lies ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.commands import NOT_OVER_HTTP
from tests.api.issuer import Issuer
from tests.api.people import Service, open_desk
from tests.api.test_every_route import routes
from tests.support.postgres import TestPostgres
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, MONDAY, PLACEMENT, PROVIDER, THE_SERVICE
from workflows.catalogue import COMMANDS

RECORDS = [
    f"/placements/{PLACEMENT}",
    f"/placements/{PLACEMENT}/timeline",
    f"/placements/{PLACEMENT}/events",
    f"/placements/{PLACEMENT}/attendance",
    f"/placements/{PLACEMENT}/decisions",
    f"/children/{CHILD}",
    f"/children/{CHILD}/timeline",
    f"/children/{CHILD}/decisions",
    f"/providers/{PROVIDER}",
    f"/providers/{PROVIDER}/timeline",
    f"/providers/{PROVIDER}/decisions",
    f"/agreements/{AGREEMENT}",
    f"/organisations/{AUTHORITY}",
]
NEW = UUID("5b0f6a52-6f0e-4d8e-9d54-0000000000f7")
LISTS = ["/placements", "/children", "/providers", "/agreements", "/organisations", "/due"]


@pytest.fixture(scope="module")
def going_on(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The service with a placement that has started, and goes on."""
    issuer = Issuer(tmp_path_factory.mktemp("issuer"), MONDAY)
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
    ):
        service = Service(client, desk, issuer)
        service.walk.live_until("start_placement")
        assert desk.read_models.wait_for(desk.history.head(), 20)
        yield service


@pytest.mark.parametrize("path", RECORDS + LISTS)
def test_everything_that_can_be_read_can_be_read_as_it_was(standing: Service, path: str) -> None:
    head = standing.desk.history.head()
    then = standing.get(path, as_of=head)
    assert then.status_code == 200
    assert standing.get(path, as_of=MONDAY.isoformat()).json().get("rows") == then.json().get("rows")
    assert standing.get(path, true_on=MONDAY.date().isoformat()).status_code == 200


@pytest.mark.parametrize("path", RECORDS[:1] + LISTS)
@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"as_of": "999999"}, "as_of", "has not reached"),
        ({"as_of": "-1"}, "as_of", "begin at 1"),
        ({"as_of": "9" * 39}, "as_of", "has not reached"),
        ({"as_of": "yesterday"}, "as_of", "moment with its time zone"),
        ({"as_of": "2026-10-25T01:30:00"}, "as_of", "no time zone"),
        ({"as_of": "2026-10-25"}, "as_of", "moment with its time zone"),
        ({"as_of": "2026-W43-7T01:30:00Z"}, "as_of", "moment with its time zone"),
        ({"as_of": "20261025T013000Z"}, "as_of", "moment with its time zone"),
        ({"as_of": "2126-10-25T01:30:00Z"}, "as_of", "lies ahead"),
        ({"as_of": "9999-12-31T23:59:59-14:00"}, "as_of", "moment with its time zone"),
        ({"as_of": "0001-01-01T00:00:00+14:00"}, "as_of", "moment with its time zone"),
        ({"true_on": "2126-10-25"}, "true_on", "lies ahead"),
    ],
)
def test_what_is_no_moment_of_the_past_is_refused_in_words(
    standing: Service, path: str, asked: dict[str, Any], field: str, words: str
) -> None:
    answer = standing.get(path, **asked)
    assert answer.status_code == 400
    [reason] = answer.json()["reasons"]
    assert reason["field"] == field
    assert words in reason["message"]


@pytest.mark.parametrize("asked", ["2019-01-01T00:00:00Z", 0])
def test_before_anything_was_written_down_there_was_nothing(standing: Service, asked: str | int) -> None:
    for path in RECORDS:
        answer = standing.get(path, as_of=asked)
        assert answer.status_code == 404
        [reason] = answer.json()["reasons"]
        assert (reason["code"], reason["field"]) == ("nothing_then", "as_of")
        assert reason["message"] == "Nothing at all had been written down then."
    for path in LISTS:
        page = standing.get(path, as_of=asked).json()
        assert (page["rows"], page["as_of"], page["next"]) == ([], 0, None), path
        assert standing.get(path, as_of=page["as_of"]).json()["rows"] == []
    assert standing.get("/children", as_of=asked).json()["count"] == 0
    since: dict[str, Any] = {"from": asked}
    changes = standing.get(f"/placements/{PLACEMENT}/changes", **since).json()["changes"]
    assert changes == standing.get(f"/placements/{PLACEMENT}/changes").json()["changes"]


def test_wherever_one_may_look_back_there_is_a_time_before_anything(standing: Service) -> None:
    ids = {"placements": PLACEMENT, "children": CHILD, "providers": PROVIDER, "agreements": AGREEMENT}
    for path, methods in standing.app.openapi()["paths"].items():
        if not any(p["name"] == "as_of" for p in methods.get("get", {}).get("parameters", ())):
            continue
        id = ids.get(path.split("/")[1], AUTHORITY)
        answer = standing.get(path.replace("{id}", str(id)), as_of=0)
        # A 400 is for those that need more to be asked; who may not look is told so.
        assert answer.status_code in (200, 400, 403, 404), (path, answer.text)
        assert "no_such_moment" not in answer.text, path


@pytest.mark.parametrize(
    "path", [f"/placements/{PLACEMENT}", f"/children/{CHILD}", f"/agreements/{AGREEMENT}"]
)
def test_only_who_may_know_of_it_now_is_told_that_it_was_not_there_then(standing: Service, path: str) -> None:
    [reason] = standing.get(path, as_of=1).json()["reasons"]
    assert "Nothing was known then of this" in reason["message"]
    nobody_s = standing.get(path, "rival", as_of=1)
    assert (nobody_s.status_code, nobody_s.json()["reasons"]) == (404, [])


@pytest.mark.parametrize(
    ("true_on", "said"), [("2011-03-13", "13 March 2011"), ("1066-10-14", "14 October 1066")]
)
def test_a_child_was_not_there_before_the_day_of_birth(standing: Service, true_on: str, said: str) -> None:
    assert standing.get(f"/children/{CHILD}").json()["born_on"] == "2012-03-14"
    answer = standing.get(f"/children/{CHILD}", true_on=true_on)
    assert answer.status_code == 404
    [reason] = answer.json()["reasons"]
    assert (reason["code"], reason["field"]) == ("nothing_then", "true_on")
    assert f"was true of this child on {said}," in reason["message"]
    assert standing.get(f"/children/{CHILD}/timeline", true_on=true_on).status_code == 404
    page = standing.get("/children", true_on=true_on).json()
    assert (page["rows"], page["count"]) == ([], 0)


def test_on_the_day_of_birth_and_after_it_the_child_was_there(standing: Service) -> None:
    for true_on in ("2012-03-14", "2020-01-01"):
        assert standing.get(f"/children/{CHILD}", true_on=true_on).json()["born_on"] == "2012-03-14"
        [row] = standing.get("/children", true_on=true_on).json()["rows"]
        assert row["child_id"] == str(CHILD)


@pytest.mark.parametrize(
    "said", ["2026-W43-7", "20261025", "1761350400", "0", "2026-10-25T00:00:00", "2026-298"]
)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/placements", "true_on"),
        ("/placements", "review_due_before"),
        ("/due", "on"),
        ("/due", "due_from"),
        ("/register", "on"),
        (f"/placements/{PLACEMENT}/changes", "to_true_on"),
    ],
)
def test_a_day_is_written_in_one_way(standing: Service, path: str, name: str, said: str) -> None:
    asked: dict[str, Any] = {name: said}
    answer = standing.get(path, **asked)
    assert answer.status_code == 400
    [reason] = answer.json()["reasons"]
    assert (reason["field"], reason["message"]) == (name, "Write a day as 2026-10-25.")


def test_the_moment_counts_as_today(going_on: Service) -> None:
    desk = going_on.app.state.desk
    going_on.app.state.desk = replace(desk, clock=lambda: MONDAY + timedelta(days=3650))
    try:
        file = going_on.get(f"/placements/{PLACEMENT}", as_of=MONDAY.isoformat()).json()
        today = going_on.get(f"/placements/{PLACEMENT}").json()
        [then] = going_on.get("/agreements", as_of=MONDAY.isoformat()).json()["rows"]
        [now] = going_on.get("/agreements").json()["rows"]
    finally:
        going_on.app.state.desk = desk
    assert (file["derived"]["on"], today["derived"]["on"]) == ("2026-11-23", "2036-11-20")
    assert (then["state"], now["state"]) == ("in_force", "ended")


def test_the_same_moment_gives_the_same_answer_whatever_comes_later(going_on: Service) -> None:
    head = going_on.desk.history.head()
    paths = [f"/placements/{PLACEMENT}", "/placements", f"/children/{CHILD}", "/providers"]
    tags = {path: going_on.get(path, as_of=head).headers["ETag"] for path in paths}
    after = going_on.do("log_contact").json()["position"]
    assert going_on.get(f"/placements/{PLACEMENT}").headers["ETag"] not in tags.values()
    for path, tag in tags.items():
        again = going_on.get(path, headers={"If-None-Match": tag}, as_of=head)
        assert (again.status_code, again.headers["ETag"], again.content) == (304, tag, b"")
        assert going_on.get(path, headers={"If-None-Match": tag}, as_of=head - 1).status_code in (200, 304)
    other = going_on.get(f"/placements/{PLACEMENT}", headers={"If-None-Match": tags[paths[0]]}, as_of=after)
    assert other.status_code == 200


def test_the_next_page_is_of_the_same_moment(going_on: Service) -> None:
    moment = MONDAY.isoformat()
    first = going_on.get("/organisations", as_of=moment, limit=1)
    assert f"as_of={first.json()['as_of']}&" in first.headers["Link"]
    going_on.walk.do("found_organisation", NEW, THE_SERVICE, organisation_name="AAA First of all")
    following = first.headers["Link"].split(">")[0].strip("<")
    rows = first.json()["rows"] + going_on.get(following).json()["rows"]
    assert "AAA First of all" not in {row["name"] for row in rows}


def test_no_caller_says_when_something_was_written_down(going_on: Service) -> None:
    posted = {path for method, path in routes(going_on.app.routes) if method == "POST"}
    names = [name for name in COMMANDS if name not in NOT_OVER_HTTP]
    assert len(names) == len(posted)
    past = "2020-01-01T00:00:00Z"
    before = going_on.desk.history.head()
    for name in names:
        for more in ({"recorded_at": past}, {"decision": {"recorded_at": past}}):
            answer = going_on.do(name, **more)
            assert answer.status_code == 422, name
            assert any(r["field"].endswith("recorded_at") for r in answer.json()["reasons"]), name
    for header in ("Date", "Recorded-At", "X-Recorded-At"):
        assert going_on.do("log_contact", headers={header: past}).status_code == 200
    written = going_on.desk.history.page(before, 100)
    assert written
    assert all(stored.event.recorded_at == MONDAY for stored in written)


def test_no_one_knew_what_had_not_been_written_down(going_on: Service) -> None:
    head = going_on.desk.history.head()
    assert going_on.do("log_contact", decision={"known_at": head}).status_code == 200
    answer = going_on.do("log_contact", decision={"known_at": head + 2})
    assert answer.status_code == 422
    assert [reason["field"] for reason in answer.json()["reasons"]] == ["decision.known_at"]
