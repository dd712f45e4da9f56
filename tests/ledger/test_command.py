"""What an auditor types, and what a stranger can check with it."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from history.ledger.stored import Stored
from history.store import History
from service.cli import app
from service.plain_error import PlainError
from tests.ledger.conftest import MASTER_KEY, SIGNER

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"


@pytest.fixture
def typed(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Types a command about this history."""
    monkeypatch.setenv("PLACEMENTS_DATABASE_URL", database_url)
    monkeypatch.setenv("PLACEMENTS_MASTER_KEY", base64.b64encode(MASTER_KEY).decode())
    monkeypatch.setenv("PLACEMENTS_LEDGER_KEY", base64.b64encode(bytes(range(32, 64))).decode())
    monkeypatch.setenv("PLACEMENTS_LEDGER_NAME", SIGNER.public.name)
    return lambda *words: CliRunner().invoke(app, ["ledger", *words])


def test_it_prints_the_newest_checkpoint_and_that_all_is_intact(
    history: History, sealed: Callable[[int], None], typed: Callable[..., Result]
) -> None:
    sealed(5)
    newest = Stored(history).newest()
    assert newest
    said = typed()
    assert said.exit_code == 0
    assert said.stdout.startswith(newest.note)
    assert "Intact: every sealed event is as it was." in said.stdout
    told = json.loads(typed("--json").stdout)
    assert (told["intact"], told["sealed"], told["newest"]["note"]) == (True, 5, newest.note)


def test_it_ends_with_status_1_and_names_the_first_wrong_event(
    sealed: Callable[[int], None], tampering: psycopg.Connection, typed: Callable[..., Result]
) -> None:
    sealed(5)
    tampering.execute("UPDATE history.events SET state = 'x' WHERE notification_id = 4")
    said = typed()
    assert said.exit_code == 1
    assert said.stdout.endswith("NOT INTACT: the first wrong event is at position 4.\n")
    said = typed("--json")
    assert (said.exit_code, json.loads(said.stdout)["first_wrong"]) == (1, 4)


def test_it_believes_only_the_keys_that_are_named(
    sealed: Callable[[int], None], typed: Callable[..., Result]
) -> None:
    sealed(5)
    public = typed("key").stdout.strip()
    assert public == str(SIGNER.public)
    assert typed("--key", public).exit_code == 0
    other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert "no key that is trusted" in typed("--key", other).stdout
    assert typed("--key", public, "--key", other).exit_code == 0


def test_it_demands_that_the_history_agrees_with_a_checkpoint_that_was_kept(
    history: History, sealed: Callable[[int], None], typed: Callable[..., Result], tmp_path: Path
) -> None:
    sealed(5)
    newest = Stored(history).newest()
    assert newest
    kept = tmp_path / "kept"
    kept.write_text(newest.note, encoding="utf-8")
    assert typed("--kept", str(kept)).exit_code == 0
    kept.write_text(typed().stdout, encoding="utf-8")
    assert typed("--kept", str(kept)).exit_code == 0
    kept.write_text(
        SIGNER.sign(newest.note.split("\n\n")[0].replace("\n5\n", "\n6\n") + "\n"), encoding="utf-8"
    )
    said = typed("--kept", str(kept))
    assert (said.exit_code, "there is no event at 6" in said.stdout) == (1, True)


@pytest.mark.parametrize("position", [1, 7, 256, 257, 300])
def test_a_stranger_checks_a_proof_with_the_program_of_the_document(
    sealed: Callable[[int], None], typed: Callable[..., Result], position: int
) -> None:
    sealed(300)
    proof = typed("proof", str(position)).stdout
    [program] = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)

    def checked(text: str) -> bool:
        strange = [sys.executable, "-I", "-c", program, str(SIGNER.public)]
        done = subprocess.run(strange, input=text.encode(), capture_output=True, check=False)
        return done.stdout == b"The event is in the ledger.\n"

    assert checked(proof)
    assert not checked(proof.replace("\nindex ", "\nindex 1"))


def test_options_in_the_wrong_place_are_not_lost(typed: Callable[..., Result]) -> None:
    said = typed("--data", "elsewhere", "proof", "1")
    assert isinstance(said.exception, PlainError)
    assert str(said.exception) == "Write the options after `proof`."


def test_no_proof_is_given_of_what_is_not_sealed(typed: Callable[..., Result]) -> None:
    said = typed("proof", "1")
    assert isinstance(said.exception, PlainError)
    assert str(said.exception) == "No proof can be given: there is no sealed event at 1."
