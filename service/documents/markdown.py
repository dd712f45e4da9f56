"""The few forms of Markdown that the pages are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

MADE_BY = "<!-- Made by `python3 manage.py docs` from the code. Do not edit: change the code, and make it again. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: its title, where it comes from, and its parts with an empty line between them."""
    return "\n\n".join((f"# {title}", MADE_BY, *(part.strip("\n") for part in parts if part))) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table. What stands in a cell stays in it."""
    lines = [_row(head), _row(["---"] * len(head)), *(_row([cell(text) for text in row]) for row in rows)]
    return "\n".join(lines)


def cell(text: str) -> str:
    """A text that can stand in a cell."""
    return re.sub(r"\s*\n\s*", " ", text.strip()).replace("|", "\\|")


def code(text: str) -> str:
    """A name as it is typed."""
    return f"`{text}`"


def codes(names: Iterable[str]) -> str:
    """Several names."""
    return ", ".join(map(code, names))


def link(text: str, target: str) -> str:
    """A link."""
    return f"[{text}]({target})"


def anchor(heading: str) -> str:
    """How a heading is addressed: in small letters, without marks, with dashes for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def fenced(language: str, text: str) -> str:
    """A block of code."""
    return f"```{language}\n{text.strip()}\n```"


def as_json(value: Any) -> str:
    """A value as people read JSON."""
    return fenced("json", json.dumps(value, indent=2, ensure_ascii=False))


def words(name: str) -> str:
    """A name in snake case as words."""
    return name.replace("_", " ")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
