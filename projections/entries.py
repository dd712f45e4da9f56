"""Turns stored events into the entries of a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.events import Change, Corrected, Event, Evidence, OverrideUsed, RuleWeighed, stored_name
from domain.record import corrected
from domain.school_days import london_day
from domain.stages import Stage
from projections import (
    child_sentences,
    keeping_sentences,
    message_sentences,
    other_sentences,
    placement_life_sentences,
    placement_sentences,
    stoppage_sentences,
)
from projections.audience import FOR_PROVIDERS, by_the_provider, shown_to
from projections.saying import SENTENCES, Namer, plain
from projections.stood_from import stood_from
from projections.telling import Happened

__all__ = ["SENTENCES", "Entry", "Who", "entries_of"]

FILLED = (
    placement_sentences,
    placement_life_sentences,
    child_sentences,
    keeping_sentences,
    message_sentences,
    other_sentences,
    stoppage_sentences,
)
"""The files that say what each kind of event says."""


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided, as the event keeps it."""

    id: str
    name: str
    roles: tuple[str, ...]
    organisation_id: UUID | None
    organisation: str | None
    machine: bool
    """Whether it was a part of the service."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a story."""

    position: int
    record_id: UUID
    version: int
    """The number of the event in its record: what a correction names."""
    name: str
    """The stored name of the event, such as `placement.started`; empty where it cannot be read."""
    stage: Stage | None = None
    """The stage in which it left the placement; none for what was recorded without moving it."""
    stage_on: date | None = None
    """The day from which it stood there, which may be long before the day on which that was written down."""
    sentence: str
    """What happened, as it should have been written down."""
    said_first: str | None = None
    """What it said before it was corrected, where that reads otherwise."""
    who: Who | None = None
    on_behalf_of: str | None = None
    true_on: date | None = None
    """The London day on which it was true."""
    true_at: datetime | None = None
    recorded_at: datetime | None = None
    days_late: int = 0
    """Days between the day on which it was true and the day on which it was written down."""
    reason_code: str = ""
    words: str = ""
    """The reason in words."""
    evidence: tuple[Evidence, ...] = ()
    rules: tuple[RuleWeighed, ...] = ()
    """The rules that were weighed, with what they answered."""
    override: OverrideUsed | None = None
    known_at: int | None = None
    """The position in the history that the decider's screen showed."""
    corrects: int | None = None
    """For a correction: the version of the event that was wrong."""
    corrected_by: tuple[int, ...] = ()
    """The versions of the corrections of this event."""
    correlation_id: UUID | None = None
    causation_id: str | None = None


def entries_of(happened: Sequence[Happened], name: Namer, provider_id: UUID | None = None) -> list[Entry]:
    """The entries of one story, in the order given. With a provider, only what that provider may see.

    An event that cannot be read has an entry that says so, and does not hide the rest.
    """
    corrections = _corrections(happened)
    shown = None
    if provider_id is not None:
        shown = {(v.originator_id, v.originator_version) for v in shown_to(provider_id, _events(happened))}
    return [
        _entry(one, name, corrections.get((one.id, one.version), ()), for_provider=shown is not None)
        for one in happened
        if shown is None or (one.id, one.version) in shown
    ]


def _events(happened: Iterable[Happened]) -> Iterator[Event]:
    return (one.event for one in happened if isinstance(one.event, Event))


def _corrections(happened: Iterable[Happened]) -> Mapping[tuple[UUID, int], Sequence[Corrected]]:
    found: dict[tuple[UUID, int], list[Corrected]] = {}
    for event in _events(happened):
        if isinstance(event, Corrected):
            found.setdefault((event.originator_id, event.corrects), []).append(event)
    return found


def _entry(one: Happened, name: Namer, corrections: Sequence[Corrected], for_provider: bool) -> Entry:
    event = one.event
    if not isinstance(event, Event):
        said = f"This entry cannot be read ({type(event).__name__})."
        return Entry(position=one.position, record_id=one.id, version=one.version, name="", sentence=said)
    first = sentence(event, name, for_provider)
    right = _put_right(event, corrections)
    said = sentence(right, name, for_provider)
    return Entry(
        position=one.position,
        record_id=one.id,
        version=one.version,
        name=stored_name(type(event)),
        stage=_led_to(event),
        stage_on=stood_from(right) if _led_to(event) else None,
        sentence=said,
        said_first=first if first != said else None,
        who=_who(event, name),
        on_behalf_of=name(event.decision.on_behalf_of) if event.decision.on_behalf_of else None,
        true_on=event.occurred_on,
        true_at=event.occurred_at,
        recorded_at=event.recorded_at,
        days_late=max(0, (london_day(event.recorded_at) - event.occurred_on).days),
        corrects=event.corrects if isinstance(event, Corrected) else None,
        corrected_by=tuple(correction.originator_version for correction in corrections),
        # Why a commissioner decided is for commissioners; a provider is shown its own grounds.
        **({} if for_provider and not by_the_provider(event) else _grounds(event)),
    )


def _grounds(event: Event) -> dict[str, Any]:
    decision = event.decision
    return {
        "reason_code": decision.reason_code,
        "words": decision.words or (event.why if isinstance(event, Corrected) else ""),
        "evidence": decision.evidence,
        "rules": decision.rules,
        "override": decision.override,
        "known_at": decision.known_at,
        "correlation_id": decision.correlation_id,
        "causation_id": decision.causation_id,
    }


def _put_right(event: Event, corrections: Iterable[Corrected]) -> Event:
    changes: list[Change] = [change for correction in corrections for change in correction.changes]
    try:
        return corrected(event, changes)
    except msgspec.ValidationError:
        # The follower parks such a record; the story still shows what was written down, and that it was corrected.
        return event


def sentence(event: Event, name: Namer, for_provider: bool = False) -> str:
    """Who did what."""
    says = SENTENCES[type(event)]
    if for_provider and not by_the_provider(event):
        says = FOR_PROVIDERS.get(type(event), says)
    return f"{subject(event)} {says(event, name)}."


def subject(event: Event) -> str:
    """Who, with their roles: Nia Example (named officer); the service names the part of it that acted."""
    by = event.decision.by
    if by.kind == "machine":
        return f"The service ({by.name})"
    return f"{by.name} ({plain(by.role)})" if by.role else by.name


def _led_to(event: Event) -> Stage | None:
    stage = getattr(event, "stage", None)
    # A provider's approval has stages as well, which are its own.
    return stage if isinstance(stage, Stage) else None


def _who(event: Event, name: Namer) -> Who:
    by = event.decision.by
    return Who(
        id=by.id,
        name=by.name,
        roles=tuple(by.role.split(", ")) if by.role else (),
        organisation_id=by.organisation_id,
        organisation=name(by.organisation_id) if by.organisation_id else None,
        machine=by.kind == "machine",
    )
