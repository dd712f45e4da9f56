"""Modules stay short and are named for what they hold."""

import re
from pathlib import Path
from statistics import median

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
ROOMS = ("domain", "history", "workflows", "projections", "api", "service")
LONGEST, MIDDLE = 300, 150
BANNED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "misc",
    "shared",
    "manager",
    "stuff",
    "core",
}
LONGEST_README = 150


BEGINNING = re.compile(r'(#!.*\n)?\s*"""')
"""A module says first what it is, after the line that makes it a program, where it is one."""
GIVEN_AWAY = {"projections/bundles/verify.py"}
"""It goes to auditors inside each bundle, and has to be one file that stands alone."""


def modules(room: str) -> list[Path]:
    """The modules of a room."""
    return sorted((CHECKOUT / room).rglob("*.py"))


def lines_of(path: Path) -> int:
    """How long a file is."""
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_can_be_read_in_one_sitting(room: str) -> None:
    too_long = {}
    for path in modules(room):
        name = str(path.relative_to(CHECKOUT))
        if lines_of(path) > LONGEST and name not in GIVEN_AWAY:
            too_long[name] = lines_of(path)
    assert too_long == {}


@pytest.mark.parametrize("room", ROOMS)
def test_most_modules_are_short(room: str) -> None:
    assert median(map(lines_of, modules(room))) <= MIDDLE


@pytest.mark.parametrize("room", [*ROOMS, "tests", "benchmarks"])
def test_no_module_is_named_for_nothing(room: str) -> None:
    named = {part: path for path in modules(room) for part in (path.stem, path.parent.name)}
    assert {str(named[name]) for name in BANNED & set(named)} == set()


def test_every_module_begins_by_saying_what_it_is() -> None:
    silent = [p for room in ROOMS for p in modules(room) if not BEGINNING.match(p.read_text())]
    assert silent == []


def test_the_readme_can_be_read_before_lunch() -> None:
    readme = CHECKOUT / "README.md"
    assert not readme.exists() or lines_of(readme) < LONGEST_README
