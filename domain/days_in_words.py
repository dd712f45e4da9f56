"""A day as people write it, for the sentences with which the rules answer."""

from __future__ import annotations

from datetime import date


def in_words(day: date) -> str:
    """23 November 2026."""
    return f"{day.day} {day:%B %Y}"
