"""Which pages are made, and whether those on disk are the ones that would be made now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from service.documents.commands_page import commands_page
from service.documents.docstrings import CHECKOUT
from service.documents.events_page import events_page
from service.documents.facts_page import facts_page
from service.documents.guidance_page import guidance_page
from service.documents.lifecycle_page import diagram, lifecycle_page
from service.documents.parameters_page import parameters_page
from service.documents.reasons_page import reasons_page
from service.documents.time_rules_page import time_rules_page
from service.documents.triggers_page import triggers_page

PAGES: dict[str, Callable[[], str]] = {
    "docs/lifecycle.md": lifecycle_page,
    "docs/events.md": events_page,
    "docs/facts.md": facts_page,
    "docs/commands.md": commands_page,
    "docs/guidance.md": guidance_page,
    "docs/parameters.md": parameters_page,
    "docs/time-rules.md": time_rules_page,
    "docs/triggers.md": triggers_page,
    "docs/reasons.md": reasons_page,
}
"""Every page that is made whole."""
README = "README.md"
BEGIN, END = "<!-- the diagram: made by `python3 manage.py docs` -->\n", "\n<!-- end of the diagram -->"


def made() -> dict[str, str]:
    """Every page as it would be made now, and the README with its diagram as it would be drawn now."""
    return {path: make() for path, make in PAGES.items()} | {
        README: with_diagram((CHECKOUT / README).read_text())
    }


def stale() -> list[str]:
    """The pages that do not say what the code says."""
    return [path for path, text in made().items() if _read(CHECKOUT / path) != text]


def write() -> list[str]:
    """Write the pages that have changed, and say which."""
    changed = stale()
    texts = made()
    for path in changed:
        (CHECKOUT / path).parent.mkdir(parents=True, exist_ok=True)
        (CHECKOUT / path).write_text(texts[path])
    return changed


def with_diagram(text: str) -> str:
    """The README with the diagram drawn anew."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}{diagram()}{end}{after}" if begin and end else text


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
