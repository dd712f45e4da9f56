"""One placement at the terminal: its story, where it stands, and what may be done with it by whom."""

from __future__ import annotations

from uuid import uuid4

from tests.commands.terminal import Terminal
from tests.commands.test_moving import CORA, RUNNING, STEPS

REFERRED = next(step.on for step in STEPS if step.command == "refer_child" and step.by.person_id == CORA)
FAY = "fay.sample@inventshire.example"


def test_the_story_is_told_in_sentences_with_their_days(inventshire: Terminal) -> None:
    lines = inventshire.type("timeline", RUNNING).out.splitlines()
    assert lines[0].startswith("2026-09-28 Cora Sample (commissioner) referred the child")
    assert any("reported the attendance of" in line for line in lines)
    assert any("raised a concern" in line or "concern" in line for line in lines)


def test_the_story_is_there_for_programs(inventshire: Terminal) -> None:
    facts = inventshire.type("timeline", RUNNING, "--json").facts
    assert [entry["position"] for entry in facts] == sorted(entry["position"] for entry in facts)
    assert facts[0]["name"] == "placement.referred"


def test_a_story_that_there_is_not_is_said(inventshire: Terminal) -> None:
    answer = inventshire.type("timeline", uuid4())
    assert (answer.status, answer.err) == (1, "There is no placement with this id.\n")


def test_show_gives_the_stage_and_for_every_closed_move_every_reason(inventshire: Terminal) -> None:
    out = inventshire.type("show", RUNNING, "--as", CORA).out
    assert "stage: active" in out
    assert "Open to this person now: call_review, " in out
    assert "end_placement is not open:\n" in out
    assert "Not for this person's roles: reopen_placement, resolve_safeguarding, approve_override" in out


def test_show_for_programs_names_the_rule_of_every_reason(inventshire: Terminal) -> None:
    facts = inventshire.type("show", RUNNING, "--as", CORA, "--json").facts
    moves = {move["move"]: move for move in facts["moves"]}
    assert facts["stage"] == "active"
    assert moves["call_review"]["open"]
    assert moves["call_review"]["leads_to"] == "review"
    assert {reason["rule"] for reason in moves["end_placement"]["reasons"]} >= {"the_end_report_was_received"}
    assert not moves["resolve_safeguarding"]["permitted"]


def test_who_may_not_know_of_it_is_told_no_more_than_who_asks_for_nothing(inventshire: Terminal) -> None:
    hidden = inventshire.type("show", REFERRED, "--as", FAY)
    nothing = inventshire.type("show", uuid4(), "--as", FAY)
    assert (hidden.status, hidden.err) == (nothing.status, nothing.err)
    assert hidden.err == "There is no such placement here that this person may know of.\n"


def test_the_past_is_shown_as_it_was(inventshire: Terminal) -> None:
    story = inventshire.type("timeline", RUNNING, "--json").facts
    fifth = story[4]["position"]
    then = inventshire.type("timeline", RUNNING, "--json", "--as-of", fifth).facts
    assert [entry["position"] for entry in then] == [entry["position"] for entry in story[:5]]
    out = inventshire.type("show", RUNNING, "--as", CORA, "--as-of", fifth).out
    assert "stage: needs_assessment" in out
    assert "Open to this person now" not in out
    assert inventshire.type("show", RUNNING, "--as", CORA, "--true-on", "2026-09-01").status == 1


def test_what_changed_is_told_field_by_field_with_the_events(inventshire: Terminal) -> None:
    story = inventshire.type("timeline", RUNNING, "--json").facts
    started = next(entry for entry in story if entry["name"] == "placement.started")
    since = started["position"] - 1
    out = inventshire.type("changes", RUNNING, "--from", since, "--to", started["position"]).out
    assert started["sentence"] in out
    assert f'/stage: "risk_assessment" -> "active"  [{started["position"]}]' in out
    facts = inventshire.type("changes", RUNNING, "--json").facts
    assert {change["op"] for change in facts["changes"]} == {"add"}


def test_a_moment_that_there_is_not_is_said(inventshire: Terminal) -> None:
    for asked, words in (
        ("99999999", "has not reached"),
        ("2026-10-25T01:30", "with its time zone"),
        ("-1", "begin at 1"),
    ):
        answer = inventshire.type("timeline", RUNNING, "--as-of", asked)
        assert answer.status == 1
        assert words in answer.err
    assert "is no day" in inventshire.type("timeline", RUNNING, "--true-on", "soon").err
