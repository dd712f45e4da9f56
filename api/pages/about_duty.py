"""What a duty is about, so that two lines of one rule and one child can be told apart: which day, and which placement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.words import day

OF_A_DAY = {
    "T7": "the absence of",
    "T8": "the absence of",
    "T9": "the absence of",
    "T10": "the session of",
    "T47": "the register of",
}
"""Rules whose count begins on the day that they are about, in words before that day."""


def about_duty(row: Mapping[str, Any], with_placement: bool) -> str:
    """`About the absence of 27 October 2026, in the placement at Invented Workshop from 2 October 2026`; empty where all is said."""
    of_day = OF_A_DAY.get(row["rule"])
    found = [f"{of_day} {day(row['anchor_on'])}"] if of_day else []
    if with_placement and row["placement_id"]:
        at = f" at {row['provider_name']}" if row["provider_name"] else ""
        since = f" from {day(row['started_on'])}" if row.get("started_on") else ""
        if at or since:
            found.append(f"{'in ' if found else ''}the placement{at}{since}")
    return f"About {', '.join(found)}" if found else ""


def owed_by(row: Mapping[str, Any]) -> str:
    """Who owes it, by name where there is one."""
    name = row["provider_name"] if row["owner"] == "provider" else row["organisation_name"]
    return str(name or f"the {row['owner'].replace('_', ' ')}")
