"""Why a duty is owed still although somebody has answered it: what looks like an answer, and is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.words import day
from projections.due_days import ENDED_STATES

NOT_ENOUGH = {
    "T19": "To write down that there is no education yet starts the count of days without it, and does not meet this: "
    "the child has to be taught somewhere.",
}
"""By rule; what meets each is in `domain/duties/`."""


def still_owed(row: Mapping[str, Any]) -> str:
    """A sentence about a row of the due list; empty where it is met, or nothing is mistaken for an answer.

    What was answered, and begins later, meets a duty on that day and not before: until then something may still come between.
    """
    if row["state"] in ENDED_STATES:
        return ""
    if row["done_on"]:
        said = (
            "Answered: the answer begins"
            if row["rule"] == "T19"
            else "What meets this is written down: it is"
        )
        return f"{said} on {day(row['done_on'])}. Until that day this stays here."
    return "" if row["lapsed_on"] else NOT_ENOUGH.get(row["rule"], "")
