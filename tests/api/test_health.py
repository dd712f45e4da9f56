"""For those who run the service: whether it lives, whether it can work and if not why, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from history.patience import Unavailable
from projections.at_work import JobDone
from projections.condition import Condition
from tests.api.issuer import Issuer
from tests.api.people import SIGNER, Service, open_desk
from tests.support.postgres import TestPostgres
from tests.support.sealing import seal
from tests.support.walk import MONDAY

AT_WORK = JobDone(job="read_models", words="keeps them in step", wellbeing="well", led_by="one", workers=1)
WELL = Condition(position=7, head=7, seconds_behind=0.0, parked=0, to_rebuild=(), followed=True)


def test_a_service_in_order_is_ready(standing: Service) -> None:
    answer = standing.client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert answer.json()["read_models"]["followed"]


@pytest.mark.parametrize(
    ("condition", "status", "code"),
    [
        ({"seconds_behind": 60.0, "position": 2}, 503, "behind"),
        ({"seconds_behind": 1.0, "position": 1, "head": 6_000}, 503, "behind"),
        ({"seconds_behind": 1.0, "position": 0}, 503, "not_filled"),
        ({"position": 0, "head": 0}, 200, None),
        ({"seconds_behind": 60.0, "position": 2, "followed": False}, 503, "not_followed"),
        ({"to_rebuild": ("caseload",)}, 503, "being_rebuilt"),
        ({"parked": 3}, 200, "records_parked"),
        ({"followed": False}, 200, None),
    ],
)
def test_what_is_wrong_is_named(
    standing: Service,
    condition: dict[str, object],
    status: int,
    code: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import msgspec

    now = msgspec.structs.replace(WELL, **condition)
    monkeypatch.setattr(standing.desk.read_models, "condition", lambda: now)
    monkeypatch.setattr(standing.desk.read_models, "jobs", lambda: [AT_WORK])
    answer = standing.client.get("/health/ready")
    assert answer.status_code == status
    assert [reason["code"] for reason in answer.json()["reasons"]] == ([code] if code else [])


@pytest.mark.parametrize(
    ("jobs", "code", "words"),
    [
        ([], "not_done", "No worker runs"),
        (
            [{"wellbeing": "nobody", "led_by": ""}, {"job": "ledger"}],
            "not_done",
            "No worker does read_models now",
        ),
        ([{"wellbeing": "failing", "error": "KeyError"}], "job_failing", "fails again and again (KeyError)"),
        ([{"wellbeing": "stuck", "quiet_seconds": 90.0}], "job_stuck", "has said nothing for 90 seconds"),
    ],
)
def test_a_job_that_is_not_well_is_told_in_words_and_does_not_make_it_unready(
    standing: Service,
    jobs: list[dict[str, object]],
    code: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import msgspec

    found = [msgspec.structs.replace(AT_WORK, **job) for job in jobs]
    monkeypatch.setattr(standing.desk.read_models, "jobs", lambda: found)
    answer = standing.client.get("/health/ready")
    assert answer.status_code == 200
    [reason] = [reason for reason in answer.json()["reasons"] if reason["code"] == code]
    assert words in reason["message"]


def test_without_a_database_it_lives_and_is_not_ready(
    standing: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Condition:
        raise Unavailable("gone")

    monkeypatch.setattr(standing.desk.read_models, "condition", away)
    assert standing.client.get("/health/live").json() == {"status": "live"}
    answer = standing.client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["reasons"][0]["code"] == "database_away"
    assert "placements_history_position NaN" in standing.client.get("/metrics").text


def test_meters_name_templates_and_never_a_record(standing: Service) -> None:
    standing.get("/placements/5b0f6a52-6f0e-4d8e-9d54-000000000007")
    standing.do("call_review", who="provider")
    before = standing.desk.history.head()
    text = standing.client.get("/metrics").text
    assert 'placements_request_seconds_count{method="GET",route="/placements/{id}",status="200"}' in text
    assert 'placements_commands_total{command="call_review",outcome="NotPermitted"} 1.0' in text
    # Looks are noted meanwhile.
    [position] = re.findall(r"^placements_history_position (\S+)$", text, re.MULTILINE)
    assert before <= float(position) <= standing.desk.history.head()
    assert "5b0f6a52" not in text


@pytest.fixture(scope="module")
def witnessed(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """A service whose first checkpoint was taken by a folder outside, and the second one was not."""
    issuer = Issuer(tmp_path_factory.mktemp("issuer"), MONDAY)
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
        psycopg.connect(dsn, autocommit=True) as connection,
    ):
        service = Service(client, desk, issuer)
        seal(dsn, desk.history, SIGNER)
        connection.execute(
            "INSERT INTO history.witnessed (witness, size, answer) SELECT 'folder committee', max(size), ''"
            " FROM history.ledger_checkpoints"
        )
        service.walk.do("refer_child")
        seal(dsn, desk.history, SIGNER)
        yield service


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({}, []),
        ({"folder committee": 1e9, "witness elsewhere": 1e9}, []),
        ({"folder committee": 0.0}, ["folder committee took its last checkpoint at position"]),
        ({"witness elsewhere": 0.0}, ["witness elsewhere never took a checkpoint"]),
        ({"folder committee": 0.0, "witness elsewhere": 0.0}, ["folder committee", "witness elsewhere"]),
    ],
)
def test_who_outside_holds_the_ledger_is_shown_and_who_is_behind_is_named(
    witnessed: Service, named: dict[str, float], said: list[str]
) -> None:
    witnessed.app.state.desk = replace(witnessed.desk, witnesses=named)
    answer = witnessed.client.get("/health/ready")
    assert answer.status_code == 200 or {r["code"] for r in answer.json()["reasons"]} - {"witness_behind"}
    found = answer.json()
    sizes = [one["size"] for one in witnessed.get("/ledger/checkpoints").json()["checkpoints"]]
    assert (found["witnessed"]["by"], found["witnessed"]["position"]) == ("folder committee", sizes[0])
    assert found["witnessed"]["position"] < sizes[-1]
    complaints = [r["message"] for r in found["reasons"] if r["code"] == "witness_behind"]
    assert len(complaints) == len(said)
    assert all(words in message for words, message in zip(said, complaints, strict=True))


def test_where_nobody_outside_was_given_a_checkpoint_that_is_shown(standing: Service) -> None:
    assert standing.client.get("/health/ready").json()["witnessed"] is None
