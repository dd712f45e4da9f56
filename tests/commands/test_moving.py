"""Any command from a terminal, as a person with that person's roles."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from service.demo.filling import written
from tests.commands.terminal import Terminal
from tests.demo.filled import SHOWN_AT
from workflows.examples import EXAMPLES
from workflows.placement_moves import PLACEMENT

CORA = "cora.sample@inventshire.example"
PAT = "pat.invented@inventshire.example"
STEPS = written(SHOWN_AT.date())
RUNNING = next(step.on for step in STEPS if step.command == "raise_concern")
"""A placement of the council that is running."""


@pytest.fixture
def shown(inventshire: Terminal) -> Iterator[Terminal]:
    """The terminal, on the day on which the demonstration is shown."""
    with time_machine.travel(SHOWN_AT, tick=True):
        yield inventshire


def test_moves_prints_the_table_with_what_must_be_true(terminal: Terminal) -> None:
    out = terminal.type("moves").out
    assert "start_placement: risk_assessment -> active\n" in out
    assert "refer_child: (begins it) -> needs_assessment\n" in out
    assert "A risk assessment is made for each child before the placement" in out


def test_moves_is_there_for_programs_and_as_a_diagram(terminal: Terminal) -> None:
    facts = terminal.type("moves", "--json").facts
    assert [row["move"] for row in facts] == list(PLACEMENT.rows)
    assert next(row for row in facts if row["move"] == "call_review")["from"] == ["active"]
    assert terminal.type("moves", "--mermaid").out.startswith("stateDiagram-v2\n")


def test_an_example_of_every_request_can_be_printed(terminal: Terminal) -> None:
    assert terminal.type("do", "record-views", "--example").facts == EXAMPLES["record_views"]


def test_a_command_is_done_as_a_person(shown: Terminal, tmp_path: Path) -> None:
    body = {"views": {"whose": "child", "phase": "during", "asked_on": "2026-11-20", "words": "I like it."}}
    path = tmp_path / "views.json"
    path.write_text(json.dumps(body))
    answer = shown.type("do", "record_views", "--on", RUNNING, "--as", CORA, "--body", path, "--json")
    assert answer.status == 0
    assert answer.facts["id"] == str(RUNNING)
    assert (
        "Cora Sample (commissioner) wrote down what the child said on 20 November 2026"
        in shown.type("timeline", RUNNING).out
    )


def test_the_request_can_come_from_standard_input(shown: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"views": {"whose": "parent", "phase": "during", "asked_on": "2026-11-20", "words": "Goes well."}}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(body)))
    answer = shown.type("do", "record_views", "--on", RUNNING, "--as", CORA, "--body", "-")
    assert answer.status == 0
    assert answer.out.startswith(f"Done: record views, record {RUNNING}, version ")


def test_a_refusal_is_a_list_of_reasons_with_their_sources(shown: Terminal) -> None:
    monday = json.dumps({"on": "2026-11-20", "why": "Enough."})
    shown.monkeypatch.setattr("sys.stdin", io.StringIO(monday))
    answer = shown.type("do", "end_placement", "--on", RUNNING, "--as", CORA, "--body", "-")
    assert answer.status == 1
    assert answer.out.startswith("Refused:\n")
    assert "  - Get the provider's end-of-placement report and record it. [002 l.33]\n" in answer.out


def test_a_refusal_is_there_for_programs_too(shown: Terminal) -> None:
    answer = shown.type("do", "plan_exit", "--on", RUNNING, "--as", CORA, "--json")
    assert answer.status == 1
    assert (
        answer.facts["refused"][0] | {"field": "plan", "code": "field_missing"} == answer.facts["refused"][0]
    )


def test_whose_roles_do_not_let_them_is_turned_away_and_remembered(shown: Terminal) -> None:
    answer = shown.type("do", "call_review", "--on", RUNNING, "--as", PAT, "--json")
    assert answer.status == 1
    assert answer.facts["refused"][0]["code"] in ("not_permitted", "field_missing")
    shown.monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(EXAMPLES["call_review"])))
    answer = shown.type("do", "call_review", "--on", RUNNING, "--as", PAT, "--body", "-", "--json")
    assert answer.facts["refused"][0]["code"] == "not_permitted"


def test_whoever_runs_an_empty_service_founds_the_first_organisation(empty: Terminal, tmp_path: Path) -> None:
    council, role = tmp_path / "council.json", tmp_path / "role.json"
    council.write_text(empty.type("do", "found_organisation", "--example").out)
    role.write_text(empty.type("do", "grant_role", "--example").out)
    founded = empty.type("do", "found_organisation", "--body", council, "--json")
    assert founded.status == 0
    here = founded.facts["id"]
    assert empty.type("do", "grant_role", "--on", here, "--body", role).status == 0
    by = ("--as", EXAMPLES["found_organisation"]["administrator_id"])
    other = tmp_path / "other.json"
    other.write_text(json.dumps(EXAMPLES["grant_role"] | {"role": "commissioner"}))
    assert empty.type("do", "grant_role", "--on", here, *by, "--body", other).status == 0
    assert [person["roles"] for person in empty.type("people", "--json").facts] == [
        ["administrator"],
        ["commissioner", "named_officer"],
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("do", "start_placment"), "There is no command start_placment. Did you mean start_placement"),
        (("do", "record_views", "--on", RUNNING), "Say who does it, with --as"),
        (("do", "record_views", "--as", CORA), "Say what it is about, with --on and the id of a placement."),
        (
            ("do", "record_views", "--on", RUNNING, "--as", "nobody"),
            "Nobody with the id nobody holds a role here",
        ),
        (
            ("do", "record_views", "--on", RUNNING, "--as", CORA, "--body", "nowhere.json"),
            "nowhere.json cannot be read",
        ),
        (
            ("do", "record_views", "--on", RUNNING, "--as", CORA, "--body", __file__),
            "The request is not JSON",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    shown: Terminal, words: tuple[object, ...], said: str
) -> None:
    answer = shown.type(*words)
    assert answer.status == 1
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1
