"""Why a duty is owed still although somebody has answered it: what looks like an answer, and is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from api.pages.words import day
from projections.due_days import ENDED_STATES

NOT_ENOUGH = {
    "T19": "To write down that there is no education yet starts the count of days without it, and does not meet this: "
    "the child has to be taught somewhere.",
}
"""By rule; what meets each is in `domain/duties/`."""
SHORT = (
    "The placement started in the last days of this half-term. The guidance asks for a review in each half-term, and names no piece that "
    "is too short for one: so it is asked for, and the first review held afterwards makes it good, late."
)
A_WEEK = timedelta(days=7)


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
    if row["lapsed_on"]:
        return ""
    return SHORT if _begun_at_the_end(row) else NOT_ENOUGH.get(row["rule"], "")


def _begun_at_the_end(row: Mapping[str, Any]) -> bool:
    """Whether a review in the half-term is asked of a placement that started in the last days of it."""
    if row["rule"] != "T16" or not row["started_on"]:
        return False
    return timedelta(0) <= date.fromisoformat(row["due_on"]) - date.fromisoformat(row["started_on"]) < A_WEEK
