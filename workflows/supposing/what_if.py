"""The answer to "what if": triggers, decisions and deadlines under supposed numbers, beside what they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString, Protocol
from uuid import UUID

from domain.child import Child
from domain.parameter import Number
from domain.parameters.catalogue import PARAMETERS
from domain.reasons import Invalid, Reason
from domain.time_rules import TIME_RULES
from domain.trigger_events import CouldNotAct
from history.reading import Stored
from workflows.supposing.files import counted
from workflows.supposing.firing import Firing, Firings
from workflows.supposing.scoring import HORIZON, Breakdowns, Placed, Scored, grouped, score
from workflows.supposing.walking import Walking
from workflows.supposing.weighing import Otherwise, weighed_otherwise
from workflows.triggers.all_triggers import TRIGGERS
from workflows.triggers.trigger import Trigger
from workflows.unfolding import Past

RECEIPTS: LiteralString = """
SELECT substr(actor, 9), key FROM history.receipts
WHERE actor LIKE 'trigger:%%' AND position <= %(until)s AND key !~ '^[0-9a-f-]{36}/'
"""
"""What triggers did. What a stoppage did in the name of the trigger that began it bears the stoppage's id, and is no firing."""


class History(Past, Protocol):
    """What is needed of the history."""

    def head(self) -> int: ...
    def rows(self, statement: LiteralString, parameters: Mapping[str, Any]) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Late:
    """A duty that would have been late, and is not; or the other way round."""

    rule: str
    duty_id: UUID
    placement_id: UUID | None
    child_id: UUID | None
    due_on: str
    would_be_due_on: str
    missed: bool
    would_be_missed: bool


@dataclass(slots=True)
class WhatIf:
    """All that came of it."""

    position: int
    supposed: dict[str, Number]
    triggers: tuple[str, ...]
    horizon: int
    fired: list[Firing] = field(default_factory=list)
    """As things were."""
    would_fire: list[Firing] = field(default_factory=list)
    """As things would have been; the same list where no number is supposed that a trigger counts with."""
    score: Scored = field(default_factory=Scored)
    would_score: Scored = field(default_factory=Scored)
    by_provider: dict[str, Scored] = field(default_factory=dict)
    by_need: dict[str, Scored] = field(default_factory=dict)
    decisions: list[Otherwise] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    differs_from_life: list[tuple[str, str, str]] = field(default_factory=list)
    """Where the rules as they are would have acted otherwise than they did: trigger, cause, and `did_not_fire` or `fired`."""


def what_if(
    history: History, now: datetime, *, triggers: Sequence[str] = (), supposed: Mapping[str, Number] | None = None,
    until: int | None = None, horizon: int = HORIZON, seen: Callable[[Placed], bool] = lambda placed: True,
) -> WhatIf:  # fmt: skip
    """Run triggers, rules and deadlines over the history up to a position. Nothing is written.

    `seen` says of which placements the one who asks may know. Raises Invalid for a trigger or number that there is not, Unreadable
    and Unavailable.
    """
    numbers = dict(supposed or {})
    chosen = _chosen(triggers, numbers)
    head = history.head() if until is None else until
    told = WhatIf(head, numbers, tuple(one.name for one in chosen), horizon)
    gathered = Breakdowns()
    missed = _Missed()

    def see(stored: Stored, walking: Walking) -> None:
        gathered.see(stored, walking)
        missed.see(stored)

    walk = Firings(history, chosen, each=see)
    all_fired = list(walk.walk(head, now))
    told.differs_from_life = _against_life(history, head, all_fired, walk.starts, missed, set(told.triggers))
    shown = {id for id, placed in gathered.placed.items() if seen(placed)}
    told.fired = _shown(all_fired, shown)
    told.would_fire = told.fired
    if any(name in one.uses for one in chosen for name in numbers):
        told.would_fire = _shown(list(Firings(history, chosen, numbers).walk(head, now)), shown)
    broke = [one for one in gathered.broke if one.placement_id in shown]
    told.score, _ = score(told.fired, broke, horizon)
    told.would_score, by_placement = score(told.would_fire, broke, horizon)
    told.by_provider = grouped(
        by_placement, {id: str(p.provider_id or "") for id, p in gathered.placed.items()}
    )
    told.by_need = grouped(by_placement, {id: p.need for id, p in gathered.placed.items()})
    if numbers:
        told.decisions = [d for d in weighed_otherwise(history, numbers, head) if d.placement_id in shown]
        told.late = [one for one in _late(history, head, numbers, now) if one.placement_id in shown]
    return told


def _chosen(names: Sequence[str], numbers: Mapping[str, Number]) -> list[Trigger]:
    unknown = sorted(set(names) - TRIGGERS.keys())
    if unknown:
        message = f"There is no trigger called {', '.join(unknown)}. There are: {', '.join(TRIGGERS)}."
        raise Invalid([Reason(code="no_such_trigger", message=message, field="trigger")])
    for name, value in numbers.items():
        parameter = PARAMETERS.get(name)
        if parameter is None:
            message = f"There is no number called {name}. `placements guidance` lists them all."
            raise Invalid([Reason(code="no_such_parameter", message=message, field="suppose")])
        if fault := parameter.fault_of(value):
            raise Invalid([Reason(code="value_out_of_bounds", message=fault, field=f"suppose.{name}")])
    if names:
        return [TRIGGERS[name] for name in dict.fromkeys(names)]
    return [one for one in TRIGGERS.values() if any(name in one.uses for name in numbers)]


def _shown(fired: list[Firing], placements: set[UUID]) -> list[Firing]:
    return [one for one in fired if not one.placement_ids or placements.intersection(one.placement_ids)]


class _Missed:
    """Causes for which a trigger was refused in life: it fired all the same."""

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()

    def see(self, stored: Stored) -> None:
        if isinstance(stored.event, CouldNotAct):
            self.keys.add((stored.event.trigger, stored.event.cause))


def _against_life(
    history: History, head: int, fired: list[Firing], starts: Mapping[str, datetime], missed: _Missed, names: set[str]
) -> list[tuple[str, str, str]]:  # fmt: skip
    would = {
        (one.trigger, f"{one.key}/{part}")
        for one in fired
        if one.trigger in starts and one.at >= starts[one.trigger]
        for part in one.parts
    }
    did = {(trigger, key) for trigger, key in history.rows(RECEIPTS, {"until": head})} | missed.keys
    did = {one for one in did if one[0] in names and "/" in one[1]}
    found = [(trigger, key, "did_not_fire") for trigger, key in would - did]
    found += [(trigger, key, "fired") for trigger, key in did - would]
    return sorted(found)


def _late(history: History, head: int, numbers: Mapping[str, Number], now: datetime) -> list[Late]:
    """The duties of children whose lateness would be another. They are counted on the records as they are at the end."""
    rules = [id for id in TIME_RULES if f"deadline_{id.lower()}" in numbers]
    if not rules:
        return []
    walking = Walking(history)
    children = [
        stored.event.originator_id
        for stored in walking.steps(lambda stored: None, head)
        if stored.event.originator_version == 1 and type(stored.event) in Child.folds
    ]
    found: list[Late] = []
    for child in children:
        published = walking.published.on(now.date())
        as_is, otherwise = (counted(walking, child, rules, published, s) for s in ({}, numbers))
        if as_is is None or otherwise is None:
            continue
        then = {duty.id: duty for duty in otherwise.duties}
        for duty in as_is.duties:
            other = then.get(duty.id)
            today = now.date()
            if other is not None and duty.state(today) != other.state(today):
                found.append(
                    Late(
                        duty.rule, duty.id, duty.placement_id, duty.child_id, str(duty.due_on), str(other.due_on),
                        duty.was_missed and duty.due_on < today, other.was_missed and other.due_on < today,
                    )
                )  # fmt: skip
    return found
