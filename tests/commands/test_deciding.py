"""One decision at the terminal: what was known when it was taken."""

from __future__ import annotations

import rfc8785

from tests.commands.terminal import Terminal
from tests.commands.test_moving import RUNNING


def _start(inventshire: Terminal) -> int:
    story = inventshire.type("timeline", RUNNING, "--json").facts
    return int(next(entry["position"] for entry in story if entry["name"] == "placement.started"))


def test_a_decision_reads_as_a_page(inventshire: Terminal) -> None:
    said = inventshire.type("decision", _start(inventshire)).out

    assert "started the placement on" in said.splitlines()[0]
    assert "What was known, at position" in said
    assert "Rules weighed:" in said
    assert "  - met: " in said
    assert "  provider " in said
    assert "None" not in said


def test_it_is_there_for_programs_in_one_form_only(inventshire: Terminal) -> None:
    answer = inventshire.type("decision", _start(inventshire), "--json")

    assert set(answer.facts) == {"decision", "known_later"}
    assert answer.out.rstrip("\n").encode() == rfc8785.dumps(answer.facts)


def test_where_there_is_no_decision_it_says_so(inventshire: Terminal) -> None:
    answer = inventshire.type("decision", 10_000_000)

    assert (answer.status, answer.err) == (1, "The history has no decision at this position.\n")
