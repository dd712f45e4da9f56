"""A provider fails in one fact: every decision that leaned on it, and the placements that stand on those decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from domain import placement_events as before
from domain.events import Decision
from domain.leaning import ASKED_BY, End, Entry, Placed, end_of, entries_of, standing
from domain.placement import Placement

How = Literal["cited", "weighed"]
"""The decision names the document itself, or a rule that it met asked the fact."""
Knew = Literal["it_held", "true_but_not_recorded", "on_record"]
"""What could be known when it was decided: the fact held; it did not, and nobody had written that down; or that was on record."""


@dataclass(frozen=True, slots=True)
class Leaned:
    """A decision that leaned on the fact."""

    placement_id: UUID
    version: int
    """The first event of the decision."""
    position: int
    decision: Decision
    how: tuple[How, ...]
    rules: tuple[str, ...]
    knew: Knew


@dataclass(frozen=True, slots=True)
class BlastRadius:
    """What leaned on one entry of a provider's record."""

    entry: Entry
    end: End | None
    decisions: tuple[Leaned, ...]


def blast_radius(
    provider: Sequence[Placed],
    provider_id: UUID,
    placements: Iterable[tuple[Placement, Sequence[Placed]]],
    entry: Entry,
) -> BlastRadius:
    """Walk through the decisions of these placements. `provider` and each placement's events come with their positions."""
    entries = entries_of(provider)
    end = end_of(entry, provider)
    found = [
        leaned
        for placement, events in placements
        for leaned in _of_placement(placement.id, provider_id, events, entries, entry, end)
    ]
    return BlastRadius(entry, end, tuple(sorted(found, key=lambda one: one.position)))


def _of_placement(
    placement_id: UUID,
    provider_id: UUID,
    events: Sequence[Placed],
    entries: Sequence[Entry],
    entry: Entry,
    end: End | None,
) -> Iterator[Leaned]:
    there, sites = False, frozenset[str]()
    decided: tuple[object, ...] = ()
    for placed in events:
        event, decision = placed.event, placed.event.decision
        one = (decision.correlation_id, decision.command, event.recorded_at)
        # A choice given up is over only after the decision that gave it up.
        if isinstance(event, before.ProviderProposed):
            there, sites = event.proposal.provider_id == provider_id, frozenset(event.proposal.sites)
        if there and one != decided:
            how, rules = _leans(decision, placed.position, entries, entry, sites)
            if how:
                yield Leaned(
                    placement_id,
                    event.originator_version,
                    placed.position,
                    decision,
                    how,
                    rules,
                    _knew(placed, end),
                )
        decided = one
        if isinstance(event, before.ProviderTurnedDown | before.ChosenAgain):
            there = False


def _leans(
    decision: Decision, at: int, entries: Sequence[Entry], entry: Entry, sites: frozenset[str]
) -> tuple[tuple[How, ...], tuple[str, ...]]:
    cited = {document.id for document in decision.evidence}
    if cited & entry.documents:
        return ("cited", *(("weighed",) if (met := _met(decision, entry, sites)) else ())), met
    others = {
        document
        for other in entries
        if other.fact == entry.fact and other.recorded.position != entry.recorded.position
        for document in other.documents
    }
    if cited & others:
        # It says itself that it rests on another document for the same fact.
        return (), ()
    met = _met(decision, entry, sites)
    then = standing(entries, entry.fact, at)
    if met and then is not None and then.recorded.position == entry.recorded.position:
        return ("weighed",), met
    return (), ()


def _met(decision: Decision, entry: Entry, sites: frozenset[str]) -> tuple[str, ...]:
    """The rules of the decision that were met and that asked this fact."""
    kind, _, name = entry.fact.partition(":")
    asked = "site" if kind == "site" else entry.fact
    if kind == "site" and name not in sites:
        return ()
    return tuple(
        said.rule for said in decision.rules if said.verdict == "met" and asked in ASKED_BY.get(said.rule, ())
    )


def _knew(placed: Placed, end: End | None) -> Knew:
    if end is None:
        return "it_held"
    if end.known is not None and placed.position > end.known.position:
        return "on_record"
    if placed.event.occurred_on < end.since_on:
        return "it_held"
    return "on_record" if end.known is None else "true_but_not_recorded"
