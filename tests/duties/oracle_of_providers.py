"""The independent count of what a provider has to show: papers and agreements that run out, and each year a self-assessment (T34, T35)."""

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


@dataclass(frozen=True)
class Contract:
    """A standing agreement: with whom, its last day, when each side signed, and whether it was ended."""

    commissioner: int
    ends_on: date | None
    signed_on: tuple[date, ...] = ()
    ended_on: date | None = None


@dataclass
class Papers:
    """A provider as far as its papers tell."""

    seen: list[Seen] = field(default_factory=list)
    approved_on: date | None = None
    assessed_on: list[date] = field(default_factory=list)
    removed_on: date | None = None
    contracts: list[Contract] = field(default_factory=list)


def asked_of(papers: Papers) -> Iterator[Asked]:
    """A paper is good until another, in order and lasting longer, is seen."""
    yield from _contracts(papers)
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
    begun = [papers.approved_on, *(on for contract in papers.contracts for on in contract.signed_on)]
    used_from = min((day for day in begun if day), default=None)
    if used_from and not (days and days[0] < used_from):
        days.insert(0, used_from)
    for number, day in enumerate(days):
        yield (
            "T35",
            months_later(day, 12),
            days[number + 1] if days[number + 1 :] else None,
            papers.removed_on,
        )


def _contracts(papers: Papers) -> Iterator[Asked]:
    """One that lasts longer takes the place of one that runs out, from the day on which both sides have signed it."""
    for contract in papers.contracts:
        if contract.ends_on and len(contract.signed_on) == 2:
            done = [
                max(other.signed_on)
                for other in papers.contracts
                if other is not contract
                and other.commissioner == contract.commissioner
                and len(other.signed_on) == 2
                and (not other.ends_on or other.ends_on > contract.ends_on)
            ]
            done += [contract.ended_on] if contract.ended_on else []
            yield "T34_agreement", contract.ends_on, min(done, default=None), papers.removed_on


def months_later(day: date, months: int) -> date:
    """The same day so many months later, found by walking; the last day of a month that has no such day."""
    end, left = day, months
    while left:
        end += ONE
        left -= end.day == 1
    while end.day < day.day and (end + ONE).day != 1:
        end += ONE
    return end
