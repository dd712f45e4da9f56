"""The master key is given, or made once for a private database; it is never guessed."""

import base64
import stat
import sys
from pathlib import Path

import pytest

from service.key_file import LENGTH, make
from service.master_key import add_master_key, read_master_keys
from service.plain_error import PlainError
from service.settings import read_settings


def test_a_private_database_makes_its_own_key_once(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path, private_database=True)
    [key] = read_master_keys(settings)
    assert len(key) == LENGTH
    assert read_master_keys(settings) == [key]
    assert stat.S_IMODE((tmp_path / "master.key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["master.key"]


def test_a_key_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path, private_database=True)
    key = read_master_keys(settings)
    make(tmp_path / "master.key")
    assert read_master_keys(settings) == key


def test_a_database_of_ones_own_needs_a_key_to_be_given() -> None:
    with pytest.raises(PlainError, match="^A database of your own needs a master key: "):
        read_master_keys(read_settings(database_url="postgresql://host/db"))


def test_the_key_may_be_in_the_environment_or_in_a_file(tmp_path: Path, master_key: str) -> None:
    file = tmp_path / "key"
    file.write_text(master_key + "\n")
    key = base64.b64decode(master_key)
    assert read_master_keys(read_settings(master_key=master_key)) == [key]
    assert read_master_keys(read_settings(master_key_file=file)) == [key]


@pytest.mark.parametrize("written", ["", "too short", base64.b64encode(b"too short").decode(), "é" * 44])
def test_anything_else_is_refused_without_being_shown(written: str) -> None:
    with pytest.raises(
        PlainError, match="^The master key in PLACEMENTS_MASTER_KEY is not 32 bytes in base64.$"
    ):
        read_master_keys(read_settings(master_key=written or "?"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="nowhere cannot be read: No such file"):
        read_master_keys(read_settings(master_key_file=tmp_path / "nowhere"))


def test_several_keys_stand_one_a_line_and_the_first_wraps(tmp_path: Path, master_key: str) -> None:
    file = tmp_path / "key"
    file.write_text(master_key + "\n")
    settings = read_settings(master_key_file=file)
    [old] = read_master_keys(settings)
    add_master_key(settings)
    new, before = read_master_keys(settings)
    assert (before, new != old, len(new)) == (old, True, LENGTH)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [kept.name for kept in tmp_path.iterdir()] == ["key"]


def test_a_command_may_hand_the_key_over(master_key: str) -> None:
    command = f"{sys.executable} -c \"print('{master_key}')\""
    settings = read_settings(master_key_command=command)
    assert read_master_keys(settings) == [base64.b64decode(master_key)]
    assert master_key not in repr(settings)
    with pytest.raises(PlainError, match="do not come from a file"):
        add_master_key(settings)


@pytest.mark.parametrize("command", ["false", "no-such-program --key", "'unfinished"])
def test_a_command_that_gives_no_key_is_named_and_what_it_said_is_not(command: str) -> None:
    with pytest.raises(
        PlainError, match="^The command in PLACEMENTS_MASTER_KEY_COMMAND gave no key: [A-Za-z]+.$"
    ):
        read_master_keys(read_settings(master_key_command=command))
