"""The independent count of what a provider has to show: papers that run out, and each year a self-assessment (T34, T35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.duties.oracle import ONE, Asked

MONTHS = {
    "safer_recruitment": ("T34_dbs", 36),
    "insurance": ("T34_insurance", 12),
    "fire_safety": ("T34_policies", 12),
}


@dataclass(frozen=True)
class Seen:
    """A paper that somebody looked at: its kind, the day, its last day, and whether it was in order."""

    kind: str
    on: date
    until: date | None
    in_order: bool = True


@dataclass
class Papers:
    """A provider as far as its papers tell."""

    seen: list[Seen] = field(default_factory=list)
    approved_on: date | None = None
    assessed_on: list[date] = field(default_factory=list)
    removed_on: date | None = None


def asked_of(papers: Papers) -> Iterator[Asked]:
    """A paper is good until another, in order and lasting longer, is seen."""
    for number, paper in enumerate(papers.seen):
        if paper.in_order:
            longer = [
                other.on
                for other in papers.seen[number + 1 :]
                if other.kind == paper.kind
                and other.in_order
                and (not other.until or not paper.until or other.until > paper.until)
            ]
            done = min(longer, default=None)
            if paper.until:
                yield "T34_expiry", paper.until, done, papers.removed_on
            elif paper.kind in MONTHS:
                rule, months = MONTHS[paper.kind]
                yield rule, months_later(paper.on, months), done, papers.removed_on
    days = sorted(papers.assessed_on)
    if papers.approved_on and not (days and days[0] < papers.approved_on):
        days.insert(0, papers.approved_on)
    for number, day in enumerate(days):
        yield (
            "T35",
            months_later(day, 12),
            days[number + 1] if days[number + 1 :] else None,
            papers.removed_on,
        )


def months_later(day: date, months: int) -> date:
    """The same day so many months later, found by walking; the last day of a month that has no such day."""
    end, left = day, months
    while left:
        end += ONE
        left -= end.day == 1
    while end.day < day.day and (end + ONE).day != 1:
        end += ONE
    return end
