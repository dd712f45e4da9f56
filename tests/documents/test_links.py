"""Links lead somewhere, and what is said of the checkout is true of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.documents.docstrings import CHECKOUT
from service.documents.markdown import anchor
from service.documents.pages import PAGES as MADE

PAGES = sorted([CHECKOUT / "README.md", CHECKOUT / "CHANGELOG.md", *(CHECKOUT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)">')
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|manage\.py|pyproject\.toml)`")
ROOMS = ("domain", "history", "workflows", "projections", "api", "service", "tests", "docs", "benchmarks")
MADE_LATER = re.compile(r"\{|\*|<")
"""A path with a gap or a pattern in it names no one file."""


def name(path: Path) -> str:
    """A page as people call it."""
    return str(path.relative_to(CHECKOUT))


def outside_code(text: str) -> str:
    """The page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """Where one can point to in a page."""
    text = outside_code(path.read_text())
    return {anchor(h.replace("`", "")) for h in HEADING.findall(text)} | set(ANCHOR.findall(text))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(outside_code(page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (fragment and found.suffix == ".md" and fragment not in anchors(found)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_that_a_page_names_exist(page: Path) -> None:
    said = {path for path in PATH.findall(outside_code(page.read_text())) if not MADE_LATER.search(path)}
    ours = {path for path in said if path.split("/")[0] in ROOMS or "/" not in path}
    assert sorted(path for path in ours if not (CHECKOUT / path).exists()) == []


def test_the_readme_answers_what_people_want_to_change() -> None:
    rows = [line for line in (CHECKOUT / "README.md").read_text().splitlines() if line.startswith("| ...")]
    assert len(rows) >= 12
    assert [row for row in rows if not PATH.search(row)] == []


def test_the_readme_is_short_and_says_what_it_is_for_first() -> None:
    lines = (CHECKOUT / "README.md").read_text().splitlines()
    assert len(lines) < 150
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[0] == "## What it is for"
    assert (
        "**The domain remembers, the history keeps, workflows decide, projections show, the api asks, and the service runs it.**"
        in lines
    )


WRITTEN = [page for page in PAGES if name(page) not in MADE]


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_a_page_names_no_folder_of_one_computer(page: Path) -> None:
    assert (
        re.findall(r"(?<![\w./])/(?:home|work|root|Users|tmp)/\S+|domain\.md|design\.md", page.read_text())
        == []
    )
