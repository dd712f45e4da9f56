"""One opening of a page, which asks for several parts of a record: whoever opened it looked once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta

from projections.look_rows import LookRow

A_MOMENT = timedelta(seconds=10)
"""What belongs to one opening lies no further apart. A program may say the same correlation id with all that it asks for: what it asks for
later is another look."""


def openings(rows: Iterable[LookRow]) -> Iterator[LookRow]:
    """Of the looks at the records of one child those that are looks of their own. A look without a correlation id always is."""
    told: dict[Hashable, datetime] = {}
    for row in rows:
        if row.correlation_id is not None and row.at is not None:
            opening = (
                row.correlation_id,
                row.person_id,
                row.organisation_id,
                row.roles,
                row.how,
                row.outcome,
            )
            if opening in told and abs(told[opening] - row.at) <= A_MOMENT:
                continue
            told[opening] = row.at
        yield row
