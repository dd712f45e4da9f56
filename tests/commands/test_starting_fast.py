"""A command loads what it needs, and makes no database where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal

HERE = Path(__file__).resolve().parents[2]
SOME = "00000000-0000-4000-8000-000000000001"
READING = (
    ("people",),
    ("token", "--person", "cora.sample@inventshire.example"),
    ("timeline", SOME),
    ("ledger",),
    ("keys",),
    ("check",),
    ("due", "--as", "cora.sample@inventshire.example"),
    ("export", "placement", SOME, "--to", "case.zip"),
    ("erasures-due", SOME),
    ("do", "refer_child", "--on", SOME, "--as", "cora.sample@inventshire.example"),
    ("backup", "copy"),
    ("work",),
)
WHAT_COMMANDS_LOAD = """
import sys
import service.cli, service.desk, service.people, service.noting, service.story, service.looking_back, service.commands.taking_away
import projections.bundles.making, projections.bundles.receipt, projections.bundles.inspection, projections.subject_access.copying
print(*{"fastapi", "api", "icalendar", "uvicorn", "jinja2"} & set(sys.modules))
"""


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_forgotten_folder_is_said_and_no_second_database_is_made(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...]
) -> None:
    terminal.monkeypatch.delenv("PLACEMENTS_DATABASE_URL", raising=False)
    terminal.monkeypatch.setenv("PLACEMENTS_DATA", str(tmp_path / "none"))
    terminal.monkeypatch.chdir(tmp_path)
    answer = terminal.type(*words)
    assert answer.status == 1
    assert f"There is no database in {tmp_path / 'none'} yet: start with `placements serve`" in answer.err
    assert "PLACEMENTS_DATA" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_reads_the_history_does_not_load_the_api() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", WHAT_COMMANDS_LOAD],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(HERE)},
    )
    assert done.stdout.strip() == ""
