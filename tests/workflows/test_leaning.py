"""Which rule asks which fact of a provider: the table from which a blast radius is read misses none."""

from __future__ import annotations

import pytest

from domain.events import Actor, Decision
from domain.facts.checks import Check
from domain.leaning import ASKED_BY
from domain.placement import Placement
from domain.record import Recording
from domain.rules import checks, places, suitability
from domain.rules.rule import Rule
from tests.support.story import Story
from tests.support.walk import MONDAY, OFFICER, PLACEMENT
from workflows.case import Case


class Watching(dict[str, Check]):
    """A provider's checks, and which of them somebody asked for."""

    def __init__(self, checks: dict[str, Check]) -> None:
        super().__init__(checks)
        self.asked: set[str] = set()

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
        self.asked.add(key)
        return super().get(key)


OF_CHECKS: tuple[Rule, ...] = (*checks.CHECKS, *places.LAWFULNESS, *suitability.ASSESSMENT)


@pytest.mark.parametrize("rule", OF_CHECKS, ids=lambda rule: rule.name)
def test_every_check_that_a_rule_asks_for_is_in_the_table(rule: Rule, story: Story) -> None:
    story.given_life_until("start_placement")
    case = Case(
        story.history,
        OFFICER,
        Recording(
            Decision(by=Actor(id="t", name="T"), command="none", correlation_id=PLACEMENT),
            MONDAY,
            MONDAY.date(),
        ),
    )
    case.open(Placement, PLACEMENT, new=False)
    assert case.provider is not None
    assert case.placement.proposal is not None
    watching = Watching(case.provider.checks)
    case.provider.checks = watching
    rule.ask(case)
    table = {fact.removeprefix("check:") for fact in ASKED_BY.get(rule.name, ()) if fact.startswith("check:")}
    assert watching.asked <= table
