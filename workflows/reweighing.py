"""Every decision of the past, weighed again: the same rules, in the versions it was bound to, on the records as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from domain.events import Decision, ParameterUsed, RuleWeighed
from domain.guidance import versions_of
from domain.parameters.catalogue import PARAMETERS
from domain.placement import Placement
from domain.rules.rule import Rule
from history.reading import Stored
from workflows.moves import ask, override_in_force
from workflows.past_case import PastCase
from workflows.rule_versions import RULE_VERSIONS
from workflows.unfolding import Past, Unfolding

EVERY = 500
"""Events between two words about the progress."""


class Difference(NamedTuple):
    """Something that a decision says and that does not follow from what was there."""

    position: int
    record_id: UUID
    version: int
    command: str
    what: str
    """A code: `another_verdict`, `no_such_rule`, `another_value`, `not_in_force`, `not_bound`, `no_such_version`."""
    about: str
    """The rule or the parameter."""
    said: str
    """What the decision says."""
    found: str
    """What comes out now."""


@dataclass(slots=True)
class Reweighed:
    """What came of it."""

    events: int = 0
    decisions: int = 0
    rules: int = 0
    erased: int = 0
    """Decisions that can not be weighed again, for words that a rule reads were erased with their key."""
    differences: tuple[Difference, ...] = ()


def reweigh(
    history: Past,
    rules: Mapping[tuple[str, int], Rule] = RULE_VERSIONS,
    progress: Callable[[int], None] = lambda events: None,
) -> Reweighed:
    """Walk through the whole history. Nothing is written. Raises Unreadable and Unavailable."""
    told, before = Reweighed(), Unfolding(history)
    decided: tuple[Any, ...] = ()
    for stored in before.events():
        event, decision = stored.event, stored.event.decision
        one = (decision.correlation_id, decision.command, event.recorded_at)
        if decision.rules and one != decided and type(event) in Placement.folds:
            _weigh_again(before, stored, rules, told)
        decided = one
        told.events += 1
        if told.events % EVERY == 0:
            progress(told.events)
    return told


def _weigh_again(
    before: Unfolding, stored: Stored, rules: Mapping[tuple[str, int], Rule], told: Reweighed
) -> None:
    event, decision = stored.event, stored.event.decision
    case = PastCase(before, event)
    found = [
        Difference(stored.position, event.originator_id, event.originator_version, decision.command, *one)
        for one in (*_verdicts(case, decision, rules), *_numbers(case, decision))
    ]
    told.decisions += 1
    told.rules += len(decision.rules)
    if found and case.rests_on_erased_words():
        told.erased += 1
        return
    told.differences += tuple(found)


def _verdicts(
    case: PastCase, decision: Decision, rules: Mapping[tuple[str, int], Rule]
) -> Iterator[tuple[str, str, str, str]]:
    override = override_in_force(case.placement, case.today)
    for then in decision.rules:
        rule = rules.get((then.rule, then.version))
        if rule is None:
            yield "no_such_rule", then.rule, f"version {then.version}", "this version is not kept"
            continue
        _, now = ask(rule, case, override)
        if now != then:
            yield "another_verdict", then.rule, _in_words(then), _in_words(now)


def _numbers(case: PastCase, decision: Decision) -> Iterator[tuple[str, str, str, str]]:
    """Each number is that of its version, and the version was the one in force."""
    published = case.published.on(case.today)
    for used in decision.parameters:
        known = (
            {v.number: v for v in versions_of(PARAMETERS[used.parameter], published)}
            if (used.parameter in PARAMETERS)
            else {}
        )
        version = known.get(used.version)
        if version is None:
            yield "no_such_version", used.parameter, f"version {used.version}", "it was not published"
        elif used.own is None and used.value != version.value:
            yield "another_value", used.parameter, _number(used), f"version {used.version}: {version.value}"
    for name in sorted(case.asked_of):
        bound, in_force = case.bound.get(name), case.in_force(name)
        if in_force is None:
            continue
        right = ParameterUsed(parameter=name, version=in_force.number, value=in_force.value, own=in_force.own)
        if bound is None and (right.version, right.own) != (1, None):
            yield "not_bound", name, "nothing", _number(right)
        elif (
            bound is not None
            and bound != right
            and bound.version in {v.number for v in versions_of(PARAMETERS[name], published)}
        ):
            yield "not_in_force", name, _number(bound), _number(right)


def _in_words(weighed: RuleWeighed) -> str:
    return f"{weighed.verdict} ({weighed.reason})" if weighed.reason else weighed.verdict


def _number(used: ParameterUsed) -> str:
    return f"version {used.version}: {used.value}{', tightened' if used.own else ''}"
