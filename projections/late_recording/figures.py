"""How late entries were written down, in figures: by organisation, provider, role and kind, and altogether."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Any, LiteralString, NamedTuple

import msgspec

from domain.people import Scope
from projections.asking import Asking
from projections.late_recording.counts import EVERYBODY
from projections.late_recording.wanted import FITS, OF_WHOM, Wanted, asked, audience_of, told

DAY = timedelta(days=1)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """How late some of the entries were written down, in days."""

    by: str
    """`all`, `organisation`, `provider`, `role` or `event`."""
    key: str
    entries: int
    late: int
    after_an_incident: int
    median: float
    p90: int
    """Nine in ten entries were written down within so many days (nearest rank)."""
    worst: int


class Of(NamedTuple):
    """What a group has in common."""

    by: str
    key: str


Days = Mapping[Of, Counter[int]]
"""How many entries of each group were so many days late."""
ALL = Of("all", "")

BY: dict[int, str] = {15: "all", 7: "event", 11: "organisation", 13: "provider", 14: "role"}
"""What the rows are added up by, in the words of GROUPING."""
ADDED_UP: LiteralString = """
    SELECT grouping(event, organisation_id, provider_id, roles) AS by,
        coalesce(event, organisation_id::text, provider_id::text, array_to_string(roles, ', '), '') AS key,
        days_late, sum(entries)::bigint AS entries
    FROM (
"""
IN_GROUPS: LiteralString = """
    ) AS counted GROUP BY GROUPING SETS (
        (days_late), (days_late, event), (days_late, organisation_id), (days_late, provider_id), (days_late, roles)
    )
"""
FROM_SUMS: LiteralString = (
    ADDED_UP
    + "SELECT * FROM entry_counts WHERE audience = %(audience)s AND part BETWEEN %(first)s AND %(last)s AND "
    + OF_WHOM
    + IN_GROUPS
)
ONE_BY_ONE: LiteralString = (
    ADDED_UP
    + "SELECT event, organisation_id, provider_id, roles, days_late, 1 AS entries FROM entries e WHERE "
    + FITS
    + " AND "
    + told("e")
    + IN_GROUPS
)
AFTER_AN_INCIDENT: LiteralString = (
    ADDED_UP
    + "SELECT event, organisation_id, provider_id, roles, days_late, 1 AS entries FROM entries e WHERE e.after IS NOT NULL AND "
    + FITS
    + " AND "
    + told("e")
    + "AND EXISTS (SELECT FROM entries i WHERE i.position = ANY(e.after) AND "
    + told("i")
    + ")"
    + IN_GROUPS
)
REACH: LiteralString = "SELECT min(recorded_on) AS first, max(recorded_on) AS last FROM entries"


def days_late(asking: Asking, scope: Scope, wanted: Wanted) -> Days:
    """How late the entries were, whether late or not. Raises Unavailable."""
    found: defaultdict[Of, Counter[int]] = defaultdict(Counter)
    question = asked(scope, wanted) | {"audience": audience_of(scope)}
    dated = wanted.recorded_from is not None or wanted.recorded_to is not None
    if dated and wanted.person_id is not None:
        _take_in(found, asking.plain_rows(ONE_BY_ONE, question))
        return found
    if not dated:
        part = "all" if wanted.person_id is None else f"by {wanted.person_id}"
        _take_in(found, asking.plain_rows(FROM_SUMS, question | {"first": part, "last": part}))
        return found
    months, rest = _months_and_rest(wanted, asking.plain_rows(REACH, {})[0])
    if months:
        first, last = (f"in {month:%Y-%m}" for month in months)
        _take_in(found, asking.plain_rows(FROM_SUMS, question | {"first": first, "last": last}))
    for begin, end in rest:
        _take_in(
            found, asking.plain_rows(ONE_BY_ONE, question | {"recorded_from": begin, "recorded_to": end})
        )
    return found


def after_an_incident(asking: Asking, scope: Scope, wanted: Wanted) -> Days:
    """How late those were that were written down after an incident about the time before it. Raises Unavailable."""
    found: defaultdict[Of, Counter[int]] = defaultdict(Counter)
    _take_in(found, asking.plain_rows(AFTER_AN_INCIDENT, asked(scope, wanted)))
    return found


def groups_of(days: Days, after: Days) -> Iterator[Group]:
    """The figures of every group."""
    for of, counted in sorted(days.items()):
        ranked = sorted(counted.items())
        entries = counted.total()
        yield Group(
            by=of.by,
            key=of.key,
            entries=entries,
            late=sum(n for day, n in ranked if day > 0),
            after_an_incident=after[of].total() if of in after else 0,
            median=_median(ranked, entries),
            p90=_nth(ranked, ceil(entries * 0.9) - 1),
            worst=ranked[-1][0],
        )


def _median(ranked: list[tuple[int, int]], entries: int) -> float:
    low, high = _nth(ranked, (entries - 1) // 2), _nth(ranked, entries // 2)
    return low if low == high else (low + high) / 2


def _nth(ranked: list[tuple[int, int]], n: int) -> int:
    for day, entries in ranked:
        if n < entries:
            return day
        n -= entries
    raise IndexError("there are not so many")


def _take_in(found: defaultdict[Of, Counter[int]], rows: list[dict[str, Any]]) -> None:
    for row in rows:
        by, key = BY[row["by"]], row["key"]
        if by != "all" and key in ("", str(EVERYBODY)):
            # Nobody's, such as what was written for no organisation.
            continue
        for one in key.split(", ") if by == "role" else (key,):
            found[Of(by, one)][row["days_late"]] += row["entries"]


def _months_and_rest(
    wanted: Wanted, reach: Mapping[str, date | None]
) -> tuple[tuple[date, date] | None, list[tuple[date, date]]]:
    """The first and the last of the whole months asked for, and the days before and after them, as far as there are entries."""
    if reach["first"] is None or reach["last"] is None:
        return None, []
    begin = max(wanted.recorded_from or reach["first"], reach["first"])
    end = min(wanted.recorded_to or reach["last"], reach["last"])
    # The first and last months with entries are whole when all their entries are asked for.
    whole_from = begin.replace(day=1) if begin == reach["first"] else _month_after(begin - DAY)
    whole_until = _month_after(end) if end == reach["last"] else (end + DAY).replace(day=1)
    if begin > end:
        return None, []
    if whole_from >= whole_until:
        return None, [(begin, end)]
    rest = [(begin, whole_from - DAY), (whole_until, end)]
    return (whole_from, (whole_until - DAY).replace(day=1)), [(a, b) for a, b in rest if a <= b]


def _month_after(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)
