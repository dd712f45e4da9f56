"""Puts the page of one decision together, from the history alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.events import Event, RuleWeighed
from domain.organisation import Organisation
from domain.provider import Places
from domain.reasons import NotFound
from domain.record import Record
from domain.rules.known_rules import known_rules
from history.reading import Reading
from projections.decisions.case_file import CaseFile, case_file
from projections.decisions.documents import not_relied_on
from projections.decisions.finding import Found, find_decision
from projections.decisions.later import known_later
from projections.decisions.mentions import also_written, mentions_of
from projections.decisions.shapes import (
    Decided,
    DecisionPage,
    RecordSeen,
    RuleApplied,
    Seen,
)
from projections.entries import Entry, entries_of
from projections.naming import names_in
from projections.remembered import facts_of, fields_of
from projections.telling import Happened


def decision_page(history: Reading, position: int, *, provider_id: UUID | None = None) -> DecisionPage:
    """What was known at the decision that stands at a position, and apart from it what became known later. See `page_of`.

    Raises NotFound where there is no such event, Unreadable where it cannot be read, and Unavailable.
    """
    found = find_decision(history, position)
    if found is None:
        raise NotFound("decision")
    return page_of(history, found, provider_id)


def page_of(history: Reading, found: Found, provider_id: UUID | None = None) -> DecisionPage:
    """The page of a decision that was found.

    The part `decision` follows from the events up to its position alone, so it is the same, byte for byte, in a copy of the
    history that was cut off there; only words that were erased since read `[erased]`. `provider_id` is for a provider's
    person: then other events are mentioned only as far as that provider may see them.

    Raises Unavailable.
    """
    file = case_file(history, found.event.originator_id, found.position)
    return DecisionPage(
        decision=_decided(history, found, file, provider_id),
        known_later=known_later(history, found, file, provider_id),
    )


def _decided(history: Reading, found: Found, file: CaseFile, provider_id: UUID | None) -> Decided:
    event, decision = found.event, found.event.decision
    then = [one for one in file.happened if one.position <= found.position]
    seen = _seen(found)
    name = names_in(history, (one.event for one in then if isinstance(one.event, Event)), found.position)
    own = _entry_of(entries_of(then, name), found.position)
    before_it = [one for one in found.together if one.position < found.position]
    mentions = mentions_of(file, entries_of(then, name, provider_id))
    return Decided(
        position=found.position,
        kind=file.kind_of(event.originator_id),
        record_id=event.originator_id,
        version=event.originator_version,
        event=own.name,
        sentence=own.sentence,
        facts=facts_of(event),
        command=decision.command,
        who=own.who,
        on_behalf_of=own.on_behalf_of,
        true_on=event.occurred_on,
        true_at=event.occurred_at,
        recorded_at=event.recorded_at,
        days_late=own.days_late,
        reason_code=decision.reason_code,
        words=own.words,
        override=decision.override,
        causation_id=decision.causation_id,
        correlation_id=decision.correlation_id,
        seen=seen,
        records=tuple(_record_seen(file, id, seen.position, decision.by.id) for id in _begun(then, file)),
        evidence=decision.evidence,
        not_relied_on=not_relied_on(then, found, seen.position),
        rules=tuple(map(_applied, decision.rules)),
        parameters=decision.parameters,
        not_on_the_screen=tuple(m for m in mentions if seen.position < m.position < found.first),
        same_decision=tuple(also_written(history, before_it, found.position)),
    )


def _seen(found: Found) -> Seen:
    said, just_before = found.event.decision.known_at, found.first - 1
    if said is None or said > just_before:
        return Seen(position=just_before, told_by="just_before", said=said)
    return Seen(position=said, told_by="screen", said=said)


def _begun(then: Iterable[Happened], file: CaseFile) -> list[UUID]:
    """The records that had begun, the oldest first. One that began later is not even named here."""
    return [one.id for one in then if one.version == 1 and one.id in file.kinds]


def _record_seen(file: CaseFile, id: UUID, position: int, decider: str) -> RecordSeen:
    record = file.as_at(id, position)
    return RecordSeen(
        kind=file.kind_of(id),
        id=id,
        version=record.version if record else 0,
        facts=_facts(record, decider) if record else None,
    )


def _facts(record: Record, decider: str) -> dict[str, Any]:
    if isinstance(record, Places):
        # Who else has a place there is other commissioners' business; how many are gone is what was weighed.
        return {"taken": len(record.taken)}
    facts = fields_of(record)
    if isinstance(record, Organisation):
        # Of its people, the decision rests on what the decider might do, and on nobody else.
        facts["grants"] = [grant for grant in facts["grants"] if grant["person_id"] == decider]
    return facts


def _applied(weighed: RuleWeighed) -> RuleApplied:
    rule = known_rules().get(weighed.rule)
    known = rule if rule is not None and rule.version == weighed.version else None
    return RuleApplied(
        rule=weighed.rule,
        version=weighed.version,
        verdict=weighed.verdict,
        reason=weighed.reason,
        sentence=known.sentence if known else "",
        source=known.source if known else "",
        mark=known.mark.value if known else "",
    )


def _entry_of(entries: Sequence[Entry], position: int) -> Entry:
    return next(entry for entry in entries if entry.position == position)
