"""Who could take over: providers ranked by points for what is on record, each with its reasons. A function of facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.reasons import Reason

FACTORS: dict[str, str] = {
    "needs": "003 ¶22; 004 l.35",
    "agreement": "003 Appendix A",
    "quality": "003 ¶53-54",
    "checks": "003 ¶35, ¶40",
    "price": "003 ¶1, ¶8",
}
"""What points are given for, and where that comes from. How many each is worth is published: `candidate_points_for_...`."""
DISTANCE_NOT_KNOWN = "The records hold no coordinates of homes and sites, so nobody is ranked by distance."


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A provider as it looks for this child."""

    provider_id: UUID
    name: str
    needs_met: frozenset[str] = frozenset()
    needs_not_met: frozenset[str] = frozenset()
    agreement_in_force: bool = False
    approved: bool = False
    visited_lately: bool = False
    checks_held: int = 0
    checks_asked: int = 0
    price_per_session: float | None = None
    places_free: int | None = None
    refusals: tuple[Reason, ...] = ()
    """Why the gate to the contract would refuse it."""
    warnings: tuple[Reason, ...] = ()
    """What is said of it and takes no points: what is unverified never does."""


@dataclass(frozen=True, slots=True)
class Points:
    """What a provider got for one thing, out of how many, why, and where that comes from."""

    factor: str
    points: float
    of: float
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provider that may be proposed, and its rank: 1 is the best."""

    rank: int
    provider_id: UUID
    name: str
    points: float
    reasons: tuple[Points, ...]
    warnings: tuple[Reason, ...]
    places_free: int | None
    price_per_session: float | None


@dataclass(frozen=True, slots=True)
class Excluded:
    """A provider that may not be proposed, with every reason."""

    provider_id: UUID
    name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """All providers: those that may be proposed, the best first, and those that may not."""

    candidates: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...]


def rank(providers: Iterable[Considered], weights: Mapping[str, float], dear_from: float) -> Ranking:
    """Rank by points; with equal points the cheaper first, then by name, then by id, so that the order is always the same."""
    found = list(providers)
    scored = [(points_of(one, weights, dear_from), one) for one in found if not one.refusals]
    scored.sort(key=lambda pair: _place(sum(p.points for p in pair[0]), pair[1]))
    candidates = tuple(
        Candidate(
            rank=n,
            provider_id=one.provider_id,
            name=one.name,
            points=round(sum(p.points for p in points), 2),
            reasons=points,
            warnings=one.warnings,
            places_free=one.places_free,
            price_per_session=one.price_per_session,
        )
        for n, (points, one) in enumerate(scored, 1)
    )
    out = sorted(
        (one for one in found if one.refusals), key=lambda one: (one.name.casefold(), one.provider_id)
    )
    return Ranking(candidates, tuple(Excluded(one.provider_id, one.name, one.refusals) for one in out))


def _place(points: float, one: Considered) -> tuple[float, bool, float, str, UUID]:
    price = one.price_per_session
    return (-round(points, 6), price is None, price or 0.0, one.name.casefold(), one.provider_id)


def points_of(one: Considered, weights: Mapping[str, float], dear_from: float) -> tuple[Points, ...]:
    """What a provider gets for each factor. It does not depend on the others."""
    shares = {
        "needs": _needs(one),
        "agreement": _agreement(one),
        "quality": _quality(one),
        "checks": _checks(one),
        "price": _price(one, dear_from),
    }
    return tuple(
        Points(factor, round(share * weights[factor], 2), weights[factor], words, FACTORS[factor])
        for factor, (share, words) in shares.items()
    )


def _needs(one: Considered) -> tuple[float, str]:
    asked = len(one.needs_met) + len(one.needs_not_met)
    if not asked:
        return 0.0, "The assessment names no special educational need, so none can be met."
    met = ", ".join(sorted(one.needs_met)) or "none"
    missing = f"; not {', '.join(sorted(one.needs_not_met))}" if one.needs_not_met else ""
    return len(one.needs_met) / asked, f"Its offer names {met} of the child's needs{missing}."


def _agreement(one: Considered) -> tuple[float, str]:
    if one.agreement_in_force:
        return 1.0, "An agreement with the commissioner is in force."
    return 0.0, "There is no agreement with the commissioner yet: it takes a contract first."


def _quality(one: Considered) -> tuple[float, str]:
    listed = "is on the approved list" if one.approved else "is not on the approved list"
    visited = "was visited in the last year" if one.visited_lately else "was not visited in the last year"
    return (one.approved + one.visited_lately) / 2, f"It {listed} and {visited}."


def _checks(one: Considered) -> tuple[float, str]:
    share = one.checks_held / one.checks_asked if one.checks_asked else 0.0
    return share, f"{one.checks_held} of {one.checks_asked} further checks are in date."


def _price(one: Considered, dear_from: float) -> tuple[float, str]:
    if one.price_per_session is None:
        return 0.0, "Its offer names no price."
    return max(0.0, 1 - one.price_per_session / dear_from), f"A session costs £{one.price_per_session:,.2f}."
