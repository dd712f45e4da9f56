"""Looks as a page tells them: one opening of a page asks the API for several parts of a record, and is told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Any

from projections.openings import A_MOMENT

SAME = ("correlation_id", "person_id", "organisation_id", "record_id", "how", "outcome", "as_of")
"""What looks of one opening have in common."""


def opened_once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `GET /looks` without those that only repeat an opening. `routes` has those of all its parts, in the order in which they
    were asked for. What is about no one record stands for itself."""
    told: dict[Hashable, tuple[datetime, dict[str, Any]]] = {}
    found = []
    for row in rows:
        if row["correlation_id"] and row["record_id"] and row["outcome"] == "shown":
            at, opening = datetime.fromisoformat(row["at"]), tuple(row[name] for name in SAME)
            known = told.get(opening)
            if known and abs(known[0] - at) <= A_MOMENT:
                # The newest comes first.
                known[1]["routes"].insert(0, row["route"])
                continue
            row = {**row, "routes": [row["route"]]}
            told[opening] = at, row
        found.append(row)
    return found
