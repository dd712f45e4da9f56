"""What may be erased, what must be, and what a hold keeps: child by child and category by category, with the period that says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from domain.child import Child
from domain.guidance import GUIDANCE, Parameters, guidance_of
from domain.organisation import Organisation
from domain.personal import Category
from domain.placement import Placement
from domain.retention import SCHEDULE, Status, verdict
from domain.rules.erasing import kept_about
from domain.stages import Stage
from history.store import History

AT_A_TIME = 200
DUE: tuple[Status, ...] = ("may_be_erased", "must_be_erased")

# Only children who are old enough for the shortest period, and only categories of which there still is a key: nothing else is there to
# be erased. What was erased is not asked for again.
OLD_ENOUGH: LiteralString = """
    SELECT c.child_id, array_agg(k.category ORDER BY k.category) FROM read_models.children c
    JOIN history.keys k ON k.subject = c.child_id
    WHERE c.authority_id = %(authority)s AND c.born_on <= %(born_by)s AND c.child_id > %(after)s
    GROUP BY c.child_id ORDER BY c.child_id LIMIT %(limit)s
"""


class ErasureDue(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of words about one child, whose time is over."""

    child_id: UUID
    category: Category
    status: Status
    """`must_be_erased`, or `may_be_erased` where the last period is unverified: then a person looks it up first."""
    since: date
    """The last day on which it had to be kept."""
    period: str
    years: int
    source: str
    mark: str
    version: int
    """The version of the published period."""
    holds: tuple[int, ...]
    """The holds that stop it, by their numbers."""
    placement_open: bool
    requested: bool
    """Whether someone has asked for it already."""


class Page(NamedTuple):
    """What is due of the children that were looked at."""

    due: list[ErasureDue]
    next: UUID | None
    """The child after whom to go on; none at the end."""


def erasures_due(
    history: History, authority: UUID, today: date, *, after: UUID | None = None, limit: int = AT_A_TIME
) -> Page:
    """The next children of an authority, after one. Raises Unavailable. It proposes: nothing is ever erased by a list."""
    organisation = history.find(Organisation, authority)
    numbers = Parameters(guidance_of(history.get_many(dict(GUIDANCE))), organisation)
    shortest = min(int(numbers.of(period.years, today)) for period in SCHEDULE if period.anchor == "born_on")
    asked = {
        "authority": authority,
        "born_by": _years_before(today, shortest),
        "after": after or UUID(int=0),
        "limit": limit,
    }
    kept: dict[UUID, list[Category]] = dict(history.rows(OLD_ENOUGH, asked))
    placements = _placements_of(history, list(kept))
    found: list[ErasureDue] = []
    for id, child in history.get_many(dict.fromkeys(kept, Child)).items():
        if isinstance(child, Child):
            found += _due(child, placements[id], kept[id], numbers, today)
    last = max(kept) if len(kept) == limit else None
    return Page(found, last)


def _due(
    child: Child, placements: Sequence[Placement], kept: Sequence[Category], numbers: Parameters, today: date
) -> list[ErasureDue]:
    about = kept_about(child, placements, today)
    asked = {c for one in child.erasures if one.state == "requested" for c in one.categories}
    verdicts = [verdict(about, category, numbers, today) for category in kept]
    return [
        ErasureDue(
            child_id=child.id,
            category=found.category,
            status=found.status,
            since=found.until,
            period=found.because.period.record,
            years=found.because.years,
            source=found.because.source,
            mark=found.because.mark.value,
            version=found.because.version,
            holds=tuple(hold.number for hold in child.held((found.category,))),
            placement_open=any(one.stage is not Stage.EXIT for one in placements),
            requested=found.category in asked,
        )
        for found in verdicts
        if found.status in DUE and found.until is not None
    ]


def _placements_of(history: History, children: Sequence[UUID]) -> dict[UUID, list[Placement]]:
    of: dict[UUID, list[Placement]] = defaultdict(list)
    ids = [id for child in children for id in history.records_about(Placement, child)]
    for placement in history.get_many(dict.fromkeys(ids, Placement)).values():
        if isinstance(placement, Placement) and placement.child_id is not None:
            of[placement.child_id].append(placement)
    return of


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
