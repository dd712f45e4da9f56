"""Days and moments as they are written in addresses and at the terminal: in one form each, so that nobody guesses (RFC 3339)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})?", re.ASCII
)
LOST_PLUS = re.compile(r" (?=\d\d:\d\d$)")
"""A plus sign in an address reads as a space."""


class NotWritten(ValueError):
    """What was written is no day or no moment. The words are for who wrote it."""


def day_written(text: str) -> date:
    """The day that is meant, such as 2026-10-25. Weeks, ordinal days and bare digits are not read. Raises NotWritten."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise NotWritten("Write a day as 2026-10-25.")


def moment_written(text: str) -> datetime:
    """The moment that is meant, in UTC, such as 2026-10-25T01:30:00+01:00. Raises NotWritten."""
    found = MOMENT.fullmatch(LOST_PLUS.sub("+", text))
    try:
        if found and found.group(3) is None:
            raise NotWritten("The moment has no time zone: write it as 2026-10-25T01:30:00+01:00.")
        if found:
            return datetime.fromisoformat(found.group().upper()).astimezone(UTC)
    except NotWritten:
        raise
    except (ValueError, OverflowError):
        pass
    raise NotWritten("Write a moment with its time zone, as 2026-10-25T01:30:00+01:00.")
