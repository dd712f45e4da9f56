"""Pages that are made from the code say what the code says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from api.commands import NOT_OVER_HTTP
from domain.bibliography import document_of
from domain.rules.rule import Rule
from domain.time_rules import TIME_RULES
from service.documents.all_rules import all_rules
from service.documents.citations import citations, pieces
from service.documents.docstrings import CHECKOUT
from service.documents.pages import PAGES, README, made
from service.documents.reasons import reasons_given
from service.documents.recorded_by import all_commands, all_events, commands_recording, events_of
from service.documents.who_may import who_may
from tests.conformance.every_command import every_event
from workflows.catalogue import COMMANDS
from workflows.overriding import overridable_rules


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """All pages as they would be made now."""
    return made()


@pytest.mark.parametrize("path", [*PAGES, README])
def test_a_page_is_up_to_date(path: str, pages: dict[str, str]) -> None:
    on_disk = (CHECKOUT / path).read_text()
    assert on_disk == pages[path], f"{path} is out of date: run python3 manage.py docs"


def test_the_source_of_every_rule_is_in_the_guidance_page(pages: dict[str, str]) -> None:
    missing = [
        (asked.rule.name, piece)
        for asked in all_rules()
        for piece in pieces(asked.rule.source)
        if piece not in pages["docs/guidance.md"]
    ]
    assert missing == []


def test_every_citation_is_of_a_document_in_the_bibliography() -> None:
    assert [c for c in citations() if document_of(c.source) is None] == []


def test_every_deadline_is_in_the_page_of_deadlines(pages: dict[str, str]) -> None:
    assert [id for id in TIME_RULES if f"</a>{id} |" not in pages["docs/time-rules.md"]] == []


def test_every_rule_stands_in_the_page_of_the_lifecycle_with_its_sentence(pages: dict[str, str]) -> None:
    page = pages["docs/lifecycle.md"]
    for asked in all_rules():
        assert f'<a id="{asked.rule.name}">' in page
        assert " ".join(asked.rule.sentence.split("\n\n")[0].split()) in page


def test_the_page_and_the_override_agree_on_what_can_be_set_aside() -> None:
    said = {a.rule.name for a in all_rules() if a.force == "refuses; an override can set it aside"}
    assert said == set(overridable_rules())


def test_every_event_and_every_command_has_an_entry(pages: dict[str, str]) -> None:
    assert [n for n in all_events() if f"\n### {n}\n" not in pages["docs/events.md"]] == []
    assert [n for n in COMMANDS if f"\n### {n}\n" not in pages["docs/commands.md"]] == []


def test_the_page_of_events_names_the_commands_that_really_record_them() -> None:
    unsaid = {
        (event.decision.command, type(event).__name__)
        for event in every_event()
        if event.decision.command not in commands_recording(type(event))
    }
    assert unsaid == set()


def test_every_event_has_a_command_and_every_command_an_event() -> None:
    assert [name for name, kind in all_events().items() if not commands_recording(kind)] == []
    assert [name for name, command in all_commands().items() if not events_of(command)] == []


def test_someone_may_give_every_command() -> None:
    nobody = {n for n, command in COMMANDS.items() if who_may(command) == "the service itself only"}
    assert nobody <= NOT_OVER_HTTP


def test_every_reason_code_in_the_code_is_in_the_page_of_reasons(pages: dict[str, str]) -> None:
    page = pages["docs/reasons.md"]
    assert [code for code in _codes_written_down() if f"`{code}`" not in page] == []


def test_a_reason_of_a_rule_has_the_source_of_the_rule() -> None:
    rules: dict[str, Rule] = {asked.rule.name: asked.rule for asked in all_rules()}
    given = [reason for reason in reasons_given() if reason.rule]
    assert given
    assert [r for r in given if r.source != rules[r.rule].source] == []
    assert {r.rule for r in given} == set(rules), "a rule that can give no reason"


def _codes_written_down() -> Iterator[str]:
    """Every code that stands as a text where a reason is made."""
    for room in ("domain", "workflows", "api"):
        for path in (CHECKOUT / room).rglob("*.py"):
            yield from re.findall(r'(?:No|Reason)\(\s*(?:code=)?"([a-z0-9_]+)"', path.read_text())
