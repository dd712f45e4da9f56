"""The blast radius, against a plain walk over a graph of documents, entries and decisions made by dice."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

import pytest

from domain import placement_events as before
from domain import provider_events as e
from domain.blast_radius import blast_radius
from domain.events import Actor, Decision, Event, Evidence, RuleWeighed
from domain.facts.checks import Check, CheckKind
from domain.facts.suitability import Proposal
from domain.leaning import Placed, entries_of
from domain.placement import Placement
from domain.stages import Stage

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
START = datetime(2026, 9, 1, 9, tzinfo=UTC)
KINDS: tuple[CheckKind, ...] = ("insurance", "safer_recruitment")
VERDICTS: tuple[Literal["met", "overridden"], ...] = ("met", "met", "overridden")
RULES: dict[str, str] = {
    "insurance": "the_insurance_is_in_date",
    "safer_recruitment": "safeguarding_is_confirmed",
}


@dataclass
class Graph:
    """A provider with checks renewed now and then, and placements with decisions, in one order; and who leaned on what, by hand."""

    dice: random.Random
    position: int = 0
    provider: list[Placed] = field(default_factory=list)
    placements: dict[UUID, list[Placed]] = field(default_factory=dict)
    newest: dict[str, int] = field(default_factory=dict)
    of_document: dict[str, tuple[str, int]] = field(default_factory=dict)
    leaned: set[tuple[int, int]] = field(default_factory=set)
    """Pairs: the position of a check, and that of a decision that leaned on it."""
    where: dict[UUID, UUID] = field(default_factory=dict)

    def write(
        self, stream: list[Placed], id: UUID, kind: type[Event], decision: Decision, **facts: Any
    ) -> Placed:
        self.position += 1
        at = START + timedelta(hours=self.position)
        event = kind(
            originator_id=id, originator_version=len(stream) + 1, recorded_at=at, occurred_on=at.date(), decision=decision, **facts
        )  # fmt: skip
        stream.append(Placed(self.position, event))
        return stream[-1]

    def decision(self, rules: tuple[RuleWeighed, ...] = (), cites: tuple[str, ...] = ()) -> Decision:
        evidence = tuple(Evidence(id=id, title="x") for id in cites)
        return Decision(
            by=Actor(id="o", name="O"),
            command="c",
            correlation_id=uuid5(HERE, str(self.position)),
            rules=rules,
            evidence=evidence,
        )

    def check(self) -> None:
        kind, document = self.dice.choice(KINDS), f"doc-{self.position}"
        known = Check(
            kind=kind, checked_on=START.date() + timedelta(days=self.position), document=f"title {document}"
        )
        placed = self.write(
            self.provider, HERE, e.CheckRecorded, self.decision(cites=(document,)), check=known
        )
        self.newest[kind] = placed.position
        self.of_document[document] = (kind, placed.position)

    def propose(self, n: int) -> None:
        id = uuid5(HERE, f"placement {n}")
        provider = self.dice.choice([HERE, HERE, ELSEWHERE])
        proposal = Proposal(
            provider_id=provider,
            sites=("Mill",),
            sessions_per_week=4,
            hours_per_week=10.0,
            starts_on=date(2026, 9, 1),
        )
        self.write(
            self.placements.setdefault(id, []),
            id,
            before.ProviderProposed,
            self.decision(),
            proposal=proposal,
        )
        self.where[id] = provider

    def decide(self) -> None:
        id = self.dice.choice(list(self.placements))
        asked = self.dice.sample(KINDS, self.dice.randint(0, 2))
        verdicts = {kind: self.dice.choice(VERDICTS) for kind in asked}
        rules = tuple(RuleWeighed(rule=RULES[kind], version=1, verdict=v) for kind, v in verdicts.items())
        cites = tuple(
            self.dice.sample(
                sorted(self.of_document), min(len(self.of_document), self.dice.choice([0, 0, 1]))
            )
        )
        placed = self.write(
            self.placements[id],
            id,
            before.SuitabilityConfirmed,
            self.decision(rules, cites),
            stage=Stage.CONTRACT,
        )
        if self.where.get(id) == HERE:
            self.note(placed.position, verdicts, cites)

    def note(self, at: int, verdicts: Mapping[CheckKind, str], cites: tuple[str, ...]) -> None:
        """By hand: what it names it leaned on; for any other kind, what was newest, if the rule was met."""
        named = {self.of_document[document] for document in cites}
        self.leaned |= {(check, at) for _, check in named}
        for kind, verdict in verdicts.items():
            if verdict == "met" and kind in self.newest and kind not in {k for k, _ in named}:
                self.leaned.add((self.newest[kind], at))

    def turn_down(self) -> None:
        id = self.dice.choice(list(self.placements))
        if self.where.get(id) == HERE:
            self.write(self.placements[id], id, before.ProviderTurnedDown, self.decision(), provider_id=HERE)
            self.where.pop(id)


def made(seed: int) -> Graph:
    graph = Graph(random.Random(seed))  # noqa: S311 - a story, not a secret
    for n in range(4):
        graph.check()
        graph.propose(n)
    for _ in range(60):
        step = graph.dice.choices(["check", "decide", "turn", "propose"], [2, 6, 1, 1])[0]
        if step == "check":
            graph.check()
        elif step == "decide":
            graph.decide()
        elif step == "turn":
            graph.turn_down()
        else:
            graph.propose(graph.dice.randint(0, 6))
    return graph


@pytest.mark.parametrize("seed", range(40))
def test_what_leaned_on_each_entry_is_what_the_graph_says(seed: int) -> None:
    graph = made(seed)
    assert graph.leaned
    told = [(Placement(id), events) for id, events in graph.placements.items()]
    for entry in entries_of(graph.provider):
        found = blast_radius(graph.provider, HERE, told, entry)
        expected = {at for check, at in graph.leaned if check == entry.recorded.position}
        assert {one.position for one in found.decisions} == expected, entry.fact
