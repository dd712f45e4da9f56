"""Whatever goes wrong is told in one shape, with a stable type, and says nothing of what was sent."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from api.problem import KINDS
from history.patience import Unavailable
from tests.api.people import Service
from tests.support.walk import PLACEMENT

NOBODY = "00000000-0000-4000-8000-000000000000"


def problem(answer: Any, status: int, kind: str) -> Any:
    """The problem in an answer, after a look at what all problems have in common."""
    body = answer.json()
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == f"/problems#{kind}"
    assert body["status"] == status
    assert body["instance"] == f"urn:uuid:{answer.headers['X-Correlation-ID']}"
    assert set(body) >= {"type", "title", "status", "detail", "instance", "reasons"}
    assert answer.headers["Cache-Control"] == "no-store"
    return body


def test_a_rule_that_forbids_says_every_reason_with_its_source(service: Service) -> None:
    service.walk.live_until("refer_child")
    body = problem(service.do("complete_needs_assessment"), 409, "refused")
    assert len(body["reasons"]) > 1
    for reason in body["reasons"]:
        assert reason["code"]
        assert reason["message"]
        assert reason["source"]
        assert reason["rule"]
        assert isinstance(reason["may_be_overridden"], bool)


def test_a_wrong_reference_points_at_its_field(standing: Service) -> None:
    body = problem(standing.do("refer_child", child_id=NOBODY), 422, "invalid")
    assert [(r["code"], r["field"]) for r in body["reasons"]] == [("unknown_reference", "child_id")]


def test_every_field_that_does_not_fit_is_named_with_what_would_be_right(standing: Service) -> None:
    wrong = {"on": "soon", "first_review_on": None, "extra": 1}
    answer = standing.post(f"/placements/{PLACEMENT}/start-placement", wrong)
    body = problem(answer, 422, "invalid")
    found = {reason["field"]: reason["message"] for reason in body["reasons"]}
    assert found.keys() == {"on", "first_review_on", "extra"}
    assert "date" in found["on"]


def test_what_was_sent_is_never_repeated(standing: Service) -> None:
    secret = "Robin was seen crying"
    bodies = [
        {"on": secret, "first_review_on": {secret: secret}},
        {secret: secret},
        [secret],
        secret,
        {"on": "2026-11-23", "first_review_on": "2026-12-11", "decision": {"on_behalf_of": secret}},
    ]
    for body in bodies:
        answer = standing.post(f"/placements/{PLACEMENT}/start-placement", body)
        assert answer.status_code == 422
        assert "Robin" not in answer.text
        assert "crying" not in answer.text


@pytest.mark.parametrize(
    "path", [f"/placements/{NOBODY}", "/placements/not-an-id", "/nowhere", f"/children/{NOBODY}"]
)
def test_what_is_not_there_is_told_in_the_same_words(standing: Service, path: str) -> None:
    body = problem(standing.get(path), 404, "not-found")
    assert body["detail"] == "There is nothing here, or nothing that you may know of."


def test_a_record_one_may_not_know_of_is_like_one_that_does_not_exist(standing: Service) -> None:
    for name in (None, "start-placement"):
        answers = []
        for id in (PLACEMENT, NOBODY):
            path = f"/placements/{id}" + (f"/{name}" if name else "")
            body = {"on": "2026-11-23", "first_review_on": "2026-12-11"}
            answer = standing.post(path, body, "stranger") if name else standing.get(path, "stranger")
            told = problem(answer, 404, "not-found")
            told.pop("instance")
            answers.append((told, sorted(answer.headers)))
        assert answers[0] == answers[1]


def test_a_404_takes_the_same_time_whether_there_is_something_or_not(standing: Service) -> None:
    import time

    def seconds(id: Any) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            standing.get(f"/placements/{id}", "stranger")
            times.append(time.perf_counter() - began)
        return min(times)

    assert abs(seconds(PLACEMENT) - seconds(uuid4())) < 0.02


def test_other_methods_are_named(standing: Service) -> None:
    answer = standing.client.delete(f"/placements/{PLACEMENT}")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET"


def test_another_form_of_answer_than_we_have_is_not_acceptable(standing: Service) -> None:
    problem(standing.get("/me", headers={"Accept": "application/xml"}), 406, "not-acceptable")
    problem(standing.get("/me", headers={"Accept": "text/csv"}), 406, "not-acceptable")
    problem(standing.get("/me", headers={"Accept": "application/json;q=0"}), 406, "not-acceptable")
    assert standing.get("/me", headers={"Accept": "text/html, application/*;q=0.5"}).status_code == 200


def test_a_body_that_is_not_json_is_refused(standing: Service) -> None:
    path = f"/placements/{PLACEMENT}/start-placement"
    token = {"Authorization": f"Bearer {standing.token('officer')}"}
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""):
        answer = standing.client.post(path, content=b"{}", headers={**token, "Content-Type": kind})
        problem(answer, 415, "not-json")


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_larger_than_a_mebibyte_is_refused(standing: Service, announced: bool) -> None:
    raw = b'{"why": "' + b"a" * 1_048_576 + b'"}'
    token = {"Authorization": f"Bearer {standing.token('officer')}", "Content-Type": "application/json"}
    content = raw if announced else iter([raw[:600_000], raw[600_000:]])
    problem(standing.client.post("/placements", content=content, headers=token), 413, "too-large")


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "limit=0",
        "limit=x",
        "limit=1&limit=2",
        "after=%00",
        "after=x",
        "stage=sleeping",
        "name=%ff",
        "at_least=-1",
    ],
)
def test_a_parameter_that_cannot_be_read_is_refused(standing: Service, query: str) -> None:
    problem(standing.get(f"/placements?{query}"), 400, "malformed")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Idempotency-Key", "a" * 201),
        ("Idempotency-Key", "with space"),
        ("If-Match", "seven"),
        ("If-Match", '"1", "2"'),
    ],
)
def test_a_header_that_cannot_be_read_is_refused(standing: Service, name: str, value: str) -> None:
    problem(standing.do("start_placement", headers={name: value}), 400, "malformed")


@pytest.mark.parametrize(
    "away", [Unavailable("x"), psycopg.OperationalError("secret words"), psycopg.InterfaceError()]
)
def test_while_the_database_is_away_one_is_told_to_come_again(
    standing: Service, away: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise away

    monkeypatch.setattr(standing.desk.history, "head", gone)
    answer = standing.get(f"/placements/{PLACEMENT}")
    problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert "secret" not in answer.text


def test_when_our_own_code_fails_nothing_leaks(
    standing: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Robin Sample lives at 1 Mill Lane")

    monkeypatch.setattr(standing.desk.history, "head", broken)
    body = problem(standing.get(f"/placements/{PLACEMENT}"), 500, "failed")
    assert "Robin" not in json.dumps(body)
    said = capsys.readouterr()
    assert "ValueError" in said.out + said.err
    assert "Robin" not in said.out + said.err


def test_a_date_at_the_end_of_time_is_no_failure(service: Service) -> None:
    service.walk.live_until("plan_contingency")
    for day in ("9999-12-31", "0001-01-01"):
        body = {"on": day, "first_review_on": day}
        answer = service.post(f"/placements/{PLACEMENT}/start-placement", body)
        assert answer.status_code in (409, 422)


def test_a_correlation_id_goes_through(service: Service) -> None:
    service.walk.live_until("start_placement")
    given = "0af76519-16cd-43dd-8448-eb211c80319c"
    assert service.get("/me", headers={"X-Correlation-ID": given}).headers["X-Correlation-ID"] == given
    trace = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    assert service.get("/me", headers=trace).headers["X-Correlation-ID"] == given
    made = service.get("/me", headers={"X-Correlation-ID": "Robin Sample"}).headers["X-Correlation-ID"]
    assert made != "Robin Sample"
    done = service.do("log_contact", headers={"X-Correlation-ID": given})
    stored = service.desk.history.stream(PLACEMENT)[done.json()["version"] - 1]
    assert str(stored.event.decision.correlation_id) == given


def test_all_kinds_of_problem_are_listed_without_sign_in(standing: Service) -> None:
    found = standing.client.get("/problems").json()
    assert [row["type"] for row in found] == [kind.type for kind in KINDS]
    assert len({kind.type for kind in KINDS}) == len(KINDS)


def test_a_parameter_that_does_not_fit_is_called_by_its_name(standing: Service) -> None:
    body = problem(standing.get("/placements?stage=active&stage=sleeping"), 400, "malformed")
    assert body["detail"] == "Something does not fit: stage."
    assert [reason["field"] for reason in body["reasons"]] == ["stage"]
