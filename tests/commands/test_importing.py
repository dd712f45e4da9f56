"""Imports at the terminal: counts for a person, facts for a program, and a status that says whether rows were refused."""

from __future__ import annotations

from pathlib import Path

from tests.commands.terminal import Terminal
from tests.imports.desk import APPROVED, EXCLUSIONS, PUPILS, REGISTER, SESSIONS


def test_a_whole_return_is_taken_in_one_file_after_the_other(empty: Terminal, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    answer = empty.type("import", "pupils", PUPILS, "--authority", "830", "--report", report)
    assert answer.status == 0
    assert "8 rows: 0 taken, 8 mended, 0 already there, 0 refused; " in answer.out
    assert "Columns not taken (50): preferredsurname, " in answer.out
    assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 9
    assert empty.type("import", "exclusions", EXCLUSIONS).status == 0
    answer = empty.type("import", "sessions", SESSIONS)
    assert answer.status == 3
    assert "1 x sessions: the cell is empty. This column must be filled in. (row " in answer.out


def test_facts_for_a_program(empty: Terminal) -> None:
    facts = empty.type("import", "providers", REGISTER, "--json").facts
    assert (facts["rows"], facts["taken"], facts["mended"], facts["refused"]) == (4, 2, 1, 1)
    assert (facts["encoding"], facts["separator"], facts["dry_run"]) == ("UTF-8", ",", False)
    assert facts["refusals"][0]["rows"] == 1
    assert facts["position"] > 0


def test_a_dry_run_says_so_and_writes_nothing(empty: Terminal) -> None:
    answer = empty.type("import", "providers", APPROVED, "--dry-run")
    assert "Nothing was written: this was a dry run." in answer.out
    assert empty.type("import", "providers", APPROVED, "--json").facts["mended"] == 9


def test_what_is_wrong_with_the_file_is_one_sentence(empty: Terminal, tmp_path: Path) -> None:
    answer = empty.type("import", "pupils", tmp_path / "nowhere.csv")
    assert answer.status == 1
    assert answer.err.endswith("nowhere.csv cannot be read: no such file or directory.\n")
    assert empty.type("import", "pupils", EXCLUSIONS).err.startswith(
        "These columns are missing in exclusions.csv"
    )
