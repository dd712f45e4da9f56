"""Looks as a page tells them: one opening of a page asks the API for several parts of a record, and is told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime
from typing import Any

from projections.openings import A_MOMENT

SAME = ("correlation_id", "person_id", "organisation_id", "record_id", "how", "outcome", "as_of")
"""What looks of one opening have in common."""


def opened_once(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows of `GET /looks` without those that only repeat an opening. What is about no one record stands for itself."""
    told: dict[Hashable, datetime] = {}
    for row in rows:
        if row["correlation_id"] and row["record_id"] and row["outcome"] == "shown":
            at, opening = datetime.fromisoformat(row["at"]), tuple(row[name] for name in SAME)
            if opening in told and abs(told[opening] - at) <= A_MOMENT:
                continue
            told[opening] = at
        yield row
