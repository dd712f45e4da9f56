"""The numbers at the terminal, and every past decision of the demonstration weighed again."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.commands.terminal import Terminal
from tests.demo.filled import filled
from tests.support.postgres import TestPostgres, as_owner


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
