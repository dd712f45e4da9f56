"""What a text must not be, whatever field it is for: it cannot be kept, or nobody can see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no one types and that a database cannot keep."""
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"})
"""Kinds of characters that show nothing by themselves: spaces, joiners, marks of direction, accents without a letter, and what Unicode has
given no shape."""
DRAWN_AS_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159")
"""Letters and signs by Unicode's count that leave an empty place: fillers, the empty pattern of braille, the head of no note."""

Path = tuple[Any, ...]


def refuse_unreadable(data: Any) -> None:
    """Raises PydanticCustomError for the first text, in whatever was sent, that cannot be taken."""
    found = _first(data, ())
    if found is not None:
        path, why = found
        raise PydanticCustomError("text_unreadable", "{why}", {"why": why, "path": path})


def place_of(problem: Mapping[str, Any]) -> Path:
    """Where the mistake is that pydantic tells of: the field, and not the whole in which this module found it."""
    return (*problem["loc"], *problem.get("ctx", {}).get("path", ()))


def _first(data: Any, path: Path) -> tuple[Path, str] | None:
    if isinstance(data, str):
        why = _why_not(data)
        return (path, why) if why else None
    if isinstance(data, dict):
        pairs = [((*path, str(k)), v) for k, v in data.items()] + [
            ((*path, "name"), k) for k in data if isinstance(k, str)
        ]
    elif isinstance(data, list | tuple):
        pairs = [((*path, i), v) for i, v in enumerate(data)]
    else:
        return None
    return next((found for where, value in pairs if (found := _first(value, where))), None)


def _why_not(text: str) -> str:
    if CONTROL.search(text):
        return "It contains a character that cannot be kept; take it out."
    # A text of spaces alone is an empty one, and is told so where it is needed.
    if text.strip() and not any(map(_is_seen, text)):
        return "It has only characters that nobody can see. Write it, or leave it empty."
    return ""


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in UNSEEN and letter not in DRAWN_AS_NOTHING
