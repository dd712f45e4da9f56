"""What the pages tell is read from the code as it is written."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Annotated, Literal

import pytest
from annotated_types import Len

from domain.facts.needs import Passport
from domain.personal import HealthWords, Personal
from domain.placement_events import RiskAccepted
from domain.referral_events import PassportUpdated, Referred
from service.commands.documenting import docs
from service.documents import pages
from service.documents.citations import pieces
from service.documents.docstrings import fields_said
from service.documents.lifecycle_page import diagram
from service.documents.reason_calls import reasons_in
from service.documents.recorded_by import events_of
from service.documents.types_in_words import facts_in, meant
from service.documents.who_may import who_may
from service.plain_error import PlainError
from workflows.catalogue import COMMANDS
from workflows.placement_moves import PLACEMENT

CODE = """
SOURCE = "004 l.54"

def rule(case):
    if case.first:
        message = f"Ask {case.provider.name} first."
        return Reason(code="not_asked", message=message, source=SOURCE)
    message = "Ask again, " "please."
    return _doubt("asked_once", message)

def pair():
    return "too_late", "It is too late."

def _doubt(code, message):
    return Reason(code=code, message=message, source="Design", warning=True)
"""


def test_a_reason_is_read_with_its_words_and_its_source() -> None:
    found = {r.code: r for r in reasons_in(ast.parse(CODE))}
    assert set(found) == {"not_asked", "asked_once", "too_late"}
    assert (found["not_asked"].message, found["not_asked"].source) == (
        "Ask {provider.name} first.",
        "004 l.54",
    )
    assert (found["asked_once"].message, found["asked_once"].source) == ("Ask again, please.", "Design")
    assert found["asked_once"].warning
    assert not found["not_asked"].warning


def test_a_source_is_parted_into_places_and_a_place_that_goes_on_keeps_to_its_document() -> None:
    assert pieces("003 ¶41; Keeping children safe in education") == [
        "003 ¶41",
        "Keeping children safe in education",
    ]
    assert pieces("Usual practice; no law found") == ["Usual practice; no law found"]


def test_what_may_stand_in_a_field_is_said_in_words() -> None:
    assert meant(Annotated[str, Len(3, 3)]).words == "text (exactly 3)"
    assert meant(Literal["am", "pm"] | None).words == "one of `am`, `pm`"
    assert meant(Literal["am", "pm"] | None).optional
    assert meant(HealthWords).sealed == "health"
    assert meant(Annotated[str, Personal("narrative")]).sealed == "narrative"
    assert meant(tuple[Passport, ...]).words == "list of Passport"
    assert list(facts_in(tuple[Passport, ...])) == [Passport]
    assert fields_said(Passport)["strengths"] == "What the child is good at and enjoys."


def test_who_may_is_what_the_permissions_answer() -> None:
    assert (
        who_may(COMMANDS["approve_override"])
        == "senior officer of the commissioner or the child's local authority"
    )
    assert who_may(COMMANDS["report_day"]) == "provider staff of the provider itself"
    assert "provider staff of the provider" in who_may(COMMANDS["sign_individual_agreement"])
    assert "provider" not in who_may(COMMANDS["start_placement"])


def test_the_events_of_a_command_are_those_that_its_code_names() -> None:
    assert events_of(COMMANDS["refer_child"]) == (Referred, PassportUpdated)
    assert events_of(COMMANDS["accept_risk"]) == (RiskAccepted,)
    assert len(events_of(COMMANDS["replace_placement"])) >= 5


def test_the_diagram_has_every_move_that_leads_to_another_stage() -> None:
    drawn = diagram()
    for row in PLACEMENT.rows.values():
        for source in row.source if row.to else ():
            [line] = [x for x in drawn.splitlines() if x.startswith(f"  {source} --> {row.to}:")]
            assert row.name.replace("_", " ") in line


def test_the_command_writes_what_is_out_of_date_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pages, "CHECKOUT", tmp_path)
    monkeypatch.setattr(pages, "PAGES", {"docs/one.md": lambda: "# One\n"})
    (tmp_path / "README.md").write_text(f"before\n{pages.BEGIN}old{pages.END}\nafter\n")
    with pytest.raises(PlainError, match=r"docs/one.md, README.md"):
        docs(check=True)
    docs()
    assert "docs/one.md written." in capsys.readouterr().out
    docs(check=True)
    readme = (tmp_path / "README.md").read_text()
    assert "stateDiagram" in readme
    assert readme.startswith("before\n")
    assert readme.endswith("after\n")
