"""The numbers at the terminal, and every past decision of the demonstration weighed again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from domain.guidance import guidance_id
from history.store import History
from service.opening import now
from service.publishing import publish_what_is_shipped
from tests.commands.terminal import Terminal
from tests.demo.filled import MASTER_KEY, filled
from tests.support.postgres import TestPostgres, as_owner
from workflows.casework import Casework
from workflows.examples import EXAMPLES


@pytest.fixture
def damaged(prepared_postgres: TestPostgres, inventshire: Terminal) -> Iterator[psycopg.Connection]:
    """A filled database that somebody gets at behind the service's back."""
    with filled(prepared_postgres) as dsn, psycopg.connect(as_owner(dsn), autocommit=True) as connection:
        inventshire.monkeypatch.setenv("PLACEMENTS_DATABASE_URL", dsn)
        connection.execute("ALTER TABLE history.events DISABLE TRIGGER ALL")
        yield connection


def test_the_numbers_are_listed_and_one_is_shown_with_its_versions(inventshire: Terminal) -> None:
    assert "start_days_ahead: 7 days. A first day is recorded" in inventshire.type("guidance").out
    one = inventshire.type("guidance", "deadline_t13").out
    assert "version 1: 2 [P] SI 2010/1156" in one
    (facts,) = inventshire.type("guidance", "deadline_t13", "--json").facts
    assert facts["versions"][0]["value"] == 2
    assert inventshire.type("guidance", "shoe_size").status == 1


def test_every_decision_of_the_demonstration_comes_out_as_it_was_decided(inventshire: Terminal) -> None:
    answer = inventshire.type("reweigh")
    assert answer.status == 0
    assert "Each comes out as it was decided." in answer.out
    facts = inventshire.type("reweigh", "--json").facts
    assert facts["differences"] == []
    assert facts["decisions"] > 400
    assert facts["rules"] > 2500


def test_a_verdict_that_was_altered_in_the_database_is_named(
    inventshire: Terminal, damaged: psycopg.Connection
) -> None:
    found = damaged.execute(
        "UPDATE history.events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        """ '{"rule":"a_contingency_plan_exists","version":1,"verdict":"met"}',"""
        """ '{"rule":"a_contingency_plan_exists","version":1,"verdict":"overridden","reason":"x"}'), 'UTF8')"""
        " WHERE notification_id = (SELECT min(notification_id) FROM history.events WHERE topic = 'placement.started')"
        " RETURNING notification_id"
    ).fetchone()
    assert found is not None
    answer = inventshire.type("reweigh")
    assert answer.status == 1
    assert f"Position {found[0]}, start placement, record " in answer.out
    assert "another verdict of a_contingency_plan_exists. The decision says overridden (x)" in answer.out
    (difference,) = inventshire.type("reweigh", "--json").facts["differences"]
    assert (difference["what"], difference["position"]) == ("another_verdict", found[0])


def test_whoever_runs_the_service_publishes_and_says_on_whose_behalf(
    inventshire: Terminal, damaged: psycopg.Connection, tmp_path: Path
) -> None:
    history = History(os.environ["PLACEMENTS_DATABASE_URL"], master_key=MASTER_KEY)
    publish_what_is_shipped(Casework(history, now), history)
    history.close()
    (before,) = inventshire.type("guidance", "expiry_warning_days", "--json").facts
    founded = "SELECT originator_id FROM history.events WHERE topic = 'organisation.founded' LIMIT 1"
    [(council,)] = damaged.execute(founded).fetchall()
    body = tmp_path / "number.json"
    told = {
        **EXAMPLES["publish_version"],
        "value": 40,
        "in_force_from": "2036-01-01",
        "decision": {"on_behalf_of": str(council)},
    }
    body.write_text(json.dumps(told), encoding="utf-8")
    asked = ("do", "publish_version", "--on", guidance_id("expiry_warning_days"), "--body", body)
    assert inventshire.type(*asked, "--as", "cora.sample@inventshire.example").status == 1
    done = inventshire.type(*asked)
    assert done.status == 0, done.err
    (after,) = inventshire.type("guidance", "expiry_warning_days", "--json").facts
    assert [v["value"] for v in after["versions"]] == [*(v["value"] for v in before["versions"]), 40]
