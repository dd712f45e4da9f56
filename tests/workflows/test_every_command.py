"""Every command with its own example: it is taken, it records events, and each event carries its decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import pytest
from pydantic import ValidationError

from domain.events import Actor, Decision
from domain.guidance import guidance_id
from domain.message import Message
from domain.people import Asker
from domain.record import Recording
from domain.stoppage import Stoppage
from domain.trigger_events import Undone
from tests.support.story import Story
from tests.support.walk import (
    AGREEMENT,
    AUTHORITY,
    CHILD,
    MONDAY,
    PLACEMENT,
    PROVIDER,
    PROVIDER_STAFF,
    SAFEGUARDER,
    SENIOR,
    THE_SERVICE,
)
from workflows.case import Case
from workflows.catalogue import COMMANDS
from workflows.command import Command
from workflows.example_bodies.telling import MESSAGE
from workflows.examples import EXAMPLES
from workflows.placement_moves import PLACEMENT as TABLE
from workflows.typed_text import place_of

RECORDS = {
    "Placement": PLACEMENT,
    "Child": CHILD,
    "Provider": PROVIDER,
    "Agreement": AGREEMENT,
    "Organisation": AUTHORITY,
    "Guidance": guidance_id("review_interval_weeks"),
    "Stoppage": Stoppage.id_for(PROVIDER, None),
    "Message": UUID(MESSAGE),
    "Undone": Undone.id_for("unexplained_absences_open_a_concern", "1742"),
}
ASKED_FOR = ("appoint_named_officer", "grant_role", "tell")
ADDRESSED = (*ASKED_FOR, "address_message")
FIRST: dict[str, tuple[str, ...]] = {
    "lift_suspension": ("suspend_provider",),
    "note_stoppage": ("stop_placements",),
    "clear_risk": ("mark_at_risk",),
    "revoke_role": ("grant_role",),
    "publish_version": ("publish_shipped_versions",),
    "cease_ehc_plan": ("record_ehc_plan",),
    "end_looked_after": ("record_looked_after",),
    "end_social_work": ("record_social_worker",),
    "notify_exclusion": ("record_exclusion",),
    "record_governors_meeting": ("record_exclusion",),
    "answer_information_request": ("receive_information_request",),
    "agree_plan": ("write_plan",),
    "sign_individual_agreement": ("make_individual_agreement",),
    "report_day": (),
    "address_message": ASKED_FOR,
    "let_go_stale": ASKED_FOR,
    **dict.fromkeys(
        ("hold_message", "record_handed_over", "record_failed_try", "give_up_message"), ADDRESSED
    ),
    **dict.fromkeys(("record_not_sent", "make_digest"), ADDRESSED),
    "send_again": (*ADDRESSED, "give_up_message"),
    "remove_endpoint": ("add_endpoint",),
    "close_calendar_address": ("open_calendar_address",),
    "settle_concern": ("raise_concern",),
    "ask_for_early_review": ("record_ehc_plan",),
    "attend_to_undone": ("record_undone",),
    "approve_override": ("request_override",),
    "decline_override": ("request_override",),
    "approve_erasure": ("request_erasure",),
    "refuse_erasure": ("request_erasure",),
    "note_erasure": ("request_erasure", "approve_erasure"),
    "lift_hold": ("place_hold",),
    "answer_rectification": ("request_rectification",),
}
COME_TO: dict[str, str] = {
    **dict.fromkeys(
        ("tell", *(name for name, kind in COMMANDS.items() if kind.target is Message)), "refer_child"
    ),
    "refer_child": "",
    "complete_needs_assessment": "record_views#2",
    "propose_provider": "complete_needs_assessment",
    "assess_suitability": "propose_provider",
    "turn_down_provider": "propose_provider",
    "confirm_suitability": "assess_suitability",
    "choose_agreement": "confirm_suitability",
    "make_individual_agreement": "confirm_suitability",
    "sign_individual_agreement": "confirm_suitability",
    "complete_contract": "sign_individual_agreement#2",
    "choose_again": "complete_contract",
    "serve_notice": "complete_contract",
    "accept_risk": "assess_risk",
    "start_placement": "plan_contingency",
    "record_review": "call_review",
    "continue_placement": "record_review",
    "recover_placement": "breakdown",
    "answer_tomorrow": "breakdown",
    "replace_placement": "breakdown",
    "resolve_safeguarding": "safeguarding",
    "end_placement": "record_destination",
    "reopen_placement": "end_placement",
    "withdraw_referral": "refer_child",
    "reopen_referral": "withdrawn",
    "record_earlier_support": "refer_child",
    "request_override": "refer_child",
    "approve_override": "refer_child",
    "decline_override": "refer_child",
    "correct_record": "refer_child",
    "code_session": "reported",
    "ask_for_early_review": "start_placement",
    "report_day": "start_placement",
    "stop_placements": "start_placement",
    "note_stoppage": "start_placement",
}


def arrived(name: str) -> Story:
    """A story in which the command is in place."""
    story, command = Story(), COMMANDS[name]
    where = COME_TO.get(name, "start_placement" if command.target.__name__ == "Placement" else "")
    usual = where in ("breakdown", "safeguarding", "reported")
    if usual:
        story.given_life_until("start_placement")
        {
            "breakdown": lambda: story.given("record_breakdown"),
            "safeguarding": lambda: story.given("report_safeguarding_concern"),
            "reported": lambda: story.given("report_day", PROVIDER, PROVIDER_STAFF),
        }[where]()
    elif where == "withdrawn":
        story.given("refer_child").given("withdraw_referral")
    elif where:
        last, _, times = where.partition("#")
        story.given_life_until(last)
        if times and last == "record_views":
            story.given(last, views={"whose": "parent", "phase": "before", "asked_on": "2026-11-11"})
        elif times:
            story.given(last, signature={"party": "provider", "on": "2026-11-17", "signatory": "Director"})
    for before in FIRST.get(name, ()):
        story.given(before, RECORDS[COMMANDS[before].target.__name__], _who(before))
    return story


def _who(name: str) -> Asker:
    if name in ("approve_override", "decline_override", "reopen_placement", "accept_risk"):
        return SENIOR
    if name in ("approve_erasure", "refuse_erasure"):
        return SENIOR
    if name == "resolve_safeguarding":
        return SAFEGUARDER
    return PROVIDER_STAFF if name == "report_day" else THE_SERVICE


@pytest.mark.parametrize("name", sorted(set(COMMANDS) & set(EXAMPLES)))
def test_the_example_of_a_command_is_taken_and_recorded_with_its_decision(name: str) -> None:
    story, command = arrived(name), COMMANDS[name]
    record = uuid5(PLACEMENT, name) if command.opens else RECORDS[command.target.__name__]
    changes: dict[str, Any] = {}
    if name in ("approve_override", "decline_override"):
        changes = {"request": story.placement().overrides[0].request}
    if name == "settle_concern":
        changes = {"settled": {**EXAMPLES[name]["settled"], "concern": story.placement().concerns[0].number}}
    asker = _who(name)
    grounds = {
        "words": "Said so at the panel.",
        "reason_code": "PANEL",
        "occurred_on": "2026-11-20",
        "known_at": 12,
        "evidence": [{"id": "DOC-1", "title": "Minutes", "sha256": "a" * 64}],
    }
    story.when(name, record, asker, decision=grounds, **changes)
    assert story.done is not None, story.refusal
    new = story.history.events[story.before :]
    assert new
    for event in new:
        decision = event.decision
        assert (decision.command, decision.by.id, decision.words) == (
            name,
            asker.person_id,
            "Said so at the panel.",
        )
        assert (decision.reason_code, decision.known_at, decision.evidence[0].id) == ("PANEL", 12, "DOC-1")
        assert str(event.occurred_on) == "2026-11-20"
        assert event.recorded_at == story.now
    assert story.done.version == len(story.history.stream(story.done.record_id))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_explains_itself_and_its_fields(name: str) -> None:
    command = COMMANDS[name]
    schema = command.model_json_schema()
    assert schema.get("description"), name
    for field, shape in schema["properties"].items():
        assert shape.get("description") or "$ref" in shape or "allOf" in shape, f"{name}.{field}"
    for kind, shape in schema.get("$defs", {}).items():
        for field, inner in shape.get("properties", {}).items():
            assert inner.get("description") or "$ref" in inner, f"{kind}.{field}"


@pytest.mark.parametrize("name", sorted(set(COMMANDS) & set(EXAMPLES)))
def test_a_field_that_is_not_known_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValidationError, match="shoe_size"):
        COMMANDS[name].model_validate({**EXAMPLES[name], "shoe_size": 4})


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800"])
def test_a_character_that_can_not_be_kept_is_refused_and_its_place_is_named(character: str) -> None:
    body = {"note": f"Closed by {character} mistake"}
    with pytest.raises(ValidationError, match="contains a character") as problem:
        COMMANDS["reopen_placement"].model_validate(body)
    assert [place_of(one) for one in problem.value.errors()] == [("note",)]


@pytest.mark.parametrize(
    "unseen", ["\u200b", " \u200d\ufeff", "\u2800\u3164", "\u202e\u2069", "\ufe0f", "\u2065\ue000"]
)
def test_a_text_in_which_nobody_can_see_anything_is_no_text(unseen: str) -> None:
    with pytest.raises(ValidationError, match="only characters that nobody can see") as problem:
        COMMANDS["reopen_placement"].model_validate({"note": unseen})
    assert [place_of(one) for one in problem.value.errors()] == [("note",)]


@pytest.mark.parametrize("seen", ["نمی\u200cشد", "👩\u200d🏫", "?", "\u202bشب\u202c", "e\u0301"])
def test_unseen_characters_within_a_text_are_part_of_how_it_is_written(seen: str) -> None:
    assert COMMANDS["reopen_placement"].model_validate({"note": seen}).note == seen  # type: ignore[attr-defined]


def test_every_rule_of_the_table_has_a_sentence_a_source_and_a_version() -> None:
    for row in TABLE.rows.values():
        for rule in row.needs:
            assert rule.sentence, rule.name
            assert rule.source, rule.name
            assert rule.version >= 1


def test_a_command_that_says_nothing_of_what_it_records_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="neither"):
        Command().decide(Case(Story().history, THE_SERVICE, _recording()))


def _recording() -> Recording:
    by = Actor(id="test", name="Test")
    return Recording(Decision(by=by, command="none", correlation_id=PLACEMENT), MONDAY, MONDAY.date())
