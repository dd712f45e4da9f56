"""Why a duty is owed still although somebody has answered it: what looks like an answer, and is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOT_ENOUGH = {
    "T19": "To write down that there is no education yet starts the count of days without it, and does not meet this: "
    "the child has to be taught somewhere.",
}
"""By rule; what meets each is in `domain/duties/`."""


def still_owed(row: Mapping[str, Any]) -> str:
    """A sentence about a row of the due list; empty where it is met, or nothing is mistaken for an answer."""
    return "" if row["done_on"] or row["lapsed_on"] else NOT_ENOUGH.get(row["rule"], "")
