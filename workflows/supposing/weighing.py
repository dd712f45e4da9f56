"""Which decisions of the past a supposed number would have refused, or warned of: each weighed again with nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.guidance import Parameters
from domain.parameter import Number
from domain.placement import Placement
from workflows.moves import ask, override_in_force
from workflows.past_case import PastCase
from workflows.rule_versions import RULE_VERSIONS
from workflows.unfolding import Past, Unfolding


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A decision that a rule would have answered otherwise."""

    position: int
    placement_id: UUID
    command: str
    on: date
    rule: str
    said: str
    """What the rule said then."""
    would_say: str
    """What it would have said: `refused` stops it, `warned` does not."""
    reason: str = ""


class Supposed(PastCase):
    """The case as the decider had it, but for some numbers."""

    def __init__(self, before: Unfolding, event: Event, supposed: Mapping[str, Number]) -> None:
        self.supposed = dict(supposed)
        super().__init__(before, event)

    @property
    def parameters(self) -> Parameters:
        """The numbers of the decision, but for the supposed ones."""
        numbers: Parameters = super().parameters
        return numbers.but(**self.supposed)


def weighed_otherwise(
    history: Past, supposed: Mapping[str, Number], until: int | None = None
) -> Iterator[Otherwise]:
    """Every decision that would have come out otherwise. Nothing is written. With nothing supposed there is none."""
    before = Unfolding(history)
    decided: tuple[Any, ...] = ()
    for stored in before.events():
        if until is not None and stored.position > until:
            return
        event, decision = stored.event, stored.event.decision
        one = (decision.correlation_id, decision.command, event.recorded_at)
        if decision.rules and one != decided and type(event) in Placement.folds:
            case = Supposed(before, event, supposed)
            if not case.rests_on_erased_words():
                yield from _otherwise(case, stored.position, event)
        decided = one


def _otherwise(case: Supposed, position: int, event: Event) -> Iterator[Otherwise]:
    override = override_in_force(case.placement, case.today)
    for then in event.decision.rules:
        rule = RULE_VERSIONS.get((then.rule, then.version))
        if rule is None:
            continue
        _, now = ask(rule, case, override)
        if now.verdict != then.verdict:
            yield Otherwise(
                position, event.originator_id, event.decision.command, event.occurred_on, then.rule,
                then.verdict, now.verdict, now.reason,
            )  # fmt: skip
