"""A day as people write it, for the sentences with which the rules answer."""

from __future__ import annotations

from datetime import date


def in_words(day: date | None) -> str:
    """23 November 2026; where nobody said which, that it is not known."""
    return f"{day.day} {day:%B %Y}" if day else "a day not known"
